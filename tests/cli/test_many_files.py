"""Several files as one table, and workers that read them."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from infsel.cli import _many
from infsel.cli._main import infsel

pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def told(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def fails(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture
def frame(rng):
    X = pd.DataFrame(rng.standard_normal((90, 5)), columns=list("abcde"))
    return X.assign(y=np.where(X["a"] + X["b"] > 0, "yes", "no"), t=["u", "v", "w"] * 30)


@pytest.fixture
def parts(frame, tmp_path):
    for k in range(3):
        frame.iloc[30 * k : 30 * k + 30].to_parquet(tmp_path / f"part {k}.parquet")
        frame.iloc[30 * k : 30 * k + 30].to_csv(tmp_path / f"part {k}.csv", index=False)
    frame.to_parquet(tmp_path / "whole.pq")
    return tmp_path


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_files_that_fit_rank_as_one_file(parts, suffix):
    many, one = (
        told("rank", parts / f"part*.{suffix}", "--target", "y"),
        told("rank", parts / "whole.pq", "--target", "y"),
    )
    # readers of text differ in the last digit
    told_of = [[(row["feature"], row["rank"], row["score"]) for row in each["ranking"]] for each in (many, one)]
    assert told_of[0] == told_of[1]
    assert many["n_samples"] == 90
    name = {"parquet": "Parquet", "csv": "CSV"}[suffix]
    assert many["said"][0] == f"read 3 {name} files through Dask"


@pytest.fixture
def little_memory(monkeypatch):
    monkeypatch.setattr(_many, "machine", lambda: 100)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize("selector", ["coverage", "inf-fs", "elimination"])
def test_files_that_do_not_fit_rank_alike_where_they_are(parts, little_memory, selector, suffix):
    target = ("--target", "y") if selector != "inf-fs" else ("--drop", "y")
    many = told("rank", parts / f"part*.{suffix}", "--selector", selector, *target)
    one = told("rank", parts / "whole.pq", "--selector", selector, *target)
    assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert "a block of columns at a time" in many["said"][0]
    assert many["said"][1] == "text as categories: 't' (3 levels)"
    assert many["n_samples"] == 90


def test_gaps_of_files_that_do_not_fit_are_taken_as_they_are(parts, frame, little_memory):
    gaps = frame.assign(
        a=frame["a"].where(frame.index % 5 > 0),
        t=frame["t"].where((frame.index < 30) | (frame.index % 4 > 0)),
        id=[f"row {k}" for k in range(90)],
        day=pd.Series(pd.Timestamp("2020"), frame.index).astype("datetime64[ms]"),  # Parquet knows no seconds
    )
    for k in range(3):
        gaps.iloc[30 * k : 30 * k + 30].to_parquet(parts / f"gaps {k}.parquet")
    gaps.to_parquet(parts / "all.pq")
    for options in ((), ("--missing", "informative")):
        options = ("--target", "y", "--selector", "coverage", *options)
        many, one = told("rank", parts / "gaps*.parquet", *options), told("rank", parts / "all.pq", *options)
        assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert many["said"][1:4] == [
        "left out: 'day' (datetime64[ms]), neither numbers nor text: --dates ranks days of a table in memory",
        "left out: 'id' (90 in 90 rows), text that differs in most rows",
        "text as categories: 't' (3 levels)",
    ]


def test_a_cluster_for_the_time_of_the_command(parts):
    before = children()
    many = told("rank", parts / "part*.parquet", "--target", "y", "--selector", "inf-fs", "--workers", 2)
    one = told("rank", parts / "whole.pq", "--selector", "inf-fs", "--drop", "y")
    assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert children() == before


def children(process=None):
    return {
        child.pid
        for child in psutil.Process(process).children(recursive=True)
        if "resource_tracker" not in str(child.cmdline())
    }


@pytest.fixture
def slow(parts, rng):
    """Files whose ranking takes long enough to be interrupted."""
    for k in range(2):
        pd.DataFrame(rng.standard_normal((3000, 300))).rename(columns=str).to_parquet(parts / f"slow {k}.parquet")
    return parts / "slow*.parquet"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_the_cluster(slow, number):
    command = [sys.executable, "-m", "infsel", "rank", str(slow), "--selector", "inf-fs", "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    while len(children(process.pid)) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    workers = [psutil.Process(pid) for pid in children(process.pid)]
    os.killpg(process.pid, signal.SIGINT) if number == signal.SIGINT else process.terminate()  # as a terminal does
    errors = process.communicate(timeout=60)[1]
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number], errors
    assert errors.strip() == ("infsel: interrupted" if number == signal.SIGINT else "")
    psutil.wait_procs(workers, timeout=30)
    assert not any(worker.is_running() for worker in workers)


def test_an_error_ends_the_cluster(parts):
    before = children()
    assert "which is no class label" in fails(
        "rank", parts / "part*.parquet", "--target", "a", "--task", "classification", "--workers", 1
    )
    assert children() == before


def test_what_options_alone_make_wrong_starts_no_cluster(parts, monkeypatch):
    monkeypatch.setattr(_many, "cluster_of", None)
    pattern = parts / "part*.parquet"
    assert "no column named 'z'" in fails("rank", pattern, "--target", "z", "--workers", 1)
    assert "leave out --workers" in fails("rank", pattern, "--target", "y", "--dates", "--workers", 1)


def test_without_dask_the_line_says_how_to_install_it(parts, monkeypatch):
    for module in ("dask.dataframe", "distributed"):
        monkeypatch.setitem(sys.modules, module, None)
    for options in ((), ("--workers", 2)):
        assert 'pip install "infsel[dask]"' in fails("rank", parts / "part*.parquet", "--target", "y", *options)


WRONG = {
    "no match": (lambda folder: [folder / "*.arrow"], "no file matches this pattern"),
    "formats": (lambda folder: [folder / "part ?.*"], "files that end in '.csv', '.parquet'"),
    "another format": (lambda folder: [folder / "other*.json"], "files that end in '.json'"),
    "column missing": (lambda folder: [folder / "[op]*.parquet"], "other.parquet"),
    "column more": (lambda folder: [folder / "more*.csv"], "more 1.csv: has a column 'z'"),
    "type": (
        lambda folder: [folder / "type*.parquet"],
        "string, and of double in",  # large where pandas is new
    ),
    "damaged": (lambda folder: [folder / "bad*.parquet"], "bad 0.parquet: is not readable"),
    "workers": (lambda folder: ["iris", "--workers", 2], "--workers read files"),
    "pipe": (lambda folder: ["-", "--workers", 2], "--workers read files"),
    "header": (lambda folder: [folder / "part*.csv", "--no-header"], "--no-header"),
    "labels": (lambda folder: [folder / "part*.csv", "--index", "a"], "labels of rows"),
    "unquoted": (lambda folder: sorted(folder.glob("part*.csv")), "in quotes: 'folder/*.parquet'"),
    "folder": (lambda folder: [folder], "*.parquet' reads files in it"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_table_ends_in_one_line(parts, frame, name):
    frame[["a", "d", "e", "y", "t"]].to_parquet(parts / "other.parquet")
    for k in range(2):
        (parts / f"other {k}.json").write_text("[]")
        (parts / f"bad {k}.parquet").write_text("PAR1")
        frame[["a", "b"]].assign(**{"z": 1} if k else {}).to_csv(parts / f"more {k}.csv", index=False)
        frame[["a", "b"]].astype({"a": "str"} if k else {}).to_parquet(parts / f"type {k}.parquet")
    make, words = WRONG[name]
    result = run("rank", *make(parts))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_what_a_table_in_files_does_not_take(parts, little_memory):
    pattern = parts / "part*.parquet"
    assert "are for tables in memory, and this one is larger" in fails("rank", pattern, "--nominal", "a")
    assert "no column to rank" in fails("rank", pattern, "--drop", "a,b,c,d,e,t,y")


def test_one_file_for_workers(parts, monkeypatch):
    monkeypatch.setattr(_many, "cluster_of", lambda workers: nullcontext())
    assert told("rank", parts / "whole.pq", "--selector", "inf-fs", "--drop", "y,t", "--workers", 1)["said"][0] == (
        "read 1 Parquet file through Dask, a block of columns at a time"
    )


def test_rows_without_a_target_and_weights(parts, frame, little_memory):
    frame.assign(y=frame["y"].where(frame.index % 7 > 0), w=np.arange(90) % 3).to_parquet(parts / "gaps.parquet")
    options = ("--selector", "f-test", "--target", "y", "--weight", "w", "--drop", "t", "--drop-missing-target")
    many = told("rank", parts / "gaps*.parquet", *options)
    one = told("rank", parts / "gaps.parquet", *options)
    assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert many["n_samples"] == one["n_samples"]


def test_other_commands_say_that_they_read_one_file(parts):
    assert "other commands one file" in fails("explain", parts / "part*.csv", "a", "--target", "y")
