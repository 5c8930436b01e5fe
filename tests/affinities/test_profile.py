import naive
import numpy as np
import pytest
import scipy.sparse as sp
from scipy.special import softmax
from sklearn.base import clone
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import Ridge
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from infsel import InfFS, relevances
from infsel.affinities import Attention, Correlation, Dispersion, Given, Profile, Redundancy, SquaredCorrelation
from infsel.operators import RowCosine, Similarity


@pytest.fixture
def wide(rng):
    X = rng.standard_normal((12, 60)) + rng.standard_normal((12, 1))
    X[:, 7] = X[:, 8]
    return X


@pytest.fixture
def target(wide, rng):
    return wide[:, 3] + wide[:, 8] + rng.standard_normal(12)


def loose(X, y):
    """An asymmetric relation, some of which is 0."""
    rng = np.random.default_rng(3)
    return rng.standard_normal((X.shape[1],) * 2) * (rng.random((X.shape[1],) * 2) < 0.2)


WHERE = {
    "low rank": (lambda: Correlation("pearson"), Similarity),
    "queries and keys": (lambda: Attention(projection=(np.eye(12)[:, :3], np.eye(12)[:, 2:5])), Similarity),
    "squares": (SquaredCorrelation, RowCosine),
    "tiles": (lambda: SquaredCorrelation("cut"), RowCosine),
    "sum": (lambda: Dispersion() - 2 * SquaredCorrelation(), RowCosine),
    "product": (lambda: Dispersion() * Redundancy(), RowCosine),
    "asymmetric": (lambda: Given(loose), RowCosine),
    "sparse": (lambda: Given(lambda X, y: sp.csr_array(loose(X, y))), RowCosine),
}


@pytest.mark.parametrize("name", WHERE)
def test_it_is_the_cosine_of_rows(wide, name, rng):
    affinity, kind = WHERE[name][0](), WHERE[name][1]
    A, P, x = affinity(wide).to_dense(), Profile(affinity)(wide), rng.standard_normal((60, 2))
    assert isinstance(P, kind)
    expected = naive.profile(A)
    np.testing.assert_allclose(expected, cosine_similarity(A), atol=1e-13)
    np.testing.assert_allclose(P.to_dense(), expected, atol=1e-13)
    np.testing.assert_allclose(P @ x, expected @ x, atol=1e-12)
    np.testing.assert_allclose(P.T @ x[:, 0], expected @ x[:, 0], atol=1e-12)


@pytest.mark.parametrize("name", WHERE)
def test_anchors_are_the_columns_of_the_largest_row_sums(wide, name):
    affinity = WHERE[name][0]()
    A = affinity(wide).to_dense()
    sums = np.abs(A.sum(axis=1))
    anchors = np.flatnonzero(sums >= np.sort(sums)[-20] - 1e-12)
    np.testing.assert_allclose(Profile(affinity, 20)(wide).to_dense(), naive.profile(A, anchors), atol=1e-13)


def test_anchors_are_the_most_relevant_columns_where_a_relevance_is_given(wide, target):
    r = relevances.Correlation()(wide, target)
    anchors = np.argsort(-r)[:11]
    P = Profile(SquaredCorrelation(), 11, "pearson")(wide, target)
    A = SquaredCorrelation()(wide).to_dense()
    np.testing.assert_allclose(P.to_dense(), naive.profile(A, anchors), atol=1e-13)


def test_equal_columns_are_both_anchors_and_have_equal_scores(wide, target):
    r = relevances.Correlation()(wide, target)
    place = int(np.sum(r > r[8] + 1e-12))
    P = Profile(SquaredCorrelation(), place + 1, "pearson")
    assert P(wide, target).embedding.shape == (60, place + 2)
    scores = InfFS(affinity=P, readout="seeded", start="pearson").fit(wide, target).scores_
    assert scores[7] == scores[8]


def test_more_anchors_than_columns_are_all_columns(wide):
    all_columns = Profile(SquaredCorrelation())(wide).to_dense()
    for n_anchors in (60, 1000):
        np.testing.assert_array_equal(Profile(SquaredCorrelation(), n_anchors)(wide).to_dense(), all_columns)


