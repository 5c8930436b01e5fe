"""infsel report: the page of a file, and the code on it makes the same columns from the file."""

import html
import re

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from pages import Page

from infsel.cli._main import infsel


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


@pytest.fixture
def messy(tmp_path, rng):
    frame = pd.DataFrame(rng.standard_normal((60, 4)), columns=list("abcd"))
    frame["y"] = np.where(frame["a"] + 0.3 * frame["b"] > 0, "yes", "no")
    frame["code"] = rng.integers(0, 3, 60)
    frame["note"] = [f"said {k}" for k in range(60)]
    frame["when"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(60), unit="D")
    frame.loc[:5, "c"] = np.nan
    frame.loc[3, "y"] = np.nan
    path = tmp_path / "messy.csv"
    frame.to_csv(path, index=False, sep=";", decimal=",")
    return path


def code_of(page):
    return html.unescape(re.search("<code>(.*?)</code>", page, re.DOTALL)[1])


def test_the_page_of_a_bundled_table(tmp_path):
    path = tmp_path / "wine.html"
    result = run("report", "wine", "-o", path)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    page = path.read_text(encoding="utf-8")
    assert Page(page).all("h1")[0]["text"] == "wine (bundled)"
    verdict = [e["text"] for e in Page(page).all("p") if "section" in e["inside"]][:3]
    assert result.stdout.splitlines() == [*verdict, f"Written to {path}."]
    said = {}
    exec(code_of(page).split("report.write(")[0], said)
    assert f"Keep {len(said['selected'])} of 13 columns: “{said['ranking'].feature[0]}”" in verdict[0]


def test_the_code_reads_a_messy_file_as_the_command_did(messy, tmp_path):
    path = tmp_path / "report.html"
    options = ["--drop", "d", "--nominal", "code", "--drop-missing-target", "--folds", 3]
    result = run("report", messy, "--target", "y", "-o", path, *options)
    assert result.exit_code == 0, result.output
    page = path.read_text(encoding="utf-8")
    said = {}
    exec(code_of(page).split("report.write(")[0], said)
    assert said["X"].columns.tolist() == ["a", "b", "c", "code"]
    assert len(said["X"]) == 59
    rows = [e["text"] for e in Page(page).all("th", scope="row") if "tbody" in e["inside"]][-4:]
    assert said["ranking"].feature.tolist() == rows
    notes = " ".join(e["text"] for e in Page(page).all("li"))
    expected = (
        "read with ';' and decimal ','",
        "left out: 1 row without 'y'",
        "'note' (59 in 59 rows)",
        "task: class",
    )
    assert [note for note in expected if note not in notes] == []


def test_dates_as_days_are_in_the_code(messy, tmp_path):
    path = tmp_path / "report.html"
    result = run("report", messy, "--target", "y", "--drop-missing-target", "--dates", "--folds", 2, "-o", path)
    assert result.exit_code == 0, result.output
    said = {}
    exec(code_of(path.read_text(encoding="utf-8")).split("from infsel import")[0], said)  # a day a row is like an id
    assert said["X"]["when"].iloc[-1] == 59


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{csv}"], "needs --target"),
        (["{csv}", "--target", "y", "-o", "{folder}/report.pdf"], "the output must end in .html, .htm"),
        (["{csv}", "--target", "y", "-o", "{folder}/no/report.html"], "there is no folder"),
        (["{csv}", "--target", "z", "-o", "{folder}/report.html"], "no column named 'z'"),
        (["{csv}", "--target", "y", "-o", "{folder}/report.html"], "--drop-missing-target"),
        (["{csv}", "--target", "a", "-o", "{folder}/report.html", "--folds", "50"], "too few for --folds 50"),
    ],
)
def test_what_fails_is_one_line(messy, tmp_path, arguments, words):
    result = run("report", *(each.format(csv=messy, folder=tmp_path) for each in arguments))
    assert result.exit_code == 2
    assert words in result.stderr
    assert not list(tmp_path.glob("*.html"))
