"""Columns that Parquet files have by several types."""

import numpy as np
import pandas as pd
import pytest

from infsel.files import read_many

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("dask.dataframe")

STORED = {
    "whole numbers, no gap": ([1.5, None, 2.0], [1, 2, 3]),
    "whole numbers first": ([1, 2, 3], [1.5, None, 2.0]),
    "wider numbers": (pa.array([1, 2, 3], pa.int8()), [2**40, 5, 6]),
    "nothing in the first": (pa.nulls(3), [1.5, 2.5, 3.0]),
    "numbers, then nothing": ([1, 2, 3], pa.nulls(3)),
    "nothing at all": (pa.nulls(3), pa.nulls(3)),
    "text, then nothing": (["u", "v", "w"], pa.nulls(3)),
    "long text": (["u", "v", "w"], pa.array(["u", "x", None], pa.large_string())),
    "text and categories": (["u", "v", None], pa.array(["x", "u", None]).dictionary_encode()),
    "categories and text": (pa.array(["x", "u", None]).dictionary_encode(), ["u", "v", None]),
    "categories, then nothing": (pa.array(["x", "u", None]).dictionary_encode(), pa.nulls(3)),
    "truth values, then nothing": ([True, False, True], pa.nulls(3)),
    "days": (
        pa.array([0, 1, 2], pa.timestamp("s")),
        pa.array([86400 * 10**9, 0, None], pa.timestamp("ns")),
    ),
}


def written(folder, columns):
    paths = [str(folder / f"{k}.parquet") for k in range(len(columns))]
    for path, column in zip(paths, columns, strict=True):
        pq.write_table(pa.table({"a": column, "b": np.arange(3.0)}), path)
    return paths


@pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")  # of Dask, which pandas has
@pytest.mark.parametrize("name", STORED)
def test_a_column_that_says_the_same_by_other_types_is_one(name, tmp_path):
    frame = read_many(written(tmp_path, STORED[name])).frame
    whole = frame.compute()["a"]
    assert [None if pd.isna(value) else value for value in whole] == [
        pd.Timestamp(value) if name == "days" and value is not None else value
        for column in STORED[name]
        for value in (column.to_pylist() if isinstance(column, pa.Array) else column)
    ]
    if name != "nothing at all":
        assert {str(part.compute()["a"].dtype) for part in frame.partitions} == {str(whole.dtype)}


def test_numbers_in_one_file_and_text_in_another_are_refused(tmp_path):
    paths = written(tmp_path, [pa.nulls(3), [1, 2, 3], ["u", "v", "w"]])
    with pytest.raises(ValueError, match=r"2\.parquet: column 'a' is of type string, and of int64 in .*1\.parquet"):
        read_many(paths)
