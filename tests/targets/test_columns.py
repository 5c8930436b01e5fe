"""What a target may be made of, and what is refused with which words."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp

from infsel.targets import (
    Read,
    batch_labels,
    classes_of,
    columns_of,
    levels_of,
    numbers_of,
    output_of,
    read_target,
    strata_of,
    unit_vectors,
)

IDS = np.array([7, 2**60, 2**60 + 1])


@pytest.mark.parametrize(
    "values",
    [
        IDS,
        IDS.astype(np.uint64) + np.uint64(2**63),
        np.array([2**52 + 1, 2**52 + 2, 0]),
        np.array([2.0**52 + 1, 2.0**52 + 2, 0]),
        [2**63, 2**63 + 1, -1],
        [10**30, 10**30 + 1, -(10**400)],
        [Decimal(2**60), Decimal(2**60 + 1), Decimal(0)],
        [Fraction(2**60), 2**60 + 1, np.int64(0)],
        pd.Series(IDS, dtype="Int64"),
        pl.Series(IDS),
        pd.Series(IDS, dtype="category"),
        IDS.tolist(),
    ],
    ids=str,
)
def test_labels_are_exact_however_large(values):
    y = [values[i] for i in (0, 1, 2, 1, 2, 0)]
    y = type(values)(y) if isinstance(values, pd.Series | pl.Series) else y
    same = np.array([0, 1, 2, 1, 2, 0])[:, np.newaxis]
    codes = read_target(y, np.ones(6)).outputs[0]
    np.testing.assert_array_equal(codes[:, np.newaxis] == codes, same == same.T)
    np.testing.assert_array_equal(classes_of(y)[1], codes)


@pytest.mark.filterwarnings("ignore:class 7 of column 'id' of y has one sample")
def test_a_table_brings_no_column_to_the_type_of_another():
    for frame in (pd.DataFrame, pl.DataFrame):
        y = frame({"id": IDS[[0, 1, 2, 2, 1]], "price": [0.5, 1, 2, 3, 4], "kind": ["a", "b", "a", "b", "a"]})
        ids, price, kind = read_target(y, np.ones(5)).outputs
        assert ids.tolist() == [0, 1, 2, 2, 1]
        assert price.tolist() == [0.5, 1, 2, 3, 4]
        assert kind.tolist() == [0, 1, 0, 1, 0]


@pytest.mark.parametrize("unit", [1, 2**58])
def test_whole_numbers_beyond_double_precision_keep_their_differences(unit):
    y = np.array([0, 1, 3, 2]) + 2**62 - unit
    numbers = read_target(y, np.ones(4), "regression").outputs[0]
    np.testing.assert_array_equal(numbers - numbers[0], [0, 1, 3, 2])
    with pytest.raises(ValueError, match=r"y holds a number beyond 1\.8e308"):
        numbers_of([10**400, 0, 1])


@pytest.mark.parametrize(
    "kind",
    [
        lambda v: np.array(v, dtype=object),
        lambda v: np.array([Decimal(str(x)) for x in v], dtype=object),
        lambda v: [Fraction(x) for x in v],
        lambda v: pd.Series(v, dtype="Float64"),
        lambda v: pd.Series(v, dtype="double[pyarrow]"),
        lambda v: pl.Series([Decimal(str(x)) for x in v]),
        lambda v: pl.Series(v),
        lambda v: pd.DataFrame({"y": v}),
        lambda v: np.array(v)[:, np.newaxis],
        lambda v: sp.csr_array(np.array(v)[:, np.newaxis]),
    ],
)
def test_numbers_of_any_type_are_numbers(kind):
    values = [0.5, 1.25, -3.0, 8.0, 2.0, 7.5]
    np.testing.assert_array_equal(output_of(kind(values)), values)


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, pd.NaT, Decimal("NaN"), Decimal("sNaN")], ids=repr)
@pytest.mark.parametrize("others", [["a", "b"], [1, 2], [0.5, 1.5], [True, False], [Decimal(1), Decimal(2)]], ids=str)
def test_a_missing_value_is_counted_and_found(value, others):
    y = np.array([others[0], others[1], value, others[0], value, others[1]], dtype=object)
    for form in (y, y.tolist(), pd.Series(y), np.c_[y]):
        with pytest.raises(ValueError, match=r"y contains .*: y has 2 missing values, the first in row 2; drop those"):
            columns_of(form)
    table = np.array([others[0], others[1]] * 3, dtype=object)
    with pytest.raises(ValueError, match="column 1 of y has 2 missing values, the first in row 2"):
        columns_of(np.c_[table, y])
    with pytest.raises(ValueError, match="column 'price' of y has 2 missing"):
        columns_of(pd.DataFrame({"id": table, "price": y}))


@pytest.mark.parametrize(
    "y",
    [
        pd.Series(["a", None, "b"], dtype="string"),
        pd.Series(["a", None, "b"], dtype="category"),
        pd.Series([1, None, 3], dtype="Int64"),
        pd.Series([True, None, False], dtype="boolean"),
        pd.Series([1.0, None, 2.0], dtype="double[pyarrow]"),
        pd.Series(pd.to_datetime(["2020-01-01", None, "2020-01-03"])),
        pl.Series([1, None, 2]),
        pl.Series(["a", None, "b"]),
        pl.Series([Decimal(1), None, Decimal(2)]),
        np.ma.array([1, 2, 3], mask=[0, 1, 0]),
        ["a", float("nan"), "b"],
        ["a", "", "b"],
        np.array(["a", "  ", "b"]),
        pl.Series(["a", "", "b"]),
        pd.Series(["a", "", "b"], dtype="category"),
        [1.0, np.nan, 2.0],
    ],
    ids=lambda y: str(getattr(y, "dtype", y)),
)
def test_every_type_has_its_own_word_for_missing_and_we_have_one(y):
    with pytest.raises(
        ValueError, match=r"y contains .*: y has 1 missing value, the first in row 1; drop those rows or"
    ):
        columns_of(y)


@pytest.mark.parametrize("value", [np.inf, -np.inf, Decimal("Infinity")])
def test_infinity_is_counted_and_found(value):
    with pytest.raises(ValueError, match=r"y contains infinity: y has 1 infinite value, the first in row 2; drop"):
        columns_of([1, 2, value])


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (None, "needs a target y"),
        ([], r"y has shape \(0,\)"),
        ([[1, 2], [3]], "y holds lists of different lengths"),
        (np.zeros((2, 2, 2)), r"y has shape \(2, 2, 2\)"),
        ("target", r"y has shape \(\)"),
        ([1j, 2j], "mixes labels|Complex"),
        (np.array([1j, 2j]), "Complex data not supported: y has dtype complex128"),
    ],
)
def test_what_is_no_target(y, message):
    with pytest.raises(ValueError, match=message):
        read_target(y, np.ones(20))


def test_errors_do_not_advise_each_other():
    with pytest.raises(ValueError, match=r"3 classes of one sample each: join classes\.$"):
        read_target(["a", "b", "c"], np.ones(3))
    assert read_target(["a", "b", "c"], np.full(3, 2.0)).outputs[0].tolist() == [0, 1, 2]  # two samples each


@pytest.mark.parametrize("exponent", [-1060, -600, -548, 515, 990])
@pytest.mark.parametrize("weights", [np.ones(6), np.array([1.0, 2, 1, 3, 1, 1])])
def test_the_unit_and_the_zero_of_numbers_do_not_matter(exponent, weights):
    y = np.array([0.25, -1.5, 3.0, 2.5, 8.0, -4.0])
    expected = unit_vectors(y, weights)[:, 0]
    np.testing.assert_array_equal(unit_vectors(np.ldexp(y, exponent), weights)[:, 0], expected)
    np.testing.assert_allclose(unit_vectors(y + 2.0**20, weights)[:, 0], expected, rtol=1e-12)
    assert weights @ expected == pytest.approx(0, abs=1e-14)
    assert weights @ np.square(expected) == pytest.approx(1)


def test_what_was_read_is_not_asked_again():
    """A criterion that was told what y holds tells its relevance, which would read these numbers otherwise."""
    many, few = np.arange(40), np.arange(40) % 2
    assert classes_of(many.view(Read))[1].tolist() == many.tolist()
    assert output_of(few.astype(float).view(Read)).dtype.kind == "f"
    with pytest.raises(ValueError, match="y was read as numbers"):
        classes_of(few.astype(float).view(Read))


def test_levels_are_whole_parts():
    assert levels_of([0.1, 0.9, 1.2, -0.5]).tolist() == [1, 1, 2, 0]
    assert levels_of(["b", "a", "b", "a"]).tolist() == [1, 0, 1, 0]
    with pytest.raises(ValueError, match=r"y is 0\.1 everywhere|y is 0\.2 everywhere"):
        levels_of([0.1, 0.2])


def test_a_lone_class_is_named(recwarn):
    y = np.array(["a", "b", "a", "rare", "b", "a"])
    for read in (classes_of, lambda y: read_target(y, np.ones(len(y)))):
        with pytest.warns(
            UserWarning, match="class 'rare' of y has one sample, whose noise the ranking follows"
        ) as found:
            read(y)
        assert found[0].filename == __file__
    with pytest.warns(UserWarning, match="2 classes of y have one sample each, the first of them 7"):
        classes_of([7, 1, 1, 9])
    with pytest.warns(UserWarning, match="class 0 of column 1 of y"):
        read_target(np.c_[[0, 1, 1, 0], [1, 1, 1, 0]], np.ones(4))
    assert not len(recwarn)
    read_target(y, np.array([1.0, 1, 1, 2, 1, 1]))  # the same row twice is two samples
    assert not len(recwarn)


def test_strata():
    assert strata_of(["b", "a", "b", "a"], unless_continuous=True).tolist() == [1, 0, 1, 0]
    assert strata_of(np.arange(40), unless_continuous=True) is None
    assert strata_of(np.zeros((4, 2)), unless_continuous=True) is None
    with pytest.raises(ValueError, match=r"class 'c' of y has 1 sample, and each half .* needs one: join"):
        strata_of(["a", "a", "c"], unless_continuous=True)
    assert strata_of(["a", "a", "c"], unless_continuous=True, rare=True).tolist() == [0, 0, 1]


def test_labels_of_batches(rng):
    letters = rng.integers(0, 26, 60)
    assert batch_labels(letters, {}).tolist() == letters.tolist()
    with pytest.raises(ValueError, match="different whole numbers and is read as numbers"):
        batch_labels(rng.integers(0, 300, 60), {})
    with pytest.raises(ValueError, match="different whole numbers and is read as numbers"):
        batch_labels([300], dict.fromkeys(range(30), 1))
    assert batch_labels(np.arange(60).astype(str), {}).tolist() == np.arange(60).astype(str).tolist()
    with pytest.raises(ValueError, match=r"y holds .a. and batches before held 0"):
        batch_labels(["a", "b"], {0: 5, 1: 3})
