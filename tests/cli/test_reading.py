"""Every file that is no table ends in one line, exit code 2 and no traceback, and nothing waits for it."""

import gzip
import json
import os
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from infsel.cli import _read
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


def packed_by_gzip(frame):
    return gzip.compress(frame.to_csv(index=False).encode())


def packed_by_zip(frame, tmp=None):
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("t.csv", frame.to_csv(index=False))
    return file.getvalue()


TEXTS = {
    "empty": (lambda frame: b"", "the file is empty"),
    "blank": (lambda frame: b"\n\n\n", "No columns"),
    "nul": (lambda frame: frame.to_csv(index=False).replace("u\n", "\0u\n", 1).encode(), "NUL characters"),
    "UTF-16": (lambda frame: frame.to_csv(index=False).encode("utf-16"), "it is UTF-16: save it as UTF-8"),
    "latin-1": (
        lambda frame: frame.rename(columns={"a": "ä"}).to_csv().encode("latin-1"),
        "byte 0xe4 is no UTF-8 text",
    ),
    "gzip": (packed_by_gzip, "compressed by gzip: unpack it"),
    "zip": (packed_by_zip, "a zip archive or a spreadsheet"),
    "parquet": (lambda frame: frame.to_parquet(), "a Parquet file: let its name end in .parquet"),
    "semicolons": (lambda frame: frame.to_csv(sep=";", index=False).encode(), "separated by ';', not by ','"),
    "European": (lambda frame: frame.to_csv(sep=";", decimal=",", index=False).encode(), "and '.' in numbers"),
    "tabs": (lambda frame: frame.to_csv(sep="\t", index=False).encode(), "let its name end in .tsv"),
    "bars": (lambda frame: frame.to_csv(sep="|", index=False).encode(), "separated by '|'"),
    "comment": (lambda frame: b"# by hand\n" + frame.to_csv(index=False).encode(), "remove lines above the header"),
    "trailing": (
        lambda frame: frame.to_csv(index=False, lineterminator=",\n").encode(),
        "column 'Unnamed: 4' is empty: leave it out with --drop 'Unnamed: 4'",
    ),
    "repeated": (lambda frame: frame.set_axis(list("aacy"), axis=1).to_csv(index=False).encode(), "named 'a'"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_no_table(frame, tmp_path, name):
    content, message = TEXTS[name]
    (tmp_path / "t.csv").write_bytes(content(frame))
    printed = fails("rank", tmp_path / "t.csv", "--target", "y")
    assert printed.startswith(f"infsel: error: {tmp_path / 't.csv'}: ")
    assert message in printed


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
    assert "not a readable parquet table" in fails("rank", tmp_path / "t.parquet")


@pytest.mark.parametrize(
    "error", [KeyError("k"), RecursionError("deep"), MemoryError(), AssertionError(), OSError(5, "I")]
)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_whatever_a_reader_raises(frame, tmp_path, monkeypatch, error, suffix):
    def broken(*_, **__):
        raise error

    path = tmp_path / f"t.{suffix}"
    getattr(frame, f"to_{suffix}")(path)
    monkeypatch.setattr(_read.pd, f"read_{suffix}", broken)
    assert f"{path}: " in fails("rank", path)


def test_what_is_no_file_is_refused_before_anything_waits(tmp_path):
    assert "no such file." in fails("rank", tmp_path / "t.csv")
    assert "addresses are not read, download it first" in fails("rank", "https://example.org/t.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read: it is a folder" in fails("rank", tmp_path / "folder.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    os.mkfifo(tmp_path / "pipe.parquet")
    for suffix in ("csv", "parquet"):
        assert "cannot be read: it is a pipe" in fails("rank", tmp_path / f"pipe.{suffix}")
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "loop.csv: cannot be read" in fails("rank", tmp_path / "loop.csv")
    for name in ("-", "t.csv.gz", "t"):
        assert "must end in .csv, .tsv or .parquet" in fails("rank", name)


@pytest.mark.parametrize("command", ["rank", "compare"])
@pytest.mark.parametrize("cells", [400 * "9", 5000 * "9", "inf"])
def test_a_target_too_large_to_compute_with(frame, tmp_path, command, cells):
    frame.assign(y=[cells] * 40).to_csv(tmp_path / "t.csv", index=False)
    assert "target 'y' is infinite or too large" in fails(command, tmp_path / "t.csv", "--target", "y")


def test_a_column_too_large_to_compute_with(frame, tmp_path):
    frame.assign(c=["1"] * 39 + [400 * "9"]).to_csv(tmp_path / "t.csv", index=False)
    assert "column 'c' is infinite in data row 40, or too large" in fails("rank", tmp_path / "t.csv", "--target", "y")


def test_long_whole_numbers_and_decimals_are_numbers(frame, tmp_path):
    from decimal import Decimal

    numbers = frame.assign(c=[str(10**24 + 10**22 * k**2) for k in range(40)])
    numbers.to_csv(tmp_path / "t.csv", index=False)
    assert run("rank", tmp_path / "t.csv", "--target", "y").exit_code == 0
    frame.assign(c=[Decimal(k * k) / 8 for k in range(40)]).to_parquet(tmp_path / "t.parquet")
    assert run("rank", tmp_path / "t.parquet", "--target", "y").exit_code == 0


@pytest.mark.parametrize(
    "values", [pd.Categorical(["1", "2"] * 20), [[1.0, 2.0]] * 40, pd.to_timedelta(range(40), "s")]
)
def test_other_kinds_of_columns_are_named(frame, tmp_path, values):
    frame.assign(c=values).to_parquet(tmp_path / "t.parquet")
    printed = fails("rank", tmp_path / "t.parquet", "--target", "y")
    assert "column 'c' is not numeric" in printed
    assert "in data row 1)" in printed


def test_names_of_another_kind_are_text(tmp_path, rng):
    pd.DataFrame(rng.standard_normal((9, 3))).to_parquet(tmp_path / "t.parquet")
    printed = json.loads(run("rank", tmp_path / "t.parquet", "--drop", "1", "--json").stdout)
    assert {row["feature"] for row in printed} == {"0", "2"}


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_saved_index_is_named_with_the_remedy(frame, tmp_path, shuffled):
    path = tmp_path / "t.csv"
    (frame.sample(frac=1, random_state=0) if shuffled else frame).to_csv(path)
    result = run("rank", path, "--target", "y")
    assert result.exit_code == 0
    assert "warning" in result.stderr
    assert "column 'Unnamed: 0' counts the rows" in result.stderr
    assert "--drop 'Unnamed: 0'" in result.stderr
    assert run("rank", path, "--target", "y", "--drop", "Unnamed: 0").stderr == ""


def test_only_what_counts_the_rows_in_order_is_named_an_id(frame, tmp_path):
    ids = np.arange(1000, 1040)
    path = tmp_path / "t.csv"
    frame.assign(id=ids, other=ids[::-1], twice=2 * ids, code=np.random.default_rng(0).permutation(ids)).to_csv(
        path, index=False
    )
    result = run("rank", path, "--target", "y")
    assert "column 'id' counts the rows" in result.stderr
    assert result.stderr.count("counts the rows") == 1


def test_a_missing_header_is_asked_for(frame, tmp_path):
    frame.to_csv(tmp_path / "t.csv", index=False, header=False)
    names = (tmp_path / "t.csv").read_text().splitlines()[0].split(",")
    assert "is a header missing?" in run("rank", tmp_path / "t.csv", "--target", names[-1]).stderr


def test_a_name_close_to_a_column_is_offered(frame, tmp_path):
    frame.rename(columns={"y": "cultivar"}).to_csv(tmp_path / "t.csv", index=False)
    for wanted in ("cultivr", "CULTIVAR", " cultivar"):
        assert "did you mean 'cultivar'?" in fails("rank", tmp_path / "t.csv", "--target", wanted)
