"""Targets of ordered categories are judged by how far a prediction is off."""

import naive
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from infsel.studies._judges import judged
from infsel.studies._kappa import quadratic_weighted_kappa
from infsel.studies._task import described, task_of

LEVELS = ["poor", "fair", "good", "great"]  # not in the order of the alphabet


@pytest.fixture
def table(rng):
    X = pd.DataFrame(rng.standard_normal((80, 3)), columns=list("abc"))
    places = np.digitize(X["a"] + 0.3 * rng.standard_normal(80), [-0.7, 0, 0.7])
    return X, pd.Series(pd.Categorical.from_codes(places, LEVELS, ordered=True), name="grade")


def test_kappa_is_its_definition(rng):
    true, found, weights = rng.integers(0, 4, 30), rng.integers(0, 4, 30), rng.integers(1, 4, 30)
    assert quadratic_weighted_kappa(true, found) == pytest.approx(naive.quadratic_weighted_kappa(true, found))
    weighted = quadratic_weighted_kappa(true, found, weights)
    assert weighted == pytest.approx(naive.quadratic_weighted_kappa(true, found, weights))
    assert weighted == pytest.approx(quadratic_weighted_kappa(np.repeat(true, weights), np.repeat(found, weights)))


def test_a_grade_that_does_not_occur_keeps_its_place():
    true, found = np.array([0, 3, 0, 3, 1, 1]), np.array([0, 3, 1, 1, 1, 3])
    assert quadratic_weighted_kappa(true, found) == pytest.approx(naive.quadratic_weighted_kappa(true, found))
    assert quadratic_weighted_kappa(true, found) != pytest.approx(cohen_kappa_score(true, found, weights="quadratic"))


def test_a_task_of_grades(table):
    X, y = table
    assert described(y, None) == ("ordinal", ["task: ordinal, 4 grades of 'grade'"])
    assert described(y, "classification")[0] == "classification"
    task = task_of(X, y, None, 4)
    assert (task.name, task.metric, task.chance) == ("ordinal", "quadratic_weighted_kappa", 0)
    np.testing.assert_array_equal(task.y, y.cat.codes)
    numbers = task_of(X, pd.Series(y.cat.codes * 2, name="n"), "ordinal", 4)
    np.testing.assert_array_equal(numbers.y, y.cat.codes)


def test_what_grades_are_called_changes_no_score(table):
    X, y = table
    other = y.cat.rename_categories(dict(zip(LEVELS, "zyxw", strict=True)))
    found = [judged(task_of(X, each, None, 4), {}, everything="all", folds=4, names=["simple"]) for each in (y, other)]
    np.testing.assert_array_equal(found[0].scores, found[1].scores)
    assert found[0].metric == "quadratic_weighted_kappa"
    assert found[0].scores.mean() > 0.5
