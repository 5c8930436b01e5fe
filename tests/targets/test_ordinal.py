"""Ordered categories are grades: their places count, their names do not."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from infsel.targets import (
    classes_of,
    columns_of,
    is_continuous,
    is_graded,
    levels_of,
    numbers_of,
    output_of,
    quantile_groups,
    read_target,
    strata_of,
    times_of,
)

PLACES = np.array([0, 2, 1, 2, 0, 1, 1])


def ordered(levels, places=PLACES):
    return pd.Categorical(np.array(levels, dtype=object)[places], categories=levels, ordered=True)


FORMS = {
    "series": pd.Series(ordered(["low", "mid", "top"])),
    "categorical": ordered(["low", "mid", "top"]),
    "other names": pd.Series(ordered(["z", "y", "x"])),
    "numbers": pd.Series(ordered([1, 20, 21])),
    "index": pd.Series(ordered(["low", "mid", "top"]), index=np.arange(7)[::-1]),
    "polars": pl.Series(np.array(["z", "y", "x"])[PLACES].tolist(), dtype=pl.Enum(["z", "y", "x"])),
    "frame": pd.DataFrame({"grade": ordered(["low", "mid", "top"])}),
    "arrow": pa.table({"grade": ordered(["z", "y", "x"])}).column(0),
    "arrow table": pa.table({"grade": ordered(["low", "mid", "top"])}),
    "arrow chunks": pa.concat_tables(
        [pa.table({"grade": ordered(["a", "b", "c"], p)}) for p in (PLACES[:3], PLACES[3:])]
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_grades_are_places(form):
    y = FORMS[form]
    target = read_target(y, np.ones(7))
    assert target.task == "ordinal"
    assert target.is_numeric
    for read in (target.outputs[0], numbers_of(y), output_of(y), times_of(y)["time"]):
        np.testing.assert_array_equal(read, PLACES)
    classes, codes = classes_of(y)
    assert codes.tolist() == levels_of(y).tolist() == strata_of(y, unless_continuous=True).tolist() == PLACES.tolist()
    assert len(classes) == 3
    assert not is_continuous(y)


def test_classes_have_the_names_of_the_levels():
    assert classes_of(FORMS["other names"])[0].tolist() == ["z", "y", "x"]


@pytest.mark.parametrize(
    "y",
    [
        pd.Categorical(["no", "yes", "yes", "no"], categories=["no", "yes"], ordered=True),
        pd.Categorical(["b", "c", "a", "b", "c", "a"], categories=["b", "c", "a"]),
        pl.Series(["b", "c", "a", "b", "c", "a"], dtype=pl.Categorical),
        pl.Series(["b", "a", "a", "b"], dtype=pl.Enum(["b", "a"])),
        ["b", "c", "a", "b", "c", "a"],
    ],
)
def test_two_levels_and_categories_without_an_order_are_classes(y):
    assert not is_graded(y)
    assert read_target(y, np.ones(len(y))).task == "classification"


def test_levels_that_do_not_occur_keep_their_place():
    """The middle of five answers that nobody gave still lies between the others, in every fold."""
    y = pd.Series(ordered(list("abcde"), np.array([0, 1, 3, 4, 0, 1, 3, 4])))
    assert numbers_of(y).tolist() == [0, 1, 3, 4, 0, 1, 3, 4]
    assert classes_of(y)[1].tolist() == [0, 1, 2, 3, 0, 1, 2, 3]


def test_numbers_are_grades_by_request():
    for y in ([10, 1000, 100, 1000, 10, 100, 100], [0.5, 9.5, 1.5, 9.5, 0.5, 1.5, 1.5]):
        target = read_target(y, np.ones(7), "ordinal")
        assert target.task == "ordinal"
        assert target.outputs[0].tolist() == PLACES.tolist()
        assert classes_of(target.sources[0])[1].tolist() == PLACES.tolist()
    with pytest.raises(ValueError, match=r"y holds 'low', and nothing says in which order.* ordered=True"):
        read_target(["low", "top", "low", "top"], np.ones(4), "ordinal")


def test_other_tasks_of_grades_by_request():
    assert read_target(FORMS["series"], np.ones(7), "classification").task == "classification"
    assert read_target(FORMS["numbers"], np.ones(7), "regression").outputs[0].tolist() == [1, 21, 20, 21, 1, 20, 20]
    with pytest.raises(ValueError, match="y holds 'low', which is no number"):
        read_target(FORMS["series"], np.ones(7), "regression")


def test_a_missing_grade_is_found():
    for y in (FORMS["series"].where(PLACES != 1), FORMS["polars"].to_frame("y").select(pl.col("y").replace("y", None))):
        with pytest.raises(ValueError, match="y has 3 missing values, the first in row 2"):
            columns_of(y)
    frame = pd.DataFrame({"grade": FORMS["series"], "price": [1.5, 2, 3, 4, 5, 6, 7]})
    assert read_target(frame, np.ones(7)).task == ("ordinal", "regression")
    assert columns_of(frame)[PLACES > 0].outputs[0].grades.tolist() == PLACES[PLACES > 0].tolist()


def test_few_grades_are_groups_of_their_own():
    rare = np.repeat([0.0, 1.0, 2.0, 3.0], [97, 1, 1, 1])
    assert quantile_groups(rare, np.ones(100)).tolist() == rare.tolist()
    assert len(np.unique(quantile_groups(np.arange(100.0), np.ones(100)))) == 10
