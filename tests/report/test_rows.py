"""Models of a report are judged on at most so many rows, each class by its share, and the page says how many."""

import re

import numpy as np
import pandas as pd
import pytest

from infsel.report import _gather as gathering
from infsel.report import gather, render
from infsel.report._curves import RULING
from infsel.report._rows import judged_rows
from infsel.studies._judges import SIMPLE, judged
from infsel.studies._task import task_of


@pytest.fixture
def labels(rng):
    return pd.Series(rng.choice(["a", "b", "c", "rare"], 1000, p=[0.7, 0.2, 0.095, 0.005]), name="y")


def test_each_class_has_its_share_and_no_fewer_than_there_are_folds(labels):
    rows, [said] = judged_rows(labels, "classification", 3, most=100)
    drawn, everything = labels.iloc[rows].value_counts(), labels.value_counts()
    for name, count in everything.items():
        assert drawn[name] == max(round(count / 10), 3), name
    assert said == f"cross-validated on {len(rows)} of 1,000 rows, drawn at random"
    assert (np.diff(rows) > 0).all()


def test_rows_are_the_same_each_time_and_of_all_parts_of_the_table(labels):
    first, _ = judged_rows(labels, "classification", 2, most=200)
    np.testing.assert_array_equal(first, judged_rows(labels, "classification", 2, most=200)[0])
    assert np.histogram(first, 4, (0, 1000))[0].min() > 30


def test_of_numbers_as_many_as_asked_for(rng):
    rows, _ = judged_rows(pd.Series(rng.standard_normal(500)), "regression", 5, most=50)
    assert len(np.unique(rows)) == 50


def test_few_rows_are_all_judged(labels):
    rows, said = judged_rows(labels, "classification", 2, most=1000)
    np.testing.assert_array_equal(rows, np.arange(1000))
    assert said == []


def test_the_page_says_how_many_rows(rng, monkeypatch):
    monkeypatch.setattr(gathering, "judged_rows", lambda *of: judged_rows(*of, most=60))
    X = rng.standard_normal((300, 3))
    found = gather(X, X[:, 0] > 0, n_folds=2, n_permutations=1)
    assert found.n_judged == 60
    assert found.n_samples == 300
    assert "2 folds of 60 rows" in found.verdict[1]
    assert re.search("in 2 folds of 60 of the 300 rows, drawn at random, and judged", render(found))
    assert "cross_val_score" not in found.code  # which would judge on all rows


def test_a_report_judges_as_compare_does(of_wine):
    """`infsel compare --model simple`, at the same numbers of columns."""
    from infsel import RecursiveElimination
    from infsel.datasets import wine

    X, y = wine()
    selectors = {RULING: RecursiveElimination(task="classification")}
    task = task_of(X, y, None, 5)
    found = judged(task, selectors, everything="all columns", names=SIMPLE, folds=5, sizes=of_wine.comparison.sizes)
    for name in found.selectors:
        np.testing.assert_array_equal(found.only([name]).scores, of_wine.comparison.only([name]).scores)
