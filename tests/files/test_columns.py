"""What cells spell, and what becomes of a column."""

import datetime as dt
import io
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from infsel.files import read_frame, read_table
from infsel.files._numbers import written


def column(cells, separator=",", **options):
    text = f"b{separator}a\n" + "".join(f'{k}{separator}"{cell}"\n' for k, cell in enumerate(cells))
    table = read_table(io.BytesIO(text.encode()), **options)
    return table.frame["a"], table


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1", ".", 1),
        ("-1.5e3", ".", -1500),
        ("−2.5", ".", -2.5),
        ("1,065", ".", 1065),
        ("1,065,000.25", ".", 1065000.25),
        ("1 065", ".", 1065),
        ("1\u202f065,5", ",", 1065.5),
        ("1'065.5", ".", 1065.5),
        ("1.065,5", ",", 1065.5),
        ("1.065", ",", 1065),
        ("1.5", ",", 1.5),
        ("1,065", ",", 1.065),
        ("14.23%", ".", 14.23),
        ("14,23 %", ",", 14.23),
        ("$1,065", ".", 1065),
        ("5 €", ".", 5),
        (".5", ".", 0.5),
        ("5.", ".", 5),
        ("inf", ".", np.inf),
        (Decimal("2.5"), ".", 2.5),
        (7, ".", 7),
    ],
)
def test_numbers_as_people_write_them(cell, decimal, value):
    assert written(cell, decimal).value == value


@pytest.mark.parametrize(
    "cell", ["1,06", "1,0655", "0,659", "12,34,567", "1_000", "0x1F", "1e", "", "%", "a", "1 2", "٣", None]
)
def test_what_is_no_number(cell):
    assert written(cell, ".") is None


def test_thousands_and_percent_are_numbers_and_said():
    a, table = column(["1,065", "985", "1,480"])
    assert a.tolist() == [1065, 985, 1480]
    assert table.said == ["numbers with ',' between thousands: 'a'"]
    a, table = column(["14.23%", "13.2%", "?"])
    np.testing.assert_array_equal(a, [14.23, 13.2, np.nan])
    assert table.said == ["'?' as missing: 'a' (1)", "numbers with '%' beside them: 'a'"]


@pytest.mark.parametrize("mark", ["?", "NA", "", "null", "-", "n/a", "N.A.", "NaN", "None", ".", "#DIV/0!", "missing"])
def test_marks_of_absence(mark):
    a, _ = column(["1.5", mark, "2.5"])
    np.testing.assert_array_equal(a, [1.5, np.nan, 2.5])
    a, _ = column(["red", mark, "blue"])
    assert a.isna().tolist() == [False, True, False]


def test_none_in_lower_case_is_a_label():
    a, _ = column(["none", "round", "none"])
    assert a.tolist() == ["none", "round", "none"]


def test_truth_values_with_gaps_stay_truth_values():
    a, _ = column(["True", "", "False"])
    assert a.dtype == "boolean"
    assert a.isna().tolist() == [False, True, False]
    assert column(["True", "True", "False"])[0].dtype == bool


def test_labels_lose_the_blanks_around_them_and_are_in_order():
    a, _ = column(["red", "blue ", "red "])
    assert a.tolist() == ["red", "blue", "red"]
    assert a.cat.categories.tolist() == ["blue", "red"]


def test_a_few_mistakes_among_numbers_are_missing_and_warned_of():
    a, table = column([*map(str, range(19)), "<1"])
    assert a.isna().tolist() == [False] * 19 + [True]
    assert table.warned == [
        "cells without a number in columns of numbers count as missing: 1 cell of 'a' ('<1' in data row 20)."
    ]
    assert isinstance(column([*map(str, range(17)), "a", "b", "c"])[0].dtype, pd.CategoricalDtype)


@pytest.mark.parametrize(
    "dates",
    [
        ["2024-01-31", "2024-02-01", ""],
        ["31.01.2024", "01.02.2024", ""],
        ["01/31/2024", "02/01/2024", ""],
        ["31/01/2024", "01/02/2024", ""],
        ["2024-01-31 00:00:00", "2024-02-01T00:00:00Z", ""],
    ],
)
def test_dates_are_dates(dates):
    a, _ = column(dates)
    assert a.dtype.kind == "M"
    assert a[1] - a[0] == pd.Timedelta(days=1)
    assert pd.isna(a[2])


def test_times_of_day_are_durations():
    a, _ = column(["8:15", "10:30:30", ""])
    assert (a / pd.Timedelta(hours=1)).tolist()[:2] == [8.25, 10 + 30.5 / 60]
    assert pd.isna(a[2])
    assert isinstance(column(["1:20", "1:40", "1:20"])[0].dtype, pd.CategoricalDtype)  # a ratio
    assert isinstance(column(["10:20", "10:80", "10:20"])[0].dtype, pd.CategoricalDtype)


def test_periods_are_dates_and_intervals_their_middles():
    months = pd.period_range("2020-01", periods=3, freq="M")
    frame = pd.DataFrame({"a": months, "b": pd.Categorical(months), "c": pd.interval_range(0, 3)})
    found = read_frame(frame.assign(d=[dt.time(6)] * 3))
    assert [kind.kind for kind in found.frame.dtypes] == ["M", "M", "f", "m"]
    assert found.frame.b.tolist() == months.to_timestamp().tolist()
    assert found.frame.c.tolist() == [0.5, 1.5, 2.5]
    assert found.said == ["intervals as the numbers in their middles: 'c'"]


def test_long_whole_numbers_that_double_precision_would_make_one_are_text():
    for start in (10**17, 10**24):
        a, table = column([str(start + k) for k in range(6)])
        assert a.nunique() == 6
        assert isinstance(a.dtype, pd.CategoricalDtype)
        assert table.said == ["whole numbers too long for double precision, read as text: 'a'"]
        assert column([*(str(start + k) for k in range(6)), ""])[0].nunique() == 6
    a, table = column([str(10**24 + 10**22 * k**2) for k in range(6)])
    assert a.dtype == float
    assert table.said == []
    a, _ = column([str(k) for k in (2**60, 2**61, -5)])
    assert a.dtype == np.int64


def test_objects_of_other_formats_are_read_as_cells(tmp_path):
    frame = pd.DataFrame(
        {"a": [Decimal("1.5"), Decimal(2), None], "b": [1, "x", None], "c": pd.Categorical(list("uvu"))}
    )
    frame.assign(b=frame.b.astype(object).map(str, na_action="ignore")).to_parquet(tmp_path / "t.parquet")
    found = read_table(tmp_path / "t.parquet").frame
    np.testing.assert_array_equal(found.a, [1.5, 2, np.nan])
    assert found.b.dropna().tolist() == ["1", "x"]
    assert found.c.tolist() == list("uvu")


def test_columns_of_what_is_no_cell_are_all_named(tmp_path):
    pd.DataFrame({"a": [[1], [2, 3]], "b": [1, 2], "c": [{"x": 1}, {"x": 2}]}).to_parquet(tmp_path / "t.parquet")
    with pytest.raises(ValueError, match=r"2 columns of lists, records or other objects: 'a' \(.*'c' \("):
        read_table(tmp_path / "t.parquet")


def test_labels_that_differ_in_capitals_are_told():
    a, table = column(["yes", "no", "Yes", "no"])
    assert a.nunique() == 3
    assert table.said == ["labels that differ in capitals alone, and are several: 'a' ('yes', 'Yes')"]
