"""Region growing against its definition, on its own and from seeds."""

import naive
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from infsel import CriterionSelector
from infsel.affinities import Given, Redundancy, SquaredCorrelation
from infsel.criteria import Linkage
from infsel.operators import Stored


@pytest.fixture
def X(rng):
    return rng.standard_normal((30, 12)) + rng.standard_normal((30, 1)) * np.linspace(0, 1, 12)


@pytest.mark.parametrize("linkage", ["mean", "max"])
@pytest.mark.parametrize("seeds", [[], [4], [7, 2]])
def test_the_picks_are_their_definition(linkage, seeds, X):
    grown = CriterionSelector(Linkage(linkage), keep=seeds or None, n_features_to_select=9).fit(X)
    order = naive.grown(np.abs(np.corrcoef(X.T)), seeds, linkage, 9)
    assert np.argsort(grown.ranking_)[:9].tolist() == order
    steps = grown.to_frame().set_index("feature").step
    expected = [max(0, place + 1 - len(seeds)) for place in range(9)]
    assert [steps[f"x{column}"] for column in order] == expected
    assert steps.isna().sum() == 3


@given(seed=st.integers(0, 2**32), linkage=st.sampled_from(["mean", "max"]))
def test_it_permutes_with_the_columns(seed, linkage):
    rng = np.random.default_rng(seed)
    X, order = rng.standard_normal((9, 8)), rng.permutation(8)
    grown = CriterionSelector(Linkage(linkage), keep=[3], n_features_to_select=4)
    moved = CriterionSelector(Linkage(linkage), keep=[int(np.flatnonzero(order == 3)[0])], n_features_to_select=4)
    np.testing.assert_array_equal(moved.fit(X[:, order]).support_, grown.fit(X).support_[order])


@pytest.mark.parametrize("seed", [4, 7])
def test_maximum_linkage_fills_the_region_of_every_threshold_before_it_leaves_it(seed, X):
    """Whatever schedule a threshold falls by: the columns that a chain above it joins to the seed are picked first."""
    A = np.abs(np.corrcoef(X.T))
    order = np.argsort(CriterionSelector(Linkage("max"), keep=[seed], n_features_to_select=12).fit(X).ranking_)
    for threshold in A[np.triu_indices(12, 1)]:
        region = connected_components(threshold < A, directed=False)[1]
        joined = np.flatnonzero(region == region[seed])
        assert set(order[: len(joined)]) == set(joined)


def test_any_affinity_will_do_and_covers_all_columns(X):
    X[:, 5] = 1  # constant, and column 9 is excluded: the matrix has both
    A = np.random.default_rng(0).random((12, 12))
    grown = CriterionSelector(Linkage(affinity=Given(A)), keep=[0], exclude=[9], n_features_to_select=5).fit(X)
    inside = [j for j in range(12) if j not in (5, 9)]
    order = naive.grown(A[np.ix_(inside, inside)], [0], "mean", 5)
    assert np.argsort(grown.ranking_)[:5].tolist() == [inside[j] for j in order]
    CriterionSelector(Linkage(affinity=SquaredCorrelation()), keep=[0]).fit(X)


def test_seeds_make_the_whole_product_needless(X):
    class Rows(Stored):
        def _matvec(self, x):
            raise AssertionError("all rows are summed")

    A = np.random.default_rng(0).random((12, 12))
    for keep, groups in (([4], None), ([7, 2], None), ([7], [[7, 3]])):
        few = CriterionSelector(Linkage(affinity=Given(Rows(A))), keep=keep, feature_groups=groups).fit(X)
        assert few.gains_[keep[0]] in (pytest.approx(A[keep[0]].sum()), pytest.approx(A[keep[-1], keep[0]]))
        assert few.ranking_[keep].max() == len(keep)
    with pytest.raises(AssertionError, match="all rows are summed"):
        CriterionSelector(Linkage(affinity=Given(Rows(A)))).fit(X)
    with pytest.raises(ValueError, match=r"the row of feature 4 in the affinity sums to inf.*divide the affinity"):
        CriterionSelector(Linkage(affinity=Given(A * 1e308)), keep=[4]).fit(X)


def test_copies_belong_to_the_region(X):
    X[:, 8] = 2 * X[:, 1] - 3
    grown = CriterionSelector(Linkage(), keep=[1], n_features_to_select=3).fit(X)
    assert grown.ranking_[8] == 2
    assert CriterionSelector("coverage").fit(X, X[:, 1]).ranking_[8] == 12


def test_weights_are_repeated_rows(X, rng):
    weights = rng.integers(0, 3, 30)
    weighted = CriterionSelector("linkage", keep=[2], n_features_to_select=6).fit(X, sample_weight=weights)
    repeated = CriterionSelector("linkage", keep=[2], n_features_to_select=6).fit(np.repeat(X, weights, axis=0))
    np.testing.assert_array_equal(weighted.ranking_, repeated.ranking_)
    np.testing.assert_allclose(weighted.gains_, repeated.gains_, rtol=1e-12)


def test_seeds_by_name_and_those_that_are_not_there(X):
    frame = pd.DataFrame(X, columns=[f"gene{i}" for i in range(12)])
    grown = CriterionSelector("linkage", keep=["gene4"], n_features_to_select=4).fit(frame)
    assert grown.to_frame().feature[0] == "gene4"
    with pytest.raises(ValueError, match="gene99"):
        CriterionSelector("linkage", keep=["gene99"]).fit(frame)
    with pytest.raises(ValueError, match="linkage='median'"):
        CriterionSelector(Linkage("median")).fit(frame)
    with pytest.raises(ValueError, match=r"affinity=.*one of infsel\.affinities"):
        CriterionSelector(Linkage(affinity="pearson")).fit(frame)
    with pytest.raises(ValueError, match="affinity=Redundancy is a class"):
        CriterionSelector(Linkage(affinity=Redundancy)).fit(frame)
