"""Nothing that a terminal would obey reaches it, whoever wrote it; and what fails says so in words."""

import json
import os
import subprocess
import sys
import warnings

import pytest
from click.testing import CliRunner

from infsel import RecursiveElimination
from infsel._runtime.text import printable
from infsel.cli._main import infsel

NASTY = ["\x1b[31mred", "bell\x07", "\x9b2J", "\u202eright", "zero\u200bwidth", "line\u2028end", "del\x7f", "back\x08"]


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def shown(result):
    """Everything printed, which must be printable lines."""
    printed = result.stdout + result.stderr
    assert all(line.isprintable() for line in printed.split("\n")), repr(printed)
    return printed


@pytest.mark.parametrize("text", NASTY)
def test_what_is_not_printable_is_shown_as_repr_does(text):
    assert printable(text).isprintable()
    assert printable(text) == repr(text)[1:-1]
    assert printable("plain ±é漢 \\n text") == "plain ±é漢 \\n text"


@pytest.mark.parametrize("nasty", NASTY)
def test_names_in_tables_messages_and_files(csv, tmp_path, nasty):
    path = csv(
        lambda frame: frame.rename(columns={"a": nasty, "y": "y" + nasty}), name=f"t{nasty.replace('/', '')}.csv"
    )
    assert printable(nasty) in shown(run("rank", path, "--target", "y" + nasty))
    assert printable(nasty) in shown(run("rank", path, "--target", "y" + nasty, "--selector", "inf-fs"))
    for arguments in (
        ["--target", nasty * 2],
        ["--drop", nasty * 2],
        ["--target", "y" + nasty, "--drop=x" + nasty],
    ):
        result = run("rank", path, *arguments)
        assert result.exit_code == 2
        assert printable(nasty) in shown(result)


def test_names_in_compare(csv):
    path = csv(lambda frame: frame.rename(columns={"a": NASTY[0], "y": "y\x1b[2J"}), name="t\x1b[1m.csv")
    assert "t\\x1b[1m.csv" in shown(run("compare", path, "--target", "y\x1b[2J", "--features", "2", "--folds", "2"))
    shown(run("presets"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["r\x1bx"],
        ["rank", "--x\x1by"],
        ["rank", "--hops", "\x1b"],
        ["rank", "--selector", "\x1b"],
        ["rank", "a\x1b.csv"],
    ],
)
def test_names_in_errors_of_usage(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "\\x1b" in shown(result)


def test_names_in_warnings_and_markup(csv, monkeypatch):
    fit = RecursiveElimination.fit

    def warning(self, X, y=None):
        warnings.warn("so \x1b[31m\nred", UserWarning, stacklevel=1)
        return fit(self, X, y)

    monkeypatch.setattr(RecursiveElimination, "fit", warning)
    path = csv(lambda frame: frame.rename(columns={"a": ":heart: [bold]a", "b": "b\\[red]"}))
    printed = shown(run("rank", path, "--target", "y"))
    assert "so \\x1b[31m red" in printed
    assert ":heart: [bold]a" in printed
    assert "b\\[red]" in printed


@pytest.mark.parametrize(
    "error", [RuntimeError("so\n\x1b[1m"), KeyError("k"), RecursionError(), OverflowError("large")]
)
def test_an_unexpected_error_is_one_line_and_can_be_looked_into(csv, monkeypatch, error):
    def broken(self, X, y=None):
        raise error

    monkeypatch.setattr(RecursiveElimination, "fit", broken)
    path = csv()
    result = run("rank", path, "--target", "y")
    assert result.exit_code == 2
    assert shown(result).count("\n") == 1
    assert type(error).__name__ in result.stderr
    monkeypatch.setenv("INFSEL_DEBUG", "1")
    assert isinstance(run("rank", path, "--target", "y").exception, (type(error), Exception))
    assert not isinstance(run("rank", path, "--target", "y").exception, SystemExit)


def test_a_reader_that_leaves_is_no_error(csv):
    path = csv()
    command = f"{sys.executable} -m infsel.cli rank {path} --target y 2>&1 >&3 | cat >&2; exit 0"
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        ["bash", "-c", f"exec 3>&{writing}; {command}"], pass_fds=[writing], capture_output=True, text=True, check=False
    )
    os.close(writing)
    assert process.stderr == ""


def test_a_terminal_of_few_letters_shows_the_others_as_numbers(csv):
    path = csv(lambda frame: frame.rename(columns={"a": "größe"}))
    result = subprocess.run(
        [sys.executable, "-m", "infsel.cli", "rank", path, "--target", "y"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "gr\\xf6\\xdfe" in result.stdout


def test_json_holds_names_as_they_are(csv):
    path = csv(lambda frame: frame.rename(columns={"a": NASTY[0]}))
    result = run("rank", path, "--target", "y", "--json")
    shown(result)
    assert NASTY[0] in [row["feature"] for row in json.loads(result.stdout)["ranking"]]
