"""The README tells the truth: its example runs as printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
FENCED = re.findall(r"^```(\w+)\n(.*?)^```", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def test_the_first_two_blocks_are_the_two_commands():
    assert [language for language, _ in FENCED[:2]] == ["bash", "bash"]
    assert "infsel compare" in FENCED[0][1]
    assert "pytest" in FENCED[1][1]


@pytest.mark.compiled
def test_the_pipeline_example_runs():
    example = "\n".join(code for language, code in FENCED if language == "python")
    output = subprocess.run([sys.executable, "-W", "error", "-c", example], capture_output=True, text=True, check=True)
    assert "inffs__n_hops" in output.stdout


def test_the_page_of_presets_is_up_to_date():
    docs = README.parent / "docs"
    code = "import make_presets; print(make_presets.page(), end='')"
    made = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=docs, capture_output=True, check=True).stdout
    assert made.decode() == (docs / "presets.md").read_text(encoding="utf-8")
