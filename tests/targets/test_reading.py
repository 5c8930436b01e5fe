"""How targets are read: labels or numbers, one output or several."""

import numpy as np
import pandas as pd
import pytest

from infsel.targets import batch_labels, classes_of, output_of, read_target


@pytest.mark.parametrize(
    ("y", "continuous"),
    [
        (np.linspace(0, 1, 20), True),
        (np.arange(40), True),
        (np.arange(40) % 5, False),
        (np.repeat(np.arange(40), 5), False),
        (np.repeat(np.arange(40.0), 4), True),
        (np.array(["x", "y"] * 10), False),
        (np.arange(20) % 2 == 0, False),
        (np.linspace(0, 1, 20).astype(object), True),
        ((np.arange(20) % 2).astype(object), False),
    ],
)
@pytest.mark.filterwarnings("ignore:y holds 40 different whole numbers")
def test_auto_tells_measurements_from_classes(y, continuous):
    assert (read_target(y, np.ones(len(y))).outputs[0].dtype.kind == "f") == continuous


def test_weights_say_how_often_a_number_occurs():
    y = np.arange(12)
    assert read_target(np.r_[y, y], np.ones(24)).outputs[0].dtype.kind == "f"
    with pytest.warns(UserWarning, match=r"y holds 12 different whole numbers and is read as so many cl.*: pass task"):
        assert read_target(np.r_[y, y], np.full(24, 3.0)).outputs[0].tolist() == [*range(12), *range(12)]


def test_outputs_are_read_one_by_one_and_those_that_do_not_vary_left_out():
    y = np.array([[0, 7, 0.5], [3, 7, 0.1], [3, 7, 0.2], [0, 7, 0.5], [3, 7, 0.3]])
    labels, numbers = read_target(y, np.ones(5)).outputs
    assert labels.tolist() == [0, 1, 1, 0, 1]
    np.testing.assert_array_equal(numbers, y[:, 2])


@pytest.mark.parametrize(
    ("y", "task", "message"),
    [
        ([1, 1, 1, 1], "auto", "y is 1 everywhere: pass a target that varies"),
        (["a"] * 4, "auto", "y is a everywhere"),
        ([1.5, 1.5 + 4e-16, 1.5, 1.5], "regression", "y is 1.5 everywhere"),
        ([1.5, 2, 3, 4], "classification", "y holds 1.5, which is no class label"),
        (["a", "b", "a", "b"], "regression", "y holds 'a', which is no number"),
        (
            [1.0, np.nan, 2, 3],
            "auto",
            "y contains NaN: y has 1 missing value, the first in row 1; drop those rows or fill",
        ),
        ([1.0, np.inf, 2, 3], "regression", "y contains infinity: y has 1 infinite value, the first in row 1"),
        (["a", "b", "c", "d"], "auto", "4 classes of one sample each"),
        ([1, 2, 1, 2], "ranking", "task='ranking' is not known: choose one of 'auto'"),
        (np.array([1, "a", 1, "a"], dtype=object), "auto", "mixes labels"),
    ],
)
def test_what_is_no_target_is_refused_by_name(y, task, message):
    with pytest.raises(ValueError, match=message):
        read_target(y, np.ones(4), task)


def test_readers_of_one_output_count_samples_by_their_weights():
    """As `read_target` does: a weight is so many rows, where numbers are told from labels and lone classes found."""
    y, threes = np.tile(np.arange(12), 2), np.full(24, 3.0)
    rows = np.repeat(np.arange(24), 3)
    assert output_of(y).dtype.kind == "f"
    with pytest.warns(UserWarning, match="read as so many classes"):
        np.testing.assert_array_equal(np.repeat(output_of(y, threes), 3), output_of(y[rows]))
    assert batch_labels(y, {}, threes).tolist() == y.tolist()
    with pytest.raises(ValueError, match="12 different whole numbers and is read as numbers"):
        batch_labels(y, {}, np.full(24, 0.5))
    lone = ["a", "a", "b", "b", "rare"]
    assert classes_of(lone, [1, 1, 1, 1, 2])[1].tolist() == [0, 0, 1, 1, 2]
    with pytest.warns(UserWarning, match="class 'b' of y has one sample"):
        classes_of(lone, [1, 1, 0.5, 0.5, 2])


def test_only_whole_numbers_that_nobody_declared_are_asked_about():
    many = np.repeat(np.arange(30), 20)
    for y in (many.astype(str), pd.Series(many, dtype="category"), many % 10):
        assert read_target(y, np.ones(600)).task == "classification"
    assert read_target(many, np.ones(600), "classification").task == "classification"
    with pytest.warns(UserWarning, match="y holds 30 different whole numbers .*task='regression' if they are numbers"):
        read_target(many, np.ones(600))
