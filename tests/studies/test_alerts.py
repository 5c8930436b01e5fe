"""What is suspicious about columns, and what is not."""

import numpy as np
import pandas as pd
import pytest

from infsel.datasets import breast_cancer, iris
from infsel.studies import alerts


@pytest.fixture
def frame(rng):
    X = pd.DataFrame(rng.standard_normal((60, 4)), columns=list("abcd"))
    return X.assign(s=pd.Categorical(rng.choice(["u", "v", "w"], 60)), t=rng.random(60) > 0.5)


def kinds(X, y=None, task=None):
    return [(alert.kind, alert.columns) for alert in alerts(X, y, task)]


def test_ordinary_columns_are_not_suspicious(frame, rng):
    assert kinds(frame) == []
    assert kinds(frame, pd.Series(rng.choice(["yes", "no"], 60), name="y")) == []
    assert kinds(frame, pd.Series(rng.standard_normal(60), name="y")) == []
    assert kinds(*breast_cancer()) == []


def test_constant_columns(frame):
    X = frame.assign(one=1.0, same=pd.Categorical(["x"] * 60), gap=np.where(frame.index < 9, np.nan, 2))
    assert kinds(X) == [("constant", ("one", "same", "gap"))]
    assert alerts(X)[0].text == "'one', 'same', 'gap' are constant"


def test_copies_up_to_scale_and_names(frame):
    gap = frame.a.where(frame.index > 5)
    X = frame.assign(
        same=frame.a,
        scaled=3 - 2 * frame.a,
        named=frame.s.cat.rename_categories({"u": "z", "v": "y", "w": "x"}),
        number=frame.t * 5,
        gap=gap,
        gap_too=7 * gap,
        near=frame.a + 1e-6 * frame.b,
    )
    found = {alert.columns: alert.text for alert in alerts(X)}
    expected = {("same", "scaled", "a"), ("named", "s"), ("number", "t"), ("gap_too", "gap")}
    assert found.keys() == expected
    assert found["same", "scaled", "a"] == "'same', 'scaled' are copies of 'a', up to scale"
    assert [alert.text for alert in alerts(X[["a", "same"]])] == ["'same' is a copy of 'a'"]
    assert found["named", "s"] == "'named' is a copy of 's', up to the names of labels"


def test_numbers_that_go_on_from_row_to_row(frame, rng):
    X = frame.assign(
        up=range(7, 67), down=range(60, 0, -1), skips=np.cumsum(rng.integers(1, 9, 60)), sorted=np.sort(frame.a)
    )
    X = X.assign(shuffled=rng.permutation(60), gap=X.up.where(X.up != 9))
    assert kinds(X.drop(columns="down")) == [("id", ("up",)), ("id", ("skips",))]
    assert ("copy", ("down", "up")) in kinds(X)
    assert kinds(X.iloc[:5][["up"]]) == []


@pytest.mark.parametrize("order", ["as it is", "by class"])
def test_what_tells_the_target_alone(frame, order):
    X = frame.sort_values("s").reset_index(drop=True) if order == "by class" else frame
    y = X.pop("s").astype(str).rename("y")
    code = y.map({"u": 3, "v": 1, "w": 2})
    X = X.assign(code=code, noisy=code + 0.1 * X.a.clip(-2, 2), text=pd.Categorical("is " + y))
    assert kinds(X, y) == [("leak", ("code",)), ("leak", ("noisy",)), ("leak", ("text",))]


def test_what_tells_a_number_alone(frame):
    y = frame.a.rename("y")
    X = frame.drop(columns="a").assign(same=2 * y, power=y**3, near=y + 0.5 * frame.b)
    assert kinds(X, y) == [("leak", ("same",)), ("leak", ("power",))]


def test_a_target_that_much_tells_is_one_alert(rng):
    y = pd.Series(np.repeat(["ill", "well"], 20), name="y")
    X = pd.DataFrame((y == "ill").to_numpy()[:, None] + 0.1 * rng.random((40, 9)), columns=[f"g{k}" for k in range(9)])
    (alert,) = alerts(X, y)
    assert alert.columns == (*X.columns,)
    assert alert.text == "9 columns alone tell 'y', 'g0', 'g1', 'g2' and 6 more"


def test_a_class_of_two_rows_is_apart_by_chance(rng):
    X = pd.DataFrame(rng.standard_normal((9, 400)), columns=[f"g{k}" for k in range(400)])
    assert kinds(X, pd.Series(["u"] * 7 + ["v"] * 2, name="y")) == []


def test_rows_in_the_order_of_the_target_are_told_from_leaks():
    X, y = iris()
    found = alerts(X.assign(row=range(150)), y)
    assert [alert.text for alert in found] == [
        "'row' goes on from row to row, as an id or a row number does, and so does 'species': rows are in its order"
    ]


def test_years_dates_and_what_rows_are_sorted_by_are_no_ids(rng):
    X = pd.DataFrame({"year": range(1950, 2000), "day": np.r_[range(49), 51], "people": np.arange(50) ** 3})
    assert kinds(X) == [("id", ("day",))]
    assert alerts(X, dates=["day"]) == []


def test_classes_of_one_row(frame):
    y = pd.Series(["yes", "no"] * 30, name="y").where(frame.index != 4, "maybe")
    assert [alert.text for alert in alerts(frame, y)] == [
        "class 'maybe' of 'y' has 1 row: nothing can be learned of it"
    ]
    numbers = pd.Series(range(60), name="y").sample(frac=1, random_state=0).reset_index(drop=True)
    assert kinds(frame, numbers) == []
    assert len(kinds(frame, numbers, "classification")) == 60


def test_marks_of_gaps_lie_far_from_all_others(rng):
    n = 50
    X = pd.DataFrame(
        {
            "age": np.r_[[999] * 3, rng.integers(18, 80, n - 3)],
            "income": np.r_[[-99.0] * 2, rng.random(n - 2), [np.nan] * 0],
            "once": np.r_[[999], rng.integers(18, 80, n - 1)],
            "price": np.r_[[999] * 3, rng.integers(1, 900, n - 3)],
            "flag": rng.integers(0, 2, n),
        }
    ).sample(frac=1, random_state=0)
    assert [alert.text for alert in alerts(X)] == [
        "'age' is 999 in 3 of 50 rows, far from all others: empty these cells if it marks a gap",
        "'income' is -99 in 2 of 50 rows, far from all others: empty these cells if it marks a gap",
    ]