def test_aggregation_without_layers_is_the_cosine_of_affinity_vectors_and_with_one_it_is_attention(wide, target):
    """The layers of contextual similarity aggregation, of identity weights: one hop through a softmax."""
    r = relevances.Correlation()(wide, target)
    C = np.corrcoef(wide, rowvar=False)
    F = C[:, np.argsort(-r)[:12]]
    F = F / np.linalg.norm(F, axis=1, keepdims=True)
    tokens = Profile(Correlation("pearson"), 12, "pearson")
    np.testing.assert_allclose(tokens(wide, target).to_dense(), F @ F.T, atol=1e-13)
    walk = InfFS(
        affinity=tokens / 0.2, normalization="softmax", n_hops=1, damping=0.5, readout="attended", start="pearson"
    )
    expected = softmax(F @ F.T / 0.2, axis=1) @ r
    np.testing.assert_allclose(walk.fit(wide, target).scores_ / 0.5, expected, atol=1e-12)


def test_a_column_that_relates_to_nothing_has_no_profile(wide):
    A = np.abs(loose(wide, None))
    A[5] = 0
    P = Profile(Given(A))(wide)
    assert not P.to_dense()[5].any()
    assert P.nonnegative
    anchored = Profile(Given(A), 4)(wide)
    assert anchored.nonnegative
    assert (anchored.to_dense()[5] == 0).all()


def test_single_precision_and_weights(wide, rng):
    single = Profile(SquaredCorrelation(), 9)(wide.astype(np.float32))
    assert single.dtype == single.to_dense().dtype == np.float32
    assert Profile(SquaredCorrelation())(wide.astype(np.float32)).to_dense().dtype == np.float32
    times = rng.integers(1, 4, 12)
    for n_anchors in (None, 9):
        affinity = InfFS(affinity=Profile(SquaredCorrelation(), n_anchors))
        weighted = affinity.fit(wide, sample_weight=times).scores_
        np.testing.assert_allclose(weighted, affinity.fit(np.repeat(wide, times, axis=0)).scores_, rtol=1e-9)


def test_it_follows_a_screening_step_and_is_searched(wide, target):
    X, y = np.vstack([wide] * 3), np.tile(target, 3)
    selector = InfFS(
        affinity=Profile(SquaredCorrelation(), 10, "pearson"), readout="seeded", start="pearson", n_features_to_select=5
    )
    pipeline = make_pipeline(SelectKBest(f_regression, k=30), selector, Ridge())
    search = GridSearchCV(
        pipeline, {"inffs__affinity__n_anchors": [5, None], "inffs__affinity__relevance": [None]}, cv=3
    )
    assert len(search.fit(X, y).best_estimator_[-1].coef_) == 5
    assert "affinity__affinity__debiased" in selector.get_params()
    assert clone(selector).fit(X, y).affinity_ == selector.affinity


def test_it_resolves_what_is_inside_and_prints(wide):
    rule = Profile(SquaredCorrelation(remove_components="auto"))
    found = InfFS(affinity=rule).fit(wide).affinity_
    assert found == Profile(SquaredCorrelation(remove_components=found.affinity.remove_components))
    assert repr(Profile(SquaredCorrelation(), 9)) == "Profile(affinity=SquaredCorrelation(), n_anchors=9)"


def test_bad_input_is_refused_in_words(wide, target):
    for n_anchors in (0, -1, 2.5, "all"):
        with pytest.raises(ValueError, match=r"n_anchors=.*pass a whole number from 1 up, or None"):
            Profile(SquaredCorrelation(), n_anchors)(wide)
    for affinity in ("squared-correlation", SquaredCorrelation, None):
        with pytest.raises(ValueError, match=r"affinity=.*pass an object of"):
            Profile(affinity)(wide)
    with pytest.raises(ValueError, match=r"relevance='pearson' without n_anchors.*pass n_anchors=100"):
        Profile(SquaredCorrelation(), relevance="pearson")(wide, target)
    with pytest.raises(ValueError, match="'pearso'"):
        Profile(SquaredCorrelation(), 5, "pearso")(wide, target)
    with pytest.raises(ValueError, match="y"):
        Profile(SquaredCorrelation(), 5, "pearson")(wide)
