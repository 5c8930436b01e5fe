"""A real browser opens the page: the script sorts and filters, and nothing in a name runs."""

import shutil
import subprocess

import pytest
from pages import Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture
def opened(tmp_path):
    def opened(page, query=""):
        path = tmp_path / "report.html"
        path.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        command = [CHROMIUM, *options, "--virtual-time-budget=2000", "--dump-dom", f"{path.as_uri()}{query}"]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, encoding="utf-8")
        return Page(result.stdout)

    return opened


def columns(page):
    """Cells of the rows of the table of columns that are shown."""
    body, inside, shown = [], None, []
    for element in page.elements:
        if element["tag"] == "table":
            inside = element["attrs"].get("id") == "table"
        if inside and element["tag"] == "tr":
            body.append([])
            shown.append("hidden" not in element["attrs"])
        if inside and element["tag"] in ("td", "th"):
            body[-1].append(element["text"])
    return [row for row, is_shown in zip(body[1:], shown[1:], strict=True) if is_shown]


def test_the_script_readies_the_table(opened, of_wine, wine_page):
    page = opened(wine_page)
    [form] = page.all("form")
    assert "hidden" not in form["attrs"]
    assert [e["text"] for e in page.all("output")] == ["13 of 13 columns"]
    assert len([button for button in page.all("button") if "th" in button["inside"]]) == 9
    assert [row[1] for row in columns(page)] == of_wine.columns["feature"].tolist()


@pytest.mark.parametrize(
    ("sort", "order", "name"),
    [("importance", "descending", "importance"), ("number", "ascending", "number"), ("column", "ascending", "feature")],
)
def test_a_link_sorts(opened, of_wine, wine_page, sort, order, name):
    page = opened(wine_page, f"?sort={sort}&order={order}")
    [head] = [e for e in page.all("th", scope="col") if "aria-sort" in e["attrs"]]
    assert (head["text"], head["attrs"]["aria-sort"]) == (sort, order)
    expected = of_wine.columns.sort_values(name, ascending=order == "ascending", kind="stable")["feature"]
    assert [row[1] for row in columns(page)] == expected.tolist()


def test_a_link_filters(opened, of_wine, wine_page):
    names = of_wine.columns["feature"]
    page = opened(wine_page, "?filter=PHENOL")
    assert [row[1] for row in columns(page)] == names[names.str.contains("phenol")].tolist()
    assert [e["text"] for e in page.all("output")] == ["2 of 13 columns"]
    page = opened(wine_page, "?show=other")
    assert [row[1] for row in columns(page)] == names[~of_wine.columns["selected"]].tolist()


def test_names_do_not_run(opened, hostile_page):
    run = "<script>document.title = 'ran'</script>"
    page = opened(hostile_page.replace("</main>", f"{run}</main>"))  # even had one slipped through
    assert page.all("title")[0]["text"] != "ran"
    assert len(columns(page)) == 13
    assert not page.all("img")
