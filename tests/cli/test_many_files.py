"""Several files as one table, and workers that read them."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from infsel.cli import _many
from infsel.cli._main import infsel

pytest.importorskip("distributed")


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
    many, one = told("rank", parts / f"part*.{suffix}", "--target", "y"), told("rank", parts / "whole.pq", "--target", "y")
    assert many["ranking"] == one["ranking"]
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
    one = told("rank", parts / "whole.pq", "--selector", selector, "--drop", "t", *target)
    assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert "a block of columns at a time" in many["said"][0]
    assert many["said"][1] == "left out: 't' (string), no numbers: tables in memory take text and dates"
    assert many["n_samples"] == 90


def test_a_cluster_for_the_time_of_the_command(parts):
    before = children()
    many = told("rank", parts / "part*.parquet", "--target", "y", "--selector", "inf-fs", "--drop", "t", "--workers", 2)
    one = told("rank", parts / "whole.pq", "--selector", "inf-fs", "--drop", "t,y")
    assert [row["feature"] for row in many["ranking"]] == [row["feature"] for row in one["ranking"]]
    assert children() == before


def children():
    return {process for process in os.listdir("/proc") if process.isdecimal() and parent(process) == os.getpid()}


def parent(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return int(file.read().rsplit(")", 1)[1].split()[1])
    except OSError:  # it has ended
        return 0
