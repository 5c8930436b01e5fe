"""What a file is, its contents say."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import sys
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from infsel.files import read_table


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(5)
    columns = {"a": rng.standard_normal(12), "n": rng.integers(0, 9, 12), "s": rng.choice(["u", "v"], 12)}
    return pd.DataFrame(columns).assign(b=lambda table: table.a > 0)


def zipped(data, name="t.csv", *more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for each in (name, *more):
            archive.writestr(each, data)
    return file.getvalue()


PACKERS = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zip": zipped,
    "zstd": lambda data: pa.compress(data, codec="zstd", asbytes=True),
}


def read(data):
    return read_table(io.BytesIO(data))


def check(found, frame):
    assert found.columns.tolist() == frame.columns.tolist()
    for name in frame:
        if frame[name].dtype == float:  # older readers are off by a unit in the last place
            np.testing.assert_allclose(found[name], frame[name], rtol=1e-14)
        else:
            np.testing.assert_array_equal(found[name].astype(frame[name].dtype), frame[name])


@pytest.mark.parametrize("packer", PACKERS)
def test_packed_files_are_unpacked(frame, packer):
    table = read(PACKERS[packer](frame.to_csv(index=False).encode()))
    check(table.frame, frame)
    assert table.said == [f"read from {packer}"]
    check(read(PACKERS[packer](gzip.compress(frame.to_parquet()))).frame, frame)


@pytest.mark.parametrize("packer", PACKERS)
def test_a_packed_file_that_was_cut(frame, packer):
    data = PACKERS[packer](frame.to_csv(index=False).encode())
    with pytest.raises(ValueError, match="damaged or cut off"):
        read(data[: len(data) // 2])


def test_an_archive_of_several_files_says_so(frame):
    with pytest.raises(ValueError, match="a zip archive of 2 files, t"):
        read(zipped(frame.to_csv(index=False), "t.csv", "u.csv"))


def test_formats_with_types(frame, tmp_path):
    frame.to_parquet(tmp_path / "t.parquet")
    frame.to_feather(tmp_path / "t.feather")
    frame.to_excel(tmp_path / "t.xlsx", index=False)
    (tmp_path / "t.json").write_text(frame.to_json(orient="records", double_precision=15))
    (tmp_path / "t.jsonl").write_text(frame.to_json(orient="records", lines=True, double_precision=15))
    (tmp_path / "d.json").write_text(json.dumps(frame.to_dict("list")))
    kinds = ["Parquet", "Feather", "a spreadsheet", "JSON records", "JSON records", "JSON records"]
    names = ["t.parquet", "t.feather", "t.xlsx", "t.json", "t.jsonl", "d.json"]
    for name, kind in zip(names, kinds, strict=True):
        table = read_table(tmp_path / name)
        pd.testing.assert_frame_equal(
            table.frame.astype({"s": object}), frame.astype({"s": object}), check_exact=False, rtol=1e-14
        )
        assert table.said == [f"read as {kind}"]
    (tmp_path / "t.txt").write_bytes((tmp_path / "t.parquet").read_bytes())
    check(read_table(tmp_path / "t.txt").frame, frame)  # whatever its name is


def test_a_sheet_with_an_index_and_others_behind(frame, tmp_path):
    with pd.ExcelWriter(tmp_path / "t.xlsx") as book:
        frame.to_excel(book, sheet_name="first")
        frame.to_excel(book, sheet_name="second")
    table = read_table(tmp_path / "t.xlsx")
    check(table.frame, frame)
    assert "the first of 2 sheets is read, 'first'" in table.said
    assert table.labels == ["Unnamed: 0"]


def test_a_spreadsheet_needs_a_package(frame, tmp_path, monkeypatch):
    frame.to_excel(tmp_path / "t.xlsx", index=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ValueError, match=r'a spreadsheet, which needs a package: pip install "infsel\[excel\]"'):
        read_table(tmp_path / "t.xlsx")


def test_parquet_needs_a_package(frame, monkeypatch):
    data = io.BytesIO()
    frame.to_parquet(data)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ValueError, match=r'it is Parquet, which needs pyarrow: pip install "infsel\[cli\]"'):
        read(data.getvalue())


def test_zstd_needs_a_package(frame, monkeypatch):
    data = PACKERS["zstd"](frame.to_csv().encode())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ValueError, match=r'compressed by zstd, which needs pyarrow: pip install "infsel\[cli\]"'):
        read(data)


def test_arrays(frame, tmp_path):
    X, y = frame[["a", "n"]].to_numpy(), frame.s.to_numpy().astype(str)
    np.savez(tmp_path / "t.npz", X=X, y=y, names=["a", "n"], position=np.arange(12))
    table = read_table(tmp_path / "t.npz")
    check(table.frame, frame[["a", "n", "s"]].rename(columns={"s": "y"}))
    assert table.said == ["read as NPZ", "arrays that are not read: 'position'"]
    np.savez_compressed(tmp_path / "t.npz", X=X, y=np.c_[X, X])
    assert read_table(tmp_path / "t.npz").frame.columns.tolist() == ["x0", "x1", "y 1", "y 2", "y 3", "y 4"]
    np.save(tmp_path / "t.npy", X)
    np.testing.assert_array_equal(read_table(tmp_path / "t.npy").frame, X)
    np.savez(tmp_path / "t.npz", z=np.arange(3))
    with pytest.raises(ValueError, match=r"NPZ without an array X of rows and columns; it has 'z'"):
        read_table(tmp_path / "t.npz")


def test_arff():
    text = "% by hand\n@RELATION r\n@attribute a numeric\n@attribute s {u, v, w}\n@data\n1.5,u\n?,v\n2,?\n"
    table = read(text.encode())
    np.testing.assert_array_equal(table.frame.a, [1.5, np.nan, 2])
    assert table.frame.s.isna().tolist() == [False, False, True]
    assert table.frame.s.cat.categories.tolist() == ["u", "v", "w"]
    with pytest.raises(ValueError, match="it is ARFF with what is not read"):
        read(b"@relation r\n@attribute s string\n@data\nx\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89HDF\r\n", "an HDF5 file: save the table with"),
        (pickle.dumps([1]), "a pickle, which is not opened"),
        (gzip.compress(b"RDX3\nX", mtime=0), "an R workspace: save the table in R with write.csv"),
        (b"%PDF-1.7", "a PDF document"),
        (b"<html><table>", "a web page"),
        (b'{"a": 1}', r"JSON, but an object of something else than rows: write records"),
        (b"[1, 2]", "JSON, but a list of something else than rows"),
        (b'{"a": [1, 2', "begins like JSON, but is not"),
        (b"PAR1...", "begins like Parquet, but is not readable"),
        (b"ARROW1..", "begins like Feather, but is not readable"),
    ],
)
def test_what_is_no_table_says_what_it_is(content, message):
    with pytest.raises(ValueError, match=message):
        read(content)


def test_standard_input(frame, monkeypatch):
    class Input:
        buffer = io.BytesIO(frame.to_csv(index=False).encode())

    monkeypatch.setattr(sys, "stdin", Input)
    check(read_table("-").frame, frame)


def test_titles_and_merged_cells_of_a_spreadsheet(tmp_path):
    pytest.importorskip("openpyxl")
    rows = [["Report", None, None], ["client", None, None], ["number", "size", "kind"]]
    rows += [[k, k + 0.5, "a"] for k in range(5)]
    pd.DataFrame(rows).to_excel(tmp_path / "t.xlsx", header=False, index=False)
    table = read_table(tmp_path / "t.xlsx")
    assert table.frame.columns.tolist() == ["number", "size", "kind"]
    assert table.frame["size"].tolist() == [0.5, 1.5, 2.5, 3.5, 4.5]


def test_columns_that_nobody_reads_may_hold_anything(tmp_path):
    pd.DataFrame({"a": [1.0, 2.0], "tags": [["x"], []]}).to_parquet(tmp_path / "t.parquet")
    with pytest.raises(ValueError, match="1 column of lists, records or other objects: 'tags'"):
        read_table(tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet", but=["tags"]).frame["a"].tolist() == [1.0, 2.0]
