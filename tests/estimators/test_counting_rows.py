"""Laws of weights over every estimator and kind of target: 2 is the row twice, and what weighs 0 is not read at all."""

import numpy as np
import pandas as pd
import pytest
from conftest import spread_error
from public import EVERY
from readers import OF_BOTH, OF_CLASSES, OF_NUMBERS, READ_NO_TIMES, graph
from sklearn.base import clone
from sklearn.naive_bayes import GaussianNB

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel.relevances import Concordance

READERS = {  # of whom a fit reads y, and those that hand it on
    **{name: EVERY[name] for name in EVERY if name not in ("RankAggregator", "DeflatedPopularity")},
    "InfFS": graph("anova"),
    "AttentionSelector": AttentionSelector(target_token=True),
    "RankAggregator": RankAggregator([("walks", graph("fisher")), ("coverage", CoverageSelector())]),
    "StabilitySelector": StabilitySelector(CoverageSelector(), n_pairs=2, random_state=0),
    "KnockoffSelector": KnockoffSelector(graph("anova"), random_state=0),
    "SelectorCV": SelectorCV(GaussianNB(), selector=graph("auc"), n_features_to_select=[2], cv=2),
}
SPLIT = ("InfFSCV", "AttentionSelectorCV", "SelectorCV", "StabilitySelector", "KnockoffSelector")  # rows themselves


@pytest.fixture
def X(rng):
    return rng.standard_normal((60, 6))


@pytest.fixture
def weights(rng):
    return rng.integers(0, 4, 60).astype(float)


@pytest.fixture
def labels(X):
    return (X[:, 1] + X[:, 3] > 0).astype(float)


def same(one, other):
    np.testing.assert_array_equal(one.ranking_, other.ranking_)
    np.testing.assert_array_equal(one.support_, other.support_)
    assert spread_error(one.scores_, other.scores_) < 1e-11


@pytest.mark.parametrize("name", [*EVERY, *(f"reading {name}" for name in READERS)])
def test_what_weighs_nothing_is_no_row(name, X, labels, weights):
    estimator = READERS[name.removeprefix("reading ")] if name.startswith("reading") else EVERY[name]
    if name == "RankAggregator":
        estimator = RankAggregator([("walks", InfFS()), ("coverage", CoverageSelector())])
    counts = weights > 0
    one = clone(estimator)
    if name == "StabilitySelector":  # whose selector is told by its halves alone
        one.set_params(n_pairs=2)
    kept = clone(one).fit(X[counts], labels[counts], sample_weight=weights[counts])
    same(clone(one).fit(X, labels, sample_weight=weights), kept)


@pytest.mark.parametrize("name", READERS)
def test_a_target_is_read_where_rows_count(name, X, labels, weights):
    plain = clone(READERS[name]).fit(X, labels, sample_weight=weights)
    unread = np.where(weights > 0, labels, np.nan)
    objects = [] if name.endswith("CV") else [unread.astype(object)]  # classifiers of scikit-learn take no such numbers
    for y in (unread, pd.Series(unread), *objects):
        same(clone(READERS[name]).fit(X, y, sample_weight=weights), plain)
    first = int(np.flatnonzero(weights)[3])
    unread[first] = np.nan
    with pytest.raises(ValueError, match="y has 1 missing value, the first in row"):
        clone(READERS[name]).fit(X, unread, sample_weight=weights)


@pytest.mark.parametrize(
    "selector", [CoverageSelector(), CriterionSelector(), RecursiveElimination(), *map(READERS.get, SPLIT)], ids=repr
)
def test_the_row_that_is_named_is_that_of_the_table(selector, X, labels):
    weights = np.r_[np.zeros(7), np.ones(53)]
    labels[[2, 30]] = np.nan
    with pytest.raises(ValueError, match="y has 1 missing value, the first in row 30; drop"):
        clone(selector).fit(X, labels, sample_weight=weights)


@pytest.mark.parametrize("name", ["survival", "ordinal", "several"])
@pytest.mark.parametrize(
    "selector",
    [
        *OF_BOTH,
        *OF_NUMBERS,
        *OF_CLASSES[:10],
        CriterionSelector("concordance"),
        graph(Concordance()),
        StabilitySelector(CriterionSelector("pearson"), n_pairs=2, random_state=0),
        KnockoffSelector(graph(Concordance()), random_state=0),
        DeflatedPopularity(),
    ],
    ids=repr,
)
def test_other_targets(name, selector, X, weights, rng):
    y = targets(X, rng)[name]
    reads_both = name == "ordinal" or hasattr(selector, "task") or isinstance(selector, DeflatedPopularity)
    if name == "several" and not reads_both:
        return
    if name != "ordinal" and repr(selector) in set(map(repr, READ_NO_TIMES)):
        return
    counts = weights > 0
    weighted = clone(selector).fit(X, y, sample_weight=weights)
    same(weighted, clone(selector).fit(X[counts], y[counts], sample_weight=weights[counts]))
    if not isinstance(selector, StabilitySelector | KnockoffSelector):
        rows = np.repeat(np.arange(60), weights.astype(int))
        same(weighted, clone(selector).fit(X[rows], y.iloc[rows] if hasattr(y, "iloc") else y[rows]))


def targets(X, rng):
    hazard = X[:, 3] + 0.5 * X[:, 1]
    failure, end = np.round(rng.exponential(np.exp(-hazard)), 1), np.round(rng.exponential(2, 60), 1)
    times = np.empty(60, dtype=[("event", bool), ("time", float)])
    times["event"], times["time"] = failure <= end, np.minimum(failure, end)
    places = np.digitize(hazard, [-1, 0, 1])
    levels = ["d", "c", "b", "a"]
    grades = pd.Series(pd.Categorical(np.array(levels)[places], categories=levels, ordered=True))
    return {"survival": times, "ordinal": grades, "several": pd.DataFrame({"grade": grades, "hazard": hazard})}
