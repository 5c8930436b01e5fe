"""Right-censored times: which column is which, what is refused, and the numbers that they become."""

import naive
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infsel.targets import (
    batch_labels,
    check_target,
    classes_of,
    columns_of,
    levels_of,
    martingale_residuals,
    numbers_of,
    output_of,
    read_target,
    strata_of,
    times_of,
)

EVENT = np.array([True, False, True, True, False, True])
TIME = np.array([5.0, 3.0, 5.0, 1.0, 8.0, 0.0])
# Weeks of remission of leukemia with 6-mercaptopurine (Freireich et al. 1963), as in Klein and Moeschberger (2003)
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def records(event=EVENT, time=TIME, names=("event", "time"), kinds=(bool, float)):
    y = np.empty(len(time), dtype=list(zip(names, kinds, strict=True)))
    y[names[0]], y[names[1]] = event, time
    return y


def turned(y):
    """The fields in the other order."""
    return np.array([(t, e) for e, t in y.tolist()], dtype=[(n, y.dtype[n]) for n in reversed(y.dtype.names)])


FORMS = {
    "records": records(),
    "turned": turned(records()),
    "names of other tables": records(names=("cens", "lenfol")),
    "status and time": records(names=("status", "time"), kinds=(int, int)),
    "flags": records(names=("a", "b"), kinds=(float, float)),
    "list": list(records()),
    "objects": records().astype(object),
    "frame": pd.DataFrame({"time": TIME, "event": EVENT}),
    "polars": pl.DataFrame({"Status": EVENT.astype(int), "Time": TIME}),
    "arrow": pa.table({"status": EVENT, "time": TIME}),
}
BY_REQUEST = {
    "array": np.c_[EVENT, TIME],
    "turned array": np.c_[TIME, EVENT],
    "frame": pd.DataFrame({"dead": EVENT, "days": TIME}),
    "polars": pl.DataFrame({"days": TIME, "dead": EVENT}),
    "lists": [[int(e), t] for e, t in zip(EVENT, TIME, strict=True)],
}


@pytest.mark.parametrize("form", FORMS)
def test_events_and_times_of_any_form(form):
    column = columns_of(FORMS[form]).outputs[0]
    assert column.censored
    assert times_of(FORMS[form])["event"].tolist() == EVENT.tolist()
    assert times_of(FORMS[form])["time"].tolist() == TIME.tolist()
    target = read_target(FORMS[form], np.ones(6))
    assert target.task == "survival"
    np.testing.assert_array_equal(target.outputs[0], martingale_residuals(records()))


@pytest.mark.parametrize("form", BY_REQUEST)
def test_two_columns_are_times_by_request(form):
    target = read_target(BY_REQUEST[form], np.ones(6), "survival")
    assert target.task == "survival"
    np.testing.assert_array_equal(target.outputs[0], martingale_residuals(records()))
    assert len(columns_of(BY_REQUEST[form]).outputs) == 2


def test_a_status_that_is_no_flag_makes_a_frame_no_times():
    y = pd.DataFrame({"status": list("abcabc"), "time": TIME})
    assert [column.name for column in columns_of(y).outputs] == ["column 'status' of y", "column 'time' of y"]


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (records(time=[1, 2, -3, 4, -5, 6]), r"field 'time' of y holds 2 negative times, the first in row 2 \(-3\.0\)"),
        (records(time=[1, 2, np.nan, 4, 5, 6]), "field 'time' of y has 1 missing value, the first in row 2; drop"),
        (records(time=[1, 2, np.inf, 4, 5, 6]), "field 'time' of y has 1 infinite value, the first in row 2; drop"),
        (records(event=np.zeros(6)), "field 'event' of y holds no event"),
        (
            records(event=[1, 2, 1, 1, 2, 2], names=("status", "days"), kinds=(int, float)),
            r"field 'status' of y holds 2: an event is True or False.* such as status == 2",
        ),
        (records(event=[1, 2, 1, 1, 2, 2], names=("a", "b"), kinds=(int, float)), "do not tell which is which"),
        (records(time=EVENT, kinds=(bool, bool), names=("a", "b")), "do not tell which is which"),
        (records(kinds=(bool, "U3")), r"field 'time' of y holds '5\.0', which is no time"),
        (np.zeros(6, dtype=[("a", bool), ("b", float), ("c", float)]), "y has 3 columns: of censored times pass two"),
        (np.zeros(6, dtype=[("a", bool)]), "y has 1 columns: of censored times pass two"),
        ([(True, 1.0), (True,)], "lists of different lengths|records of different lengths"),
        (records(event=np.ones(6), time=np.full(6, 3.0)), "y holds no event that another sample outlived"),
    ],
)
def test_impossible_times_are_refused_by_name(y, message):
    with pytest.raises(ValueError, match=message):
        read_target(y, np.ones(6))


