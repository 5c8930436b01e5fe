"""The page in a browser: how it looks, what the keyboard does, what is printed, and whether everybody can read it.

`python tests/report/test_screens.py` draws the committed pictures anew.
"""

import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path += map(str, Path(__file__).parents[:2])  # where pytest looks, too

from browser import SCHEMES, WIDTHS, chromium, faults, opened, screen
from example import NAMES, example
from pictures import ALLOWED, differing, saved
from PIL import Image

from infsel.report import render

SCREENS = Path(__file__).parent / "screens"
COLORS, MOST = 128, 1_000_000  # of a file, and bytes of all
CASES = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return written(tmp_path_factory.mktemp("report") / "report.html")


def written(path):
    path.write_text(render(example()), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), CASES)
def test_it_looks_as_it_did(browser, path, width, scheme, tmp_path):
    found = screen(browser, path, width, scheme)
    found.save(tmp_path / "screen.png")
    assert differing(found, saved(SCREENS / f"{width}-{scheme}.png")) <= ALLOWED, tmp_path


def test_a_page_that_lost_its_style_does_not(browser, path, tmp_path):
    bare, page = tmp_path / "bare.html", path.read_text(encoding="utf-8")
    for lost in (".line { fill: none;", "#table td:nth-child(n + 4), #table td:first-child {"):
        assert lost in page
        bare.write_text(page.replace(lost, ".nothing {"), encoding="utf-8")
        assert differing(screen(browser, bare, 1280, "light"), saved(SCREENS / "1280-light.png")) > ALLOWED, lost


def test_committed_pictures_are_small():
    assert sum(each.stat().st_size for each in SCREENS.iterdir()) < MOST


@pytest.mark.parametrize(("width", "scheme"), CASES)
def test_axe_finds_nothing_serious_and_nothing_sticks_out(browser, path, width, scheme):
    with opened(browser, path, width, scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def shown(page):
    return page.eval_on_selector_all("#table tbody tr:not([hidden]) th", "all => all.map((each) => each.textContent)")


def test_the_keyboard_sorts_and_filters(browser, path):
    with opened(browser, path) as page:
        assert shown(page) == NAMES
        page.focus("#filter")
        page.keyboard.type("WIDTH")
        assert shown(page) == ["width", "width (copy)"]  # also in its reason
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.press("Tab")
        page.keyboard.type("not")  # of the list the entry that begins so
        assert shown(page) == NAMES[5:]
        page.keyboard.press("Home")
        page.focus("#table th:nth-child(2) button")
        page.keyboard.press("Enter")
        assert shown(page) == sorted(NAMES)
        page.keyboard.press("Space")
        assert shown(page) == sorted(NAMES, reverse=True)
        assert page.get_attribute("#table th:nth-child(2)", "aria-sort") == "descending"


def test_tabs_go_from_top_to_bottom_and_come_to_everything(browser, path):
    with opened(browser, path) as page:
        places = []
        for _ in range(100):
            page.keyboard.press("Tab")
            place = page.evaluate(
                """() => { const at = document.activeElement, box = at.getBoundingClientRect();
                return at === document.body ? null : [at.tagName, at.id || at.textContent, box.top + scrollY]; }"""
            )
            if place is None:
                break
            places.append(place)
        assert places[0][1] == "Skip to the table of columns"
        tops = [top for _, _, top in places[1:]]
        assert all(below > above - 60 for above, below in pairwise(tops)), places
        tags = [tag for tag, _, _ in places]
        assert (tags.count("INPUT"), tags.count("SELECT"), tags.count("SUMMARY")) == (1, 1, 3)
        assert tags.count("BUTTON") == 9
        assert tags[-1] == "PRE"


def test_what_is_printed_holds_everything(browser, path, tmp_path):
    with opened(browser, path, 794) as page:  # points of a sheet
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert not page.is_visible("#filters")
        assert not page.is_visible("nav")
        assert page.is_visible("text=What the columns of this table mean")
        assert page.eval_on_selector_all("details", "all => all.every((each) => each.open)")
        printed = page.pdf(path=tmp_path / "report.pdf")
        assert printed.startswith(b"%PDF")


def draw():
    """Write the committed pictures."""
    SCREENS.mkdir(exist_ok=True)
    page = written(SCREENS / "report.html")
    with chromium() as found:
        for width, scheme in CASES:
            small = screen(found, page, width, scheme).quantize(COLORS, Image.Quantize.FASTOCTREE)
            small.save(SCREENS / f"{width}-{scheme}.png", optimize=True)
    page.unlink()


if __name__ == "__main__":
    draw()
