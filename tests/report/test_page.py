"""The page is whole, asks for nothing from elsewhere, and shows names as they are."""

import re
import stat
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from pages import HOSTILE, Page

from infsel.datasets import iris
from infsel.report import gather, render, write
from infsel.report._charts import HEIGHT, WIDTH, cells, chart, nice_ticks

PAGES = ["wine_page", "hostile_page"]


@pytest.fixture(params=PAGES)
def page(request):
    return request.getfixturevalue(request.param)


def test_tags_are_balanced_and_ids_are_unique(page):
    ids = [element["attrs"]["id"] for element in Page(page).elements if "id" in element["attrs"]]
    assert len(ids) == len(set(ids)) > 10


def test_whatever_is_named_elsewhere_is_there(page):
    read = Page(page)
    ids = {element["attrs"].get("id") for element in read.elements}
    for element in read.elements:
        attrs = element["attrs"]
        named = " ".join(attrs.get(key) or "" for key in ("aria-labelledby", "for")).split()
        named += [attrs["href"][1:]] if attrs.get("href", "").startswith("#") else []
        assert set(named) <= ids, element


def test_controls_regions_and_pictures_have_names(page):
    read = Page(page)
    labels = {label["attrs"]["for"] for label in read.all("label")}
    for control in read.all("input") + read.all("select"):
        assert control["attrs"]["id"] in labels
    for element in read.elements:
        if element["attrs"].get("role") in ("region", "img"):
            assert {"aria-label", "aria-labelledby"} & element["attrs"].keys()
    assert read.all("html", lang="en")
    assert next(e["tag"] for e in read.elements if re.fullmatch("h[123]", e["tag"])) == "h1"


def test_it_asks_for_nothing_from_elsewhere(page):
    read = Page(page)
    for element in read.elements:
        attrs = element["attrs"]
        assert "src" not in attrs
        assert (attrs.get("href") or "#").startswith(("#", "data:"))
        assert not any(name.startswith("on") for name in attrs)
    assert "url(" not in page
    assert "@import" not in page
    [policy] = read.all("meta", **{"http-equiv": "Content-Security-Policy"})
    [script] = read.all("script")
    allowed = b64encode(sha256(script["text"].encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}'" in policy["attrs"]["content"]
    assert "default-src 'none'" in policy["attrs"]["content"]


def test_hostile_names_are_text(hostile_page):
    read = Page(hostile_page)
    named = [cell["text"] for cell in read.all("th", scope="row") if "tbody" in cell["inside"]][-13:]
    assert {HOSTILE[0], HOSTILE[1], HOSTILE[3], HOSTILE[4], HOSTILE[6], HOSTILE[7], "copy of <b>"} <= set(named)
    assert {"rtl \\u202e override", "nul \\x00 \\n line"} <= set(named)
    assert max(map(len, named)) == 80
    assert "alert(" not in "".join(script["text"] for script in read.all("script"))
    assert read.all("h1")[0]["text"] == "<script>alert('name')</script>"
    assert not read.all("img")
    assert "\x00" not in hostile_page
    assert "\u202e" not in hostile_page


def test_every_column_has_a_row_and_a_reason(of_wine, wine_page):
    cells = [cell["text"] for cell in Page(wine_page).all("th", scope="row")]
    assert cells[-13:] == of_wine.columns["feature"].tolist()
    for reason in of_wine.columns["reason"]:
        assert reason in re.sub("</?b[^>]*>", "", wine_page)


def test_the_same_table_gives_the_same_page():
    X, y = iris()
    options = {"n_permutations": 1, "n_folds": 2}
    assert render(gather(X, y, **options)) == render(gather(X, y, **options))


def test_the_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    X, y = iris()
    path = tmp_path / "report.html"
    found = write(X, y, path, n_permutations=1, n_folds=2)
    assert path.read_text(encoding="utf-8") == render(found)
    before = path.read_bytes()
    monkeypatch.setattr("infsel.report._write.render", lambda report: "\ud800")  # no text at all
    with pytest.raises(UnicodeEncodeError):
        write(X, y, path, n_permutations=1, n_folds=2)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert stat.S_ISREG(path.stat().st_mode)


def contrast(first, second):
    def luminance(color):
        channels = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
        return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4) @ [
            0.2126,
            0.7152,
            0.0722,
        ]

    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_colors_have_the_contrast_that_reading_takes(wine_page, scheme):
    [sheet] = [style["text"] for style in Page(wine_page).all("style")]
    colors = dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6})", sheet.split("prefers-color-scheme: dark")[scheme]))
    for back in ("page", "card", "good-back"):
        assert contrast(colors["text"], colors[back]) >= 7
    for text, back in [
        ("soft", "page"),
        ("soft", "card"),
        ("link", "page"),
        ("good", "good-back"),
        ("warn", "warn-back"),
    ]:
        assert contrast(colors[text], colors[back]) >= 4.5, (text, back)
    for line in ("c0", "c1", "c2", "c3", "soft"):
        assert contrast(colors[line], colors["page"]) >= 3, line


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-0.31, 0.07), (0.93, 0.9301), (-5e6, 3), (2, 2)])
def test_ticks_are_round_and_hold_what_is_drawn(low, high):
    ticks = np.array(nice_ticks(low, high))
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 3 <= len(ticks) <= 8
    steps = np.diff(ticks)
    np.testing.assert_allclose(steps, steps[0])
    assert f"{steps[0]:.0e}"[0] in "125"


@pytest.mark.parametrize("counts", [[3], [1, 2, 3], [1, 10, 100, 1000]])
def test_curves_lie_inside_their_picture(counts):
    curve = np.linspace(-0.2, 0.9, len(counts))
    drawn = chart("a", "b", ("x", "y"), counts, {"curve": curve, "flat": 0 * curve}, 0.1 + 0 * curve, mark=counts[-1])
    for line in drawn.lines:
        for point in f"{line.points} {line.band}".split():
            x, y = map(float, point.split(","))
            assert 0 < x < WIDTH
            assert 0 < y < HEIGHT
    assert drawn.mark == tuple(map(float, drawn.lines[0].points.split()[-1].split(",")))
    assert len(drawn.lines[0].points.split()) == max(len(counts), 2)


def test_each_cell_is_drawn_in_its_level():
    A = np.array([[1.0, 0.5], [0.5, 0.02]])
    paths = cells(A)
    assert len(paths) == 9
    assert paths[8] == "M0 0h1v1h-1z"
    assert paths[3] + paths[4] == "M1 0h1v1h-1zM0 1h1v1h-1z"
    assert sum(map(len, paths)) == 3 * len("M0 0h1v1h-1z")


@pytest.mark.parametrize(
    ("best", "said"),
    [
        ("RecursiveElimination", "RecursiveElimination.</p>"),
        ("F-test", "F-test; the mark and the columns below are those of RecursiveElimination,"),
    ],
)
def test_whose_columns_they_are_is_said_where_another_selector_is_best(of_wine, best, said):
    scores = of_wine.comparison.scores.copy()
    scores[of_wine.comparison.selectors.index(best)] += 0.5
    page = render(replace(of_wine, comparison=replace(of_wine.comparison, scores=scores)))
    assert f"The best mean over numbers of columns is that of {said}" in page
    assert "<kbd>infsel compare --model simple</kbd>" in page
