"""Pages of the built site in a browser: everybody can read them, they fit a phone and ask for nothing elsewhere."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from browser import SCHEMES, WIDTHS, chromium, faults, opened

SITE = Path(__file__).parents[1] / "docs" / "_build" / "html"
PAGES = [
    "index",
    "start/index",
    "guide/index",
    "guide/report",
    "displays",
    "choosing",
    "theory/inf_fs",
    "gallery/index",
    "gallery/plot_01_first_table",
    "api/index",
    "api/infsel",
    "api/infsel/infsel.SelectorCV",
    "results/index",
]
# what of an article is right of the window, and in nothing that scrolls there
CUT = """() => {
  const wide = (node) => node.getBoundingClientRect().right > window.innerWidth + 1;
  const scrolls = (node) => getComputedStyle(node).overflowX === "auto" && node.scrollWidth > node.clientWidth;
  const reached = (node) => node.matches(".bd-article") ? false : scrolls(node) || reached(node.parentElement);
  const inside = [...document.querySelectorAll(".bd-article *")];
  return inside.filter((node) => wide(node) && !reached(node)).map((node) => node.outerHTML.slice(0, 200));
}"""
pytestmark = pytest.mark.skipif(not SITE.exists(), reason="there is no docs/_build/html: build the site")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_and_nothing_sticks_out_or_is_cut(browser, name, scheme):
    for width in WIDTHS:
        with opened(browser, SITE / f"{name}.html", width, scheme) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(CUT) == []
            assert faults(page) == []


def test_the_page_for_what_is_missing_leads_back_from_any_depth():
    head, base, rest = re.split(r'<base href="(.*?)">', (SITE / "404.html").read_text(encoding="utf-8"))
    link = re.compile(r'(?:href|src|action)="([^"#?]+)')
    assert not link.search(head)
    links = {urljoin(urljoin("https://example.org/a/folder/that.html", base), found) for found in link.findall(rest)}
    files = {urlsplit(found).path.removeprefix(urlsplit(base).path) for found in links}
    assert {"index.html", "guide/index.html", "search.html", "_static/infsel.css"} <= files
    assert [name for name in files if not (SITE / name).is_file()] == []
