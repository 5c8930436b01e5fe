"""README and docs tell the truth: their examples run as printed, without a warning."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from infsel.walks._names import CRITERIA

README = Path(__file__).parents[1] / "README.md"
DOCS = README.parent / "docs"
TABLE = "X, y = load_breast_cancer"


def fenced(page):
    return re.findall(r"^```(\w+)\n(.*?)^```", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def python(page):
    return "\n".join(code for language, code in fenced(page) if language == "python")


def run(code, folder):
    environment = os.environ | {"MPLBACKEND": "Agg", "PYTHONPATH": str(README.parent)}
    output = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    assert output.returncode == 0, output.stderr
    assert output.stderr == ""
    return output.stdout


def test_the_first_two_blocks_are_the_two_commands():
    assert [language for language, _ in fenced(README)[:2]] == ["bash", "bash"]
    assert "infsel compare" in fenced(README)[0][1]
    assert "pytest" in fenced(README)[1][1]


@pytest.mark.compiled
def test_the_examples_of_the_readme_run(tmp_path):
    numbers = re.findall(r"^(.*\.sum\(\))  # (\d+) of", python(README), flags=re.MULTILINE)
    assert numbers  # what is claimed in a comment is checked
    claims = "\n".join(f"assert {expression} == {number}" for expression, number in numbers)
    assert "n_features_to_select" in run(python(README) + "\n" + claims, tmp_path)


def apart(pages):
    """Code that runs each page by itself, in one process: importing scikit-learn takes longer than most of them."""
    return "\n".join(f"exec(compile({code!r}, {name!r}, 'exec'), {{}})" for name, code in pages.items())


@pytest.mark.compiled
def test_the_examples_of_pages_run_after_the_imports_of_the_readme(tmp_path):
    lines = python(README).splitlines()
    before = [line for line in lines if line.startswith(("import ", "from ", TABLE))]
    pages = {page.name: "\n".join([*before, python(page)]) for page in sorted(DOCS.glob("*.md")) if python(page)}
    assert {"displays.md", "elimination.md", "tuning.md"} <= pages.keys()
    run(apart(pages), tmp_path)


@pytest.mark.compiled
def test_the_examples_of_pages_in_folders_run_each_by_itself(tmp_path):
    pages = {page: python(page) for page in sorted(DOCS.glob("*/*.md")) if python(page)}
    assert {"guide", "start", "systems", "theory"} <= {page.parent.name for page in pages}
    del pages[DOCS / "start" / "index.md"]  # below
    if not find_spec("skl2onnx") or not find_spec("onnxruntime"):
        del pages[DOCS / "guide" / "onnx.md"]
    if not find_spec("distributed"):
        del pages[DOCS / "guide" / "dask.md"]
    run(apart({page.name: code for page, code in pages.items()}), tmp_path)


@pytest.mark.compiled
def test_start_prints_what_it_shows(tmp_path):
    page = DOCS / "start" / "index.md"
    shown = "".join(block for language, block in fenced(page) if language == "text")
    assert shown.count("\n") >= 8
    assert run(python(page), tmp_path) == shown


def test_criteria_bear_the_names_that_the_readme_gives_them():
    (row,) = [line for line in README.read_text(encoding="utf-8").splitlines() if "`CriterionSelector` (" in line]
    named = re.findall(r'`"([\w-]+)"`', row)
    assert len(named) >= 4
    assert set(named) <= CRITERIA.keys()


def test_the_page_of_presets_is_up_to_date():
    code = "import make_presets; print(make_presets.page(), end='')"
    made = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=DOCS, capture_output=True, check=True).stdout
    assert made.decode() == (DOCS / "presets.md").read_text(encoding="utf-8")
