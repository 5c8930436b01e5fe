"""An output takes the place of one file, and of nothing else."""

import os
import signal
import stat
import subprocess
import sys
import time

import pandas as pd
import pytest
from click.testing import CliRunner

from infsel._runtime.files import replacing
from infsel.cli._main import infsel

NAMES = ["=cmd|' /C calc'!A0", "-x", "+y1", "@z", "\ttab", "\rreturn", "＝wide"]


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def rank(path, output):
    return run("rank", path, "--target", "y", "--output", output)


def refused(path, output):
    before = output.read_bytes() if output.is_file() else None
    result = rank(path, output)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert (output.read_bytes() if output.is_file() else None) == before
    return result.stderr


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
@pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
def test_the_mode_stays(csv, tmp_path, mode, suffix):
    output = tmp_path / f"r.{suffix}"
    output.write_text("old")
    output.chmod(mode)
    assert rank(csv(), output).exit_code == 0
    assert stat.S_IMODE(output.stat().st_mode) == mode
    assert output.read_bytes() != b"old"


def test_a_new_file_has_the_mode_of_new_files(csv, tmp_path):
    (tmp_path / "usual").touch()
    assert rank(csv(), tmp_path / "r.csv").exit_code == 0
    assert (tmp_path / "r.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_was_secret_is_never_readable_to_others(csv, tmp_path, monkeypatch):
    output, seen = tmp_path / "r.csv", []
    output.write_text("old")
    output.chmod(0o600)
    write = pd.DataFrame.to_csv

    def watched(frame, path, **options):
        seen.append(stat.S_IMODE(path.stat().st_mode))
        return write(frame, path, **options)

    path = csv()
    monkeypatch.setattr(pd.DataFrame, "to_csv", watched)
    rank(path, output)
    assert seen == [0o600]


def test_links_are_followed(csv, tmp_path):
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "folder" / "there.csv", tmp_path / "folder" / "new.csv"):
        link = tmp_path / f"link_to_{target.name}"
        if target.name == "there.csv":
            target.write_text("old")
        link.symlink_to(target)
        assert rank(csv(), link).exit_code == 0
        assert link.is_symlink()
        assert len(pd.read_csv(target)) == 6
    assert names(tmp_path / "folder") == ["new.csv", "there.csv"]


def test_the_table_itself_is_never_lost(csv, tmp_path):
    from pathlib import Path

    path = Path(csv())
    (tmp_path / "symbolic.csv").symlink_to(path)
    os.link(path, tmp_path / "hard.csv")
    (tmp_path / "folder").mkdir()
    for output in (path, tmp_path / "symbolic.csv", tmp_path / "hard.csv", tmp_path / "folder" / ".." / path.name):
        assert "is the table itself" in refused(path, output)
    assert "is the table itself" in refused(tmp_path / "symbolic.csv", path)


def test_what_is_read_only_or_no_file_stays(csv, tmp_path, monkeypatch):
    path, output = csv(), tmp_path / "r.csv"
    output.write_text("old")
    output.chmod(0o444)
    assert "read-only" in refused(path, output)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "folder.csv").mkdir()
    for name in ("pipe.csv", "loop.csv", "folder.csv"):
        assert "it is no file" in refused(path, tmp_path / name)
    output.chmod(0o644)
    monkeypatch.setattr(os, "access", lambda place, mode: False)
    assert "permission denied" in refused(path, output)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left"), UnicodeEncodeError("u", "\ud800", 0, 1, "x"), KeyboardInterrupt]
)
def test_a_failure_leaves_the_old_file_and_nothing_else(csv, tmp_path, monkeypatch, error):
    def broken(frame, path, **_):
        path.write_text("part")
        raise error

    path, output = csv(), tmp_path / "out" / "r.csv"
    output.parent.mkdir()
    output.write_text("old")
    monkeypatch.setattr(pd.DataFrame, "to_csv", broken)
    assert rank(path, output).exit_code in (2, 130)
    assert output.read_text() == "old"
    assert names(output.parent) == ["r.csv"]


def test_a_file_that_replaces_is_whole(tmp_path):
    with replacing(tmp_path / "a.txt") as partial:
        partial.write_text("new")
        assert not (tmp_path / "a.txt").exists()
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_writing_leaves_nothing(csv, tmp_path, number):
    folder = tmp_path / "out"
    folder.mkdir()
    code = f"""
import sys, time, pandas as pd
def slow(frame, path, **_):
    path.write_text("part")
    print("writing", flush=True)
    time.sleep(60)
pd.DataFrame.to_csv = slow
sys.argv = ["infsel", "rank", {csv()!r}, "--target", "y", "--output", {str(folder / "r.csv")!r}]
from infsel.cli import main
main()
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "writing\n"
    assert names(folder)
    begin = time.monotonic()
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - begin < 30
    assert process.returncode == 128 + number
    assert "Traceback" not in errors
    assert names(folder) == []


def test_formulas_are_inert_in_csv_and_as_they_are_elsewhere(csv, tmp_path):
    path = tmp_path / "t.parquet"
    pd.read_csv(csv()).set_axis([*NAMES[:6], "y"], axis=1).to_parquet(path)
    result = rank(path, tmp_path / "r.csv")
    assert "6 names begin like a formula" in result.stderr
    written = pd.read_csv(tmp_path / "r.csv").feature
    assert not written.str.startswith(tuple("=+-@\t\r")).any()
    assert sorted(written.str.removeprefix("'")) == sorted(NAMES[:6])
    for suffix in ("json", "parquet"):
        result = rank(path, tmp_path / f"r.{suffix}")
        assert result.stderr == ""
        assert sorted(getattr(pd, f"read_{suffix}")(tmp_path / f"r.{suffix}").feature) == sorted(NAMES[:6])


def test_every_beginning_of_a_formula_is_known(csv, tmp_path):
    from infsel.cli._write import write

    frame = pd.DataFrame({"rank": range(1, 8), "feature": NAMES, "score": 1.0})
    write(frame, tmp_path / "r.csv")
    assert pd.read_csv(tmp_path / "r.csv").feature.str.startswith("'").all()
    write(frame.assign(feature=[f"a{name}" for name in NAMES]), tmp_path / "r.csv")
    assert pd.read_csv(tmp_path / "r.csv").feature.str.startswith("a").all()
