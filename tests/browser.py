"""A headless Chromium, the one on the path or that of playwright, and pictures with the letters of matplotlib."""

import shutil
from base64 import b64encode
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pytest
from PIL import Image

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS, SCHEMES = (1280, 390), ("light", "dark")
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"


@contextmanager
def chromium():
    """A browser; where there is none, tests are skipped with the reason."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: infsel[browser]")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with playwright.sync_playwright() as run:
        if path is None and not Path(run.chromium.executable_path).exists():
            pytest.skip("no Chromium on the path, and none of playwright: playwright install chromium")
        browser = run.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser, path, width=1280, scheme="light", bypass_csp=False):
    """A page of a file, with nothing to be had from elsewhere."""
    options = {"color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": bypass_csp, "offline": True}
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(path if isinstance(path, str) else path.as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def screen(browser, path, width, scheme):
    """What a page looks like, from its top to its end."""
    with opened(browser, path, width, scheme, bypass_csp=True) as page:
        page.add_style_tag(content=_own_letters())
        page.evaluate("document.fonts.ready")
        return Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")


def _own_letters():
    found = ["* { font-family: DejaVuOfTests !important; }"]
    for name, weight in [("DejaVuSans", 400), ("DejaVuSans-Bold", 700)]:
        data = b64encode((_FONTS / f"{name}.ttf").read_bytes()).decode()
        source = f"src: url(data:font/ttf;base64,{data})"
        found.append(f"@font-face {{ font-family: DejaVuOfTests; font-weight: {weight}; {source}; }}")
    return "\n".join(found)


def faults(page):
    """What axe-core finds that is serious: rule, and where."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is missing: infsel[browser]")
    found = axe.Axe().run(page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], node["target"], node["failureSummary"]) for each in serious for node in each["nodes"]]