def test_what_is_asked_of_times_and_of_others():
    with pytest.raises(ValueError, match="task='regression', and y holds events and times: leave task out"):
        read_target(records(), np.ones(6), "regression")
    with pytest.raises(ValueError, match="y has 1 columns: of censored times pass two"):
        read_target(TIME, np.ones(6), "survival")
    for read in (classes_of, levels_of, lambda y: batch_labels(y, {})):
        with pytest.raises(ValueError, match="y holds events and times, which are no class labels: use Concordance"):
            read(records())
    with pytest.raises(ValueError, match="no event that another sample outlived"):
        times_of(records(event=TIME == 8))


def test_rows_that_do_not_count_are_not_read():
    y = records(time=[1, 2, -3, np.nan, 5, 6], event=[1, 0, 1, 1, 0, 1])
    rows = np.array([True, True, False, False, True, True])
    np.testing.assert_array_equal(columns_of(y, rows).outputs[0].values, y[rows])
    with pytest.raises(ValueError, match="the first in row 3"):
        columns_of(y, rows | (np.arange(6) == 3))
    with pytest.raises(ValueError, match=r"the first in row 2 \(-3"):
        columns_of(y, rows | (np.arange(6) == 2))


def test_somebody_else_may_read_records_of_another_kind():
    competing = np.array([(0, 1.0, "a"), (2, 2.0, "b")], dtype=[("cause", int), ("time", float), ("site", "U1")])
    check_target(competing)
    competing["time"][1] = np.nan
    with pytest.raises(ValueError, match="field 'time' of y has 1 missing value, the first in row 1"):
        check_target(competing)


def test_strata_are_whether_there_was_an_event():
    assert strata_of(records(), unless_continuous=True).tolist() == EVENT.tolist()
    with pytest.raises(ValueError, match="of the events of y has 1 sample"):
        strata_of(records(event=TIME == 3), unless_continuous=True)


def test_a_published_hazard():
    """Klein and Moeschberger (2003), Survival Analysis, table 4.2: the Nelson-Aalen estimate, to four digits."""
    y = records(RELAPSE, WEEKS)
    hazard = y["event"] - martingale_residuals(y)
    found = {week: round(h, 4) for week, h in zip(WEEKS, hazard, strict=True) if week in (6, 7, 10, 13, 16, 22, 23, 35)}
    expected = {6: 0.1428, 7: 0.2017, 10: 0.2683, 13: 0.3517, 16: 0.4426, 22: 0.5854, 23: 0.7521, 35: 0.7521}
    assert found == pytest.approx(expected, abs=1.01e-4)


SAMPLES = st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(1, 3)), min_size=2, max_size=12)


@given(SAMPLES)
def test_residuals_are_their_definition(samples):
    event, time, weights = (np.array(each) for each in zip(*samples, strict=True))
    y, weights = records(event, time), weights.astype(float)
    found = martingale_residuals(y, weights)
    np.testing.assert_allclose(found, naive.martingale_residuals(event, time, weights), atol=1e-12)
    assert weights @ found == pytest.approx(0, abs=1e-12)
    twice = np.repeat(np.arange(len(time)), weights.astype(int))
    np.testing.assert_allclose(martingale_residuals(y[twice]), found[twice], atol=1e-12)
    np.testing.assert_array_equal(martingale_residuals(records(event, np.exp(time)), weights), found)


def test_readers_of_one_output_weigh_the_residuals():
    weights = np.array([1.0, 2, 1, 3, 1, 2])
    for read in (numbers_of, output_of):
        np.testing.assert_array_equal(read(records(), weights), martingale_residuals(records(), weights))
    target = read_target(records(), weights)
    np.testing.assert_array_equal(target.outputs[0], martingale_residuals(records(), weights))
    assert times_of(TIME)["event"].all()
