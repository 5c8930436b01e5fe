"""Sample weights: 2 is the row twice, 0 is no row, and equal ones are none."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from conftest import spread_error
from hypothesis import given, settings
from hypothesis import strategies as st
from public import EVERY
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from infsel import AttentionSelector, AttentionSelectorCV, InfFS, InfFSCV, inf_fs_path
from infsel.affinities import Attention, Correlation, Dispersion, PooledAttention, Redundancy, Relevance
from infsel.relevances import Relevance as Rule
from infsel.walks._names import CRITERIA

pytestmark = pytest.mark.filterwarnings("ignore:All scores are:UserWarning")  # of attention that stays with each

GRAPHS = {
    "classic": InfFS(),
    "pearson": InfFS(correlation="pearson"),
    "signed": InfFS(affinity=Redundancy("pearson", signed=True)),
    "signed ranks": InfFS(affinity=Redundancy(signed=True)),
    "correlation": InfFS(affinity=Correlation(), propagation="resolvent", normalization="none", damping=0.3),
    "dispersion": InfFS(affinity=Dispersion()),
    "attention": AttentionSelector(),
    "automatic": AttentionSelector(temperature="auto"),
    "coordinates": AttentionSelector(projection="pca"),
    "heads of coordinates": AttentionSelector(projection="pca", n_heads=2),
    "target": AttentionSelector(target_token=True),
    "pooled": InfFS(affinity=PooledAttention(), normalization="none", n_hops=1, readout="received"),
    "seeded": InfFS(readout="seeded", start="anova"),
    "fisher": InfFS(affinity=Relevance("fisher") + 0.5 * Redundancy()),
    "callable": InfFS(affinity=lambda X, y: np.abs(np.cov(X.T, ddof=0))),
    "matrix": InfFS(affinity=np.arange(64.0).reshape(8, 8)),
    "inside": InfFS(constant_columns="inside"),
}
SEARCHES = ("InfFSCV", "AttentionSelectorCV")
# split rows themselves, so that a weight is no repeated row to them
SPLIT = {*SEARCHES, "StabilitySelector", "KnockoffSelector", "RankAggregator"}


@pytest.fixture
def X(rng):
    X = rng.standard_normal((40, 8)) * np.arange(1, 9) + rng.standard_normal((40, 1))
    X[:, 2] = np.round(X[:, 2])
    X[:, 5] = 4
    return X


@pytest.fixture
def y(X):
    return np.where(X[:, 1] + X[:, 3] > 0, "a", "b")


@pytest.fixture
def weights(rng):
    return rng.integers(0, 4, 40).astype(float)


def repeated(values, weights):
    return np.repeat(values, weights.astype(int), axis=0)


def same(weighted, twice):
    assert spread_error(weighted.scores_, twice.scores_) < 1e-12
    np.testing.assert_array_equal(weighted.ranking_, twice.ranking_)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_weight_of_two_is_the_row_twice(name, X, y, weights):
    weighted = clone(GRAPHS[name]).fit(X, y, sample_weight=weights)
    same(weighted, clone(GRAPHS[name]).fit(repeated(X, weights), repeated(y, weights)))


@pytest.mark.parametrize("name", GRAPHS)
def test_equal_shares_are_none_to_the_bit(name, X, y):
    plain = clone(GRAPHS[name]).fit(X, y)
    for share in (1, 0.3, 1 / 7):
        weighted = clone(GRAPHS[name]).fit(X, y, sample_weight=np.full(40, share))
        np.testing.assert_array_equal(weighted.scores_, plain.scores_)


@pytest.mark.parametrize("name", ["classic", "pearson", "signed", "correlation", "dispersion", "inside", "matrix"])
@pytest.mark.parametrize("weight", [2, 3.7])
def test_what_knows_no_number_of_samples_takes_equal_weights_as_none(name, weight, X):
    plain, weighted = GRAPHS[name].fit(X).scores_, clone(GRAPHS[name]).fit(X, sample_weight=np.full(40, weight)).scores_
    np.testing.assert_allclose(weighted, plain, rtol=1e-12)


@pytest.mark.parametrize("name", CRITERIA)
def test_equal_shares_are_none_for_every_criterion(name, X, y):
    selector = clone(EVERY["CriterionSelector"]).set_params(criterion=name)
    plain, weighted = clone(selector).fit(X, y), selector.fit(X, y, sample_weight=np.full(40, 0.3))
    np.testing.assert_array_equal(weighted.ranking_, plain.ranking_)
    np.testing.assert_array_equal(weighted.gains_, plain.gains_)


@pytest.mark.parametrize("form", ["sparse", "stored", "single", "frame"])
@pytest.mark.parametrize("name", ["classic", "pearson", "attention", "dispersion", "seeded"])
def test_weights_in_every_kind_of_table(name, form, X, y, weights):
    X = np.where(np.abs(X) < 1, 0, X)

    class Foreign:
        shape, dtype = X.shape, X.dtype

        def __getitem__(self, key):
            return X[key]

    make = {
        "sparse": lambda: sp.csr_array(X),
        "stored": Foreign,
        "single": lambda: X.astype(np.float32),
        "frame": lambda: pd.DataFrame(X, columns=list("abcdefgh")),
    }
    weighted = clone(GRAPHS[name]).fit(make[form](), y, sample_weight=weights)
    dense = clone(GRAPHS[name]).fit(repeated(X, weights), repeated(y, weights))
    assert spread_error(weighted.scores_, dense.scores_) < (1e-5 if form == "single" else 1e-11)


@pytest.mark.filterwarnings("ignore:Features .* are constant")
@pytest.mark.filterwarnings("ignore:invalid value encountered in divide")
@pytest.mark.parametrize("form", ["dense", "sparse", "stored"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", EVERY)
def test_every_selector_takes_every_kind_of_table_or_refuses_it_by_name(name, form, weighted, X, weights):
    X = np.where(np.abs(X) < 1, 0, X)
    y, weights = (X[:, 1] + X[:, 3] > 0).astype(int), np.where(np.arange(40) % 5, weights + 1, 0)
    if weighted and name in SPLIT:
        return

    class Foreign:
        shape, dtype = X.shape, X.dtype

        def __getitem__(self, key):
            return X[key]

    table = {"dense": X, "sparse": sp.csr_array(X), "stored": Foreign()}[form]
    options = {"sample_weight": weights} if weighted else {}
    rows = repeated(np.arange(40), weights) if weighted else np.arange(40)
    expected = clone(EVERY[name]).fit(X[rows], y[rows])
    try:
        fitted = clone(EVERY[name]).fit(table, y, **options)
    except (TypeError, ValueError) as error:
        assert form == "sparse" or name == "StabilitySelector"
        assert form in str(error) or "array" in str(error)  # noqa: PT017
        return
    np.testing.assert_array_equal(fitted.ranking_, expected.ranking_)
    if hasattr(expected, "scores_"):
        assert spread_error(fitted.scores_, expected.scores_) < 1e-9


@given(st.lists(st.integers(0, 5), min_size=12, max_size=12).filter(lambda w: np.count_nonzero(w) > 3), st.booleans())
@settings(max_examples=25)
def test_whole_weights_of_any_size(weights, spearman):
    X = np.round(np.random.default_rng(sum(weights)).standard_normal((12, 5)), 1) * np.arange(1, 6)
    w, selector = np.array(weights, dtype=float), InfFS(correlation="spearman" if spearman else "pearson")
    same(clone(selector).fit(X, sample_weight=w), clone(selector).fit(repeated(X, w)))


def test_the_order_of_the_samples_does_not_matter(X, y, weights, rng):
    order = rng.permutation(40)
    for name in ("classic", "pearson", "attention", "seeded", "fisher"):
        one = clone(GRAPHS[name]).fit(X, y, sample_weight=weights / 7)
        other = clone(GRAPHS[name]).fit(X[order], y[order], sample_weight=weights[order] / 7)
        same(other, one)


def test_many_samples_rank_by_weighted_middle_ranks(rng):
    X = np.round(rng.standard_normal((500, 6)), 1) * np.arange(1, 7)  # too many for whole numbers in single precision
    w = rng.integers(0, 3, 500).astype(float)
    same(InfFS().fit(X, sample_weight=w), InfFS().fit(repeated(X, w)))


def test_copies_stay_copies(X, rng):
    X = np.c_[X, 3 * X[:, 0] + 1, -X[:, 1], np.exp(X[:, 2])]
    for shares in (rng.random(40) + 0.01, rng.integers(1, 9, 40)):
        A = InfFS(alpha=0).fit(X, sample_weight=shares).graph_.to_dense()
        assert A[0, 7] == A[1, 8] == A[2, 9] == 0  # the constant column is no node


@pytest.mark.parametrize("name", ["pearson", "attention", "dispersion", "seeded", "fisher alone"])
def test_weights_in_batches(name, X, y, weights):
    more = {
        "seeded": InfFS(correlation="pearson", readout="seeded", start="anova"),
        "fisher alone": InfFS(affinity=Relevance("fisher")),
    }
    selector = {**GRAPHS, **more}[name]
    for scale in (1.0, 1 / 3):  # batches may have weights that sum to less than their samples
        fitted = clone(selector)
        for rows in np.split(np.arange(40), [15, 17, 30]):
            if weights[rows].any():
                fitted.partial_fit(X[rows], y[rows], sample_weight=scale * weights[rows])
        expected = clone(selector).fit(X, y, sample_weight=scale * weights)
        assert spread_error(fitted.scores_, expected.scores_) < 1e-10
        np.testing.assert_array_equal(fitted.ranking_, expected.ranking_)


def test_a_batch_with_bad_weights_leaves_no_trace(X):
    fitted = InfFS(correlation="pearson").partial_fit(X[:20])
    before = dict(vars(fitted))
    for bad, message in (
        ([-1.0] * 20, "negative"),
        (np.zeros(20), "no sample of the batch|non-zero"),
        ([1.0], "shape"),
    ):
        with pytest.raises(ValueError, match=message):
            fitted.partial_fit(X[20:], sample_weight=bad)
        assert all(vars(fitted)[key] is value for key, value in before.items())


def test_paths_and_searches(X, y, weights):
    options = {"alphas": [0.3, 0.8], "n_hops": [1, 2], "dampings": [0.9]}
    path = inf_fs_path(X, y, sample_weight=weights, **options)
    twice = inf_fs_path(repeated(X, weights), **options)
    np.testing.assert_allclose(path.scores, twice.scores, rtol=1e-11)
    np.testing.assert_array_equal(path.rankings, twice.rankings)
    search = clone(EVERY["InfFSCV"]).fit(X, X[:, 0], sample_weight=weights)
    np.testing.assert_array_equal(search.scores_, clone(search.selector_).fit(X, sample_weight=weights).scores_)


@pytest.mark.parametrize(
    ("selector", "sample_weight", "message"),
    [
        (InfFS(), np.r_[-1.0, np.ones(39)], r"sample_weight\[0\] is negative"),
        (InfFS(), np.r_[1.0, np.zeros(39)], "positive for 1 samples: at least 2 must count"),
        (InfFS(), np.r_[np.nan, np.ones(39)], "NaN"),
        (InfFS(), np.ones(39), "sample_weight"),
        (AttentionSelector(n_heads=2), np.arange(40.0), "sample_weight with n_heads=2"),
        (
            AttentionSelector(projection=(np.ones((40, 2)),) * 2),
            np.arange(40.0),
            r"sample_weight with projection=\(W_Q",
        ),
        (InfFS(affinity=Attention(n_heads=2)), np.arange(40.0), "sample_weight with n_heads=2"),
        (InfFS(affinity=lambda X, y: X.T @ X), np.arange(40) + 0.5, r"cannot weigh samples.*holds 0\.5"),
    ],
)
def test_what_cannot_be_weighed_is_refused_by_name(selector, sample_weight, message, X):
    with pytest.raises(ValueError, match=message):
        selector.fit(X, sample_weight=sample_weight)


def test_a_rule_of_ones_own_meets_repeated_rows(X, y, weights):
    class Spread(Rule):
        def rate(self, X, y=None):
            return X.std(axis=0, ddof=1) + (y == "a").mean()

    weighted = InfFS(affinity=Relevance(Spread())).fit(X, y, sample_weight=weights)
    same(weighted, InfFS(affinity=Relevance(Spread())).fit(repeated(X, weights), repeated(y, weights)))
    InfFS(affinity=Relevance(Spread())).fit(X, y, sample_weight=np.full(40, 1.5))
    with pytest.raises(ValueError, match=r"Spread\(\) cannot weigh samples"):
        InfFS(affinity=Relevance(Spread())).fit(X, y, sample_weight=weights + 0.5)


@pytest.mark.parametrize("kind", [InfFSCV, AttentionSelectorCV])
def test_searches_refuse_bad_weights(kind, X, y):
    with pytest.raises(ValueError, match=r"sample_weight\[3\] is negative"):
        clone(EVERY[kind.__name__]).fit(X, X[:, 0] > 0, sample_weight=np.r_[1, 1, 1, -1, np.ones(36)])


def test_rows_of_weight_0_judge_nothing(rng):
    X, weights = rng.gamma(2, size=(60, 6)), rng.integers(0, 3, 60).astype(float)
    y = (X[:, 0] + X[:, 2] > 4).astype(int)
    flipped = np.where(weights == 0, 1 - y, y)
    folds = [(np.flatnonzero(np.arange(60) % 3 != k), np.flatnonzero(np.arange(60) % 3 == k)) for k in range(3)]
    search = InfFSCV(LogisticRegression(), alphas=[0.1, 0.9], n_hops=[2], dampings=[0.5], cv=folds)
    one, other = (
        clone(search).fit(X, target, sample_weight=weights).cv_results_["mean_test_score"] for target in (y, flipped)
    )
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1e90])
def test_the_scale_of_weights_in_batches(rng, scale):
    X, one = rng.gamma(2, size=(40, 6)), InfFS(correlation="pearson")
    for rows in (slice(0, 20), slice(20, 40)):
        one.partial_fit(X[rows], sample_weight=np.full(20, scale))
    whole = InfFS(correlation="pearson").fit(X, sample_weight=np.full(40, scale))
    np.testing.assert_allclose(one.scores_, whole.scores_, rtol=1e-9)


def test_weights_beyond_counting_are_refused(rng):
    with pytest.raises(ValueError, match=r"sample_weight holds 1e\+300: .* up to 1e\+100"):
        InfFS().fit(rng.gamma(2, size=(40, 6)), sample_weight=np.full(40, 1e300))
