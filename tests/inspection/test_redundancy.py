"""Clusters are those of average linkage, and the picture is the matrix in their order."""

import naive
import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest

from infsel import InfFS
from infsel.inspection import RedundancyDisplay
from infsel.inspection._seriation import means_between


def clusters(display):
    return {frozenset(display.order_[display.clusters_ == c].tolist()) for c in set(display.clusters_.tolist())}


def test_blocks_of_columns_that_are_alike(hostile, apart, pyplot):
    X, y = hostile
    fitted = SelectKBest(k=2).fit(X, y)
    display = RedundancyDisplay.from_estimator(fitted, X)
    correlations = np.abs(np.corrcoef(X.T))
    assert clusters(display) == {frozenset({j, j + 1}) for j in range(0, 12, 2)}
    np.testing.assert_allclose(display.image_.get_array(), correlations[np.ix_(display.order_, display.order_)])
    best = {max(pair, key=lambda j: fitted.scores_[j]) for pair in clusters(display)}
    assert set(display.representatives_.tolist()) == best
    assert [block.get_width() for block in display.blocks_] == [2] * 6
    marked = {label.get_text() for label in display.ax_.get_yticklabels() if label.get_text().startswith("●")}
    assert len(marked) == 6
    assert "12 columns, 6 clusters (mean |correlation| ≥ 0.7)" in display.ax_.get_xlabel()
    assert apart(display.figure_) == []
    _, ax = pyplot.subplots()
    assert display.plot(ax).ax_ is ax


@pytest.mark.parametrize("threshold", [0.2, 0.4, 0.6])
def test_clusters_are_those_of_the_definition(rng, threshold):
    A = np.abs(np.corrcoef(rng.standard_normal((9, 3)) @ rng.standard_normal((3, 200))))
    display = RedundancyDisplay(affinity=A, columns=np.arange(9), names=list("abcdefghi"), threshold=threshold)
    assert clusters(display) == naive.average_linkage(A, threshold)
    for c, best in enumerate(display.representatives_):
        members = display.order_[display.clusters_ == c]
        assert A[best, members].sum() == pytest.approx(A[np.ix_(members, members)].sum(axis=1).max())


def test_the_order_of_columns_does_not_matter(wine, rng):
    X, _ = wine
    order = rng.permutation(13)
    one, other = RedundancyDisplay.from_table(X), RedundancyDisplay.from_table(X.iloc[:, order])
    named = [{frozenset(each.names[j] for j in group) for group in clusters(each)} for each in (one, other)]
    assert named[0] == named[1]


def test_neighbors_are_alike_in_the_order(rng):
    walk = np.cumsum(rng.standard_normal((400, 20)), axis=1)  # each column is like those beside it
    shuffled = rng.permutation(20)
    display = RedundancyDisplay.from_table(walk[:, shuffled], threshold=1)
    np.testing.assert_array_equal(np.abs(np.diff(shuffled[display.order_])).max() <= 3, True)


def test_ranks(wine):
    X, _ = wine
    display = RedundancyDisplay.from_table(X, correlation="spearman")
    np.testing.assert_allclose(display.affinity, np.abs(X.corr("spearman")), atol=1e-12)
    assert display.label == "|rank correlation|"


def test_means_between_clusters(rng):
    A, groups = rng.random((7, 7)), np.array([0, 0, 0, 1, 2, 2, 2])
    members = [np.flatnonzero(groups == c) for c in range(3)]
    expected = [[naive.mean_affinity(A, a, b) for b in members] for a in members]
    expected[1][1] = A[3, 3]
    np.testing.assert_allclose(means_between(A, groups), expected)


def test_clusters_of_many_columns_are_rows(rng, apart):
    sizes = rng.integers(1, 20, 60)
    X = np.repeat(rng.standard_normal((200, 60)), sizes, axis=1)
    X = X + 0.1 * rng.standard_normal(X.shape)
    display = RedundancyDisplay.from_table(X)
    assert len(display.representatives_) == 60
    assert sorted(np.bincount(display.clusters_)[display.shown_]) == sorted(sizes)[-30:]
    seen = display.image_.get_array()
    assert seen.shape == (30, 30)
    several = np.bincount(display.clusters_)[display.shown_] > 1
    assert (np.diagonal(seen)[several] > 0.9).all()
    assert seen[~np.eye(30, dtype=bool)].max() < 0.4
    assert "here the 30 largest" in display.ax_.get_xlabel()
    assert apart(display.figure_) == []


def test_some_columns_have_their_blocks_named(rng, apart):
    X = np.repeat(rng.standard_normal((100, 30)), 2, axis=1) + 0.1 * rng.standard_normal((100, 60))
    display = RedundancyDisplay.from_table(X)
    assert len(display.blocks_) == 30
    labels = [text.get_text() for text in display.ax_.texts]
    assert all(label.endswith("(2)") for label in labels[:-1])
    assert apart(display.figure_) == []


def test_of_too_many_columns_the_best_are_shown(rng):
    X = rng.standard_normal((20, 50))
    X[:, 7] = 1
    fitted = InfFS().fit(X)
    display = RedundancyDisplay.from_estimator(fitted, X, max_columns=10)
    assert sorted(display.order_) == sorted(np.argsort(fitted.ranking_)[:10])
    assert "10 of 50 columns" in display.ax_.get_xlabel()
    even = np.sort(RedundancyDisplay.from_table(X, max_columns=10).order_)
    assert (even[0], even[-1]) == (0, 49)
    assert 7 not in RedundancyDisplay.from_table(X).order_


def test_what_has_no_redundancy(rng):
    with pytest.raises(ValueError, match="1 of the columns of X vary: redundancy takes two"):
        RedundancyDisplay.from_table(np.column_stack([np.arange(5.0), np.ones(5)]))
    with pytest.raises(ValueError, match="correlation='cosine'"):
        RedundancyDisplay.from_table(rng.standard_normal((5, 3)), correlation="cosine")
