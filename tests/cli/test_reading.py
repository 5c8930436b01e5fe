"""Every file that is no table ends in one line, exit code 2 and no traceback, and nothing waits for it."""

import json
import os
import threading

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from infsel.cli._main import infsel


@pytest.fixture
def frame(rng):
    X = rng.standard_normal((40, 3))
    return pd.DataFrame(X, columns=list("abc")).assign(y=np.where(X[:, 0] > 0, "u", "v"))


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def fails(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


def damaged(metadata):
    def make(frame):
        table = pa.Table.from_pandas(frame.drop(columns="y"), preserve_index=False)
        return table.replace_schema_metadata({"pandas": metadata})

    return make


PARQUETS = {
    "metadata without types": damaged('{"columns": [{"name": "a"}], "index_columns": []}'),
    "metadata of another index": damaged('{"columns": [], "index_columns": ["nope"], "column_indexes": 7}'),
    "metadata that is no JSON": damaged("{"),
    "two of one name": lambda frame: pa.table([pa.array([1.0, 2.0, 5.0])] * 2, names=["a", "a"]),
}


@pytest.mark.parametrize("name", PARQUETS)
def test_a_damaged_parquet_file(frame, tmp_path, name):
    pq.write_table(PARQUETS[name](frame), tmp_path / "t.parquet")
    assert f"{tmp_path / 't.parquet'}: " in fails("rank", tmp_path / "t.parquet")


@pytest.mark.parametrize("end", [0, 5, 300, -20])
def test_a_parquet_file_that_was_cut(frame, tmp_path, end):
    frame.to_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.parquet").write_bytes((tmp_path / "t.parquet").read_bytes()[:end])
    message = "the file is empty" if end == 0 else "begins like Parquet, but is not readable"
    assert message in fails("rank", tmp_path / "t.parquet")


@pytest.mark.parametrize(
    "error", [KeyError("k"), RecursionError("deep"), MemoryError(), AssertionError(), OSError(5, "I"), ValueError("v")]
)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_whatever_a_reader_raises(frame, tmp_path, monkeypatch, error, suffix):
    def broken(*_, **__):
        raise error

    path = tmp_path / f"t.{suffix}"
    getattr(frame, f"to_{suffix}")(path)
    monkeypatch.setattr(pd, f"read_{suffix}", broken)
    assert f"{path}: " in fails("rank", path)


def test_what_is_no_file_is_refused_before_anything_waits(tmp_path):
    assert "no such file." in fails("rank", tmp_path / "t.csv")
    assert "addresses are not read, download it first" in fails("rank", "https://example.org/t.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read: it is a folder" in fails("rank", tmp_path / "folder.csv")
    assert "cannot be read: it is a device" in fails("rank", "/dev/zero")
    assert "the file is empty" in fails("rank", "/dev/null")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "loop.csv: cannot be read" in fails("rank", tmp_path / "loop.csv")


def test_a_pipe_is_read_as_a_file_is(frame, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: frame.to_csv(tmp_path / "pipe", index=False))
    writer.start()
    result = run("rank", tmp_path / "pipe", "--target", "y")
    writer.join()
    assert result.exit_code == 0, result.stderr
    assert "40 rows, 3 features" in result.stdout


@pytest.mark.parametrize("command", ["rank", "compare"])
@pytest.mark.parametrize("cell", ["1e999", "inf"])
def test_a_target_too_large_to_compute_with(frame, tmp_path, command, cell):
    frame.assign(y=[*range(39), cell]).to_csv(tmp_path / "t.csv", index=False)
    assert "target 'y' is infinite or too large" in fails(command, tmp_path / "t.csv", "--target", "y")


def test_a_column_too_large_to_compute_with(frame, tmp_path):
    frame.assign(c=["1"] * 39 + [400 * "9"]).to_csv(tmp_path / "t.csv", index=False)
    printed = fails("rank", tmp_path / "t.csv", "--target", "y")
    assert "1 column infinite, or too large to compute with: 'c' (data row 40)" in printed
    assert "--drop c" in printed


def test_long_whole_numbers_and_decimals_are_numbers(frame, tmp_path):
    from decimal import Decimal

    numbers = frame.assign(c=[str(10**24 + 10**22 * k**2) for k in range(40)])
    numbers.to_csv(tmp_path / "t.csv", index=False)
    assert run("rank", tmp_path / "t.csv", "--target", "y").exit_code == 0
    frame.assign(c=[Decimal(k * k) / 8 for k in range(40)]).to_parquet(tmp_path / "t.parquet")
    assert run("rank", tmp_path / "t.parquet", "--target", "y").exit_code == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [([[1.0, 2.0]] * 40, "1 column of lists, records or other objects: 'c' (first ndarray)")],
)
def test_cells_that_are_no_cells_are_named(frame, tmp_path, values, message):
    frame.assign(c=values).to_parquet(tmp_path / "t.parquet")
    assert message in fails("rank", tmp_path / "t.parquet", "--target", "y")


def test_durations_are_left_out_or_numbers(frame, tmp_path):
    frame.assign(c=pd.to_timedelta(np.arange(40) ** 2, "s")).to_parquet(tmp_path / "t.parquet")
    assert "left out: 'c', a date: --dates ranks days" in run("rank", tmp_path / "t.parquet", "--target", "y").stdout
    assert "dates as numbers of days: 'c'" in run("rank", tmp_path / "t.parquet", "--target", "y", "--dates").stdout


def test_names_of_another_kind_are_text(tmp_path, rng):
    pd.DataFrame(rng.standard_normal((9, 3))).to_parquet(tmp_path / "t.parquet")
    printed = json.loads(run("rank", tmp_path / "t.parquet", "--drop", "1", "--json").stdout)["ranking"]
    assert {row["feature"] for row in printed} == {"0", "2"}
