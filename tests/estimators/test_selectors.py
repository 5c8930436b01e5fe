"""What a user sees of the selectors: scores, ranks, frames, pipelines."""

import pickle
import warnings

import joblib
import naive
import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse.linalg import aslinearoperator
from sklearn import config_context
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, InfFS
from infsel.affinities import Attention, Redundancy
from infsel.krylov import Krylov
from infsel.normalizations import Softmax
from infsel.operators import Gram

SELECTORS = [
    InfFS(),
    InfFS(n_hops=3, alpha=0.2),
    AttentionSelector(),
    AttentionSelector(temperature=5, exclude_self=True),
]


@pytest.fixture(params=SELECTORS, ids=repr)
def selector(request):
    return clone(request.param)


def test_infinite_hops_equal_the_definition(table):
    A = naive.inf_fs(table, 0.4)
    expected = naive.infinite_hops(A, np.ones(9), 0.8 / naive.spectral_radius(A))
    fitted = InfFS(alpha=0.4, damping=0.8).fit(table)
    np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-10)
    assert fitted.spectral_radius_ == pytest.approx(naive.spectral_radius(A), rel=1e-12)
    assert fitted.residual_ <= 1e-10


@pytest.mark.parametrize("n_hops", range(1, 21))
def test_truncated_hops_equal_the_power_sum(table, n_hops):
    A = naive.inf_fs(table)
    expected = naive.hops(A, np.ones(9), n_hops, 0.9 / naive.spectral_radius(A))
    np.testing.assert_allclose(InfFS(n_hops=n_hops).fit(table).scores_, expected, rtol=1e-10)


def test_more_and_more_hops_reach_infinitely_many(table):
    limit = InfFS().fit(table).scores_
    np.testing.assert_allclose(InfFS(n_hops=500).fit(table).scores_, limit, rtol=1e-9)
    np.testing.assert_allclose(InfFS(n_hops=10**6).fit(table).scores_, limit, rtol=1e-9)


@pytest.mark.filterwarnings("ignore:All scores are")  # at .3 nearly all attention is self-attention
@pytest.mark.parametrize("temperature", [0.3, 1, 10])
def test_attention_is_the_single_hop_bit_for_bit(table, temperature):
    attention = AttentionSelector(temperature=temperature).fit(table)
    affinity = "attention" if temperature == 1 else Attention(temperature)
    single_hop = InfFS(affinity=affinity, normalization="softmax", readout="received", n_hops=1).fit(table)
    for attribute in ("scores_", "ranking_", "support_", "spectral_radius_", "n_iter_", "residual_"):
        np.testing.assert_array_equal(getattr(attention, attribute), getattr(single_hop, attribute))
    expected = 0.9 * naive.softmax(naive.attention(table, temperature)).sum(axis=0)
    np.testing.assert_allclose(attention.scores_, expected, rtol=1e-10)
    assert (attention.n_iter_, attention.residual_) == (1, 0)
    assert attention.spectral_radius_ == pytest.approx(1)


def test_attention_without_itself(table):
    expected = 0.9 * naive.softmax(naive.attention(table), exclude_self=True).sum(axis=0)
    np.testing.assert_allclose(AttentionSelector(exclude_self=True).fit(table).scores_, expected, atol=1e-13)


@pytest.mark.parametrize("readout", ["sent", "received"])
@pytest.mark.parametrize("normalization", ["spectral", "sub-stochastic", "none", "row", "softmax"])
def test_every_normalization_and_readout_equals_its_definition(table, small_graph, normalization, readout):
    X = table[:, :8] + np.random.default_rng(0).random((40, 8))
    A = {"row": naive.row, "softmax": naive.softmax}.get(normalization, lambda A: A)(small_graph / 8)
    unit = {"spectral": naive.spectral_radius(A), "sub-stochastic": A.sum(axis=1).max()}.get(normalization, 1)
    selector = InfFS(affinity=small_graph / 8, normalization=normalization, readout=readout)
    if normalization in ("row", "softmax") and readout == "sent":
        with pytest.raises(ValueError, match=r"readout='sent' cannot rank after .*Use readout='received'"):
            selector.fit(X)
        return
    expected = naive.infinite_hops(A if readout == "sent" else A.T, np.ones(8), 0.9 / unit)
    np.testing.assert_allclose(selector.fit(X).scores_, expected, rtol=1e-8)


def test_seeded_walks_start_where_they_are_told(table):
    start = np.arange(9.0)
    A = naive.inf_fs(table)
    expected = naive.infinite_hops(A.T, start, 0.9 / naive.spectral_radius(A))
    for given_start in (start, start.tolist(), lambda X, y: np.arange(X.shape[1])):
        fitted = InfFS(readout="seeded", start=given_start).fit(table)
        np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-9)


def test_a_callable_start_reads_the_target(table):
    y = np.arange(40.0)
    fitted = InfFS(readout="seeded", start=lambda X, y: np.abs(np.corrcoef(X.T, y)[-1, :-1])).fit(table, y)
    start = [abs(naive.pearson(x, y)) for x in table.T]
    reference = InfFS(readout="seeded", start=start).fit(table)
    np.testing.assert_allclose(fitted.scores_, reference.scores_)


def test_equal_columns_tie_and_the_lower_index_comes_first(selector, table):
    fitted = selector.fit(table)
    assert fitted.scores_[1] == fitted.scores_[3]
    assert fitted.ranking_[3] == fitted.ranking_[1] + 1
    np.testing.assert_array_equal(fitted.ranking_, naive.ranking(fitted.scores_))


@pytest.mark.compiled
def test_copies_tie_at_size_too(rng):
    X = rng.standard_normal((30, 1500)) * rng.random(1500)
    X[:, 750:] = X[:, :750]
    for dtype in (np.float64, np.float32):
        scores = InfFS().fit(X.astype(dtype)).scores_
        np.testing.assert_array_equal(scores[:750], scores[750:])


def test_constant_columns_come_last_with_score_zero(selector, table):
    reference = clone(selector).fit(table)
    X = np.insert(table, [0, 4], 3.7, axis=1)
    fitted = selector.fit(X)
    assert fitted.scores_[[0, 5]].tolist() == [0, 0]
    assert fitted.ranking_[[0, 5]].tolist() == [10, 11]
    np.testing.assert_allclose(np.delete(fitted.scores_, [0, 5]), reference.scores_, rtol=1e-12)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrays(np.float64, st.tuples(st.integers(3, 10), st.integers(2, 7)), elements=st.integers(-4, 4).map(float)),
    st.randoms(use_true_random=False),
)
def test_permuting_columns_permutes_scores(X, random):
    if (np.ptp(X, axis=0) == 0).all():
        return
    order = random.sample(range(X.shape[1]), X.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for selector in (InfFS(), InfFS(n_hops=2), AttentionSelector()):
            a, b = clone(selector).fit(X).scores_, clone(selector).fit(X[:, order]).scores_
            np.testing.assert_allclose(b, a[order], rtol=1e-9, atol=1e-9 * a.max())


@pytest.mark.compiled
def test_tile_size_and_threads_do_not_change_the_ranking(rng, monkeypatch):
    monkeypatch.setattr("infsel.operators._tiles._WORTH", 1)  # threads for a small table, too
    X = rng.standard_normal((25, 1100)) * rng.random(1100)
    reference = InfFS().fit(X)
    again = InfFS().fit(X)
    np.testing.assert_array_equal(again.scores_, reference.scores_)
    defaults = Gram.__init__.__kwdefaults__ | {"tile": 100, "kept_bytes": 10**6}
    monkeypatch.setattr(Gram.__init__, "__kwdefaults__", defaults)
    tiled = InfFS().fit(X)
    np.testing.assert_array_equal(tiled.ranking_, reference.ranking_)
    np.testing.assert_allclose(tiled.scores_, reference.scores_, rtol=1e-12)


@pytest.mark.parametrize(
    "options", [{"solver": Krylov(max_memory=0)}, {"solver": Krylov(max_memory=0.01)}, {"n_jobs": 1}, {"n_jobs": -1}]
)
def test_memory_and_threads_do_not_change_the_scores(rng, options):
    X = rng.standard_normal((15, 300)) * rng.random(300)
    np.testing.assert_allclose(InfFS(**options).fit(X).scores_, InfFS().fit(X).scores_, rtol=1e-12)


@pytest.mark.parametrize(("working_memory", "keeps"), [(4, True), (1, False)])
def test_the_memory_of_scikit_learn_is_the_default(rng, working_memory, keeps):
    with config_context(working_memory=working_memory):  # a quarter of it; the 300 columns take 0.7 MiB
        A = InfFS(alpha=0, correlation="pearson").fit(rng.standard_normal((10, 300))).graph_
    assert not A.children[0]._kept
    A @ np.ones(300)
    assert bool(A.children[0]._kept) == keeps


@pytest.mark.compiled
def test_fits_in_threads_agree(rng, monkeypatch):
    monkeypatch.setattr("infsel.operators._tiles._WORTH", 1)
    X = rng.standard_normal((25, 1100)) * rng.random(1100)
    fits = joblib.Parallel(n_jobs=4, prefer="threads")(joblib.delayed(InfFS().fit)(X) for _ in range(4))
    for fitted in fits:
        np.testing.assert_allclose(fitted.scores_, fits[0].scores_, rtol=1e-12)


def test_read_only_and_strided_tables(selector, table):
    reference = clone(selector).fit(table).scores_
    frozen = np.asfortranarray(table)
    frozen.flags.writeable = False
    np.testing.assert_allclose(clone(selector).fit(frozen).scores_, reference, rtol=1e-12)
    np.testing.assert_allclose(selector.fit(np.repeat(table, 2, axis=1)[:, ::2]).scores_, reference, rtol=1e-12)


def test_float32_ranks_like_float64(selector, rng):
    X = rng.standard_normal((60, 12)) * np.arange(1, 13)
    double, single = clone(selector).fit(X), clone(selector).fit(X.astype(np.float32))
    np.testing.assert_allclose(single.scores_, double.scores_, rtol=2e-4)
    assert single.transform(X.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize(("asked", "expected"), [(None, 4), (2, 2), (0.5, 4), (1.0, 9), (np.int64(3), 3)])
def test_how_many_are_selected(table, asked, expected):
    fitted = InfFS(n_features_to_select=asked).fit(table)
    assert fitted.support_.sum() == expected
    assert set(fitted.ranking_[fitted.support_]) == set(range(1, expected + 1))
    np.testing.assert_array_equal(fitted.transform(table), table[:, fitted.get_support()])


def test_the_ranking_as_a_frame():
    X, _ = load_wine(return_X_y=True, as_frame=True)
    frame = InfFS(n_features_to_select=3).fit(X).to_frame()
    assert frame.columns.tolist() == ["feature", "score", "rank", "selected"]
    assert frame["rank"].tolist() == list(range(1, 14))
    assert frame.selected.tolist() == [True] * 3 + [False] * 10
    assert frame.score.is_monotonic_decreasing
    assert set(frame.feature) == set(X.columns)
    assert InfFS().fit(X.to_numpy()).to_frame().feature.str.fullmatch(r"x\d+").all()


def test_inverse_transform_fills_with_zeros(table):
    fitted = InfFS(n_features_to_select=4).fit(table)
    np.testing.assert_array_equal(fitted.inverse_transform(fitted.transform(table)), table * fitted.support_)


FRAMES = {"pandas": pd.DataFrame, "polars": pl.DataFrame}


@pytest.mark.parametrize("library", FRAMES)
def test_frames_keep_their_types(library):
    columns = {
        "a": np.array([1, 2, 3, 4], np.int8),
        "b": np.array([0.5, -1, 7, 2], np.float32),
        "c": np.array([True, False, False, True]),
        "d": np.array([1e3, -1e3, 5e3, 0]),
    }
    X = FRAMES[library](columns)
    fitted = InfFS(n_features_to_select=4).fit(X)
    assert isinstance(fitted.set_output(transform="default").transform(X), np.ndarray)
    selected = fitted.set_output(transform=library).transform(X)
    assert type(selected) is type(X)
    assert list(selected.columns) == ["a", "b", "c", "d"]
    assert list(selected.dtypes) == list(X.dtypes)
    fitted = InfFS(n_features_to_select=2, alpha=1.0).fit(X).set_output(transform=library)
    assert list(fitted.transform(X).columns) == fitted.get_feature_names_out().tolist()


def test_frames_of_another_library_than_asked_for():
    X = pd.DataFrame({"a": [1, 2, 3], "b": [3.0, 1.0, 9.0]})
    selected = InfFS(n_features_to_select=1).fit(X).set_output(transform="polars").transform(X)
    assert isinstance(selected, pl.DataFrame)
    assert selected.columns == ["b"]


@pytest.mark.parametrize("library", FRAMES)
def test_grid_search_in_a_pipeline(library):
    data, y = load_wine(return_X_y=True, as_frame=True)
    X = data if library == "pandas" else pl.from_pandas(data)
    pipeline = make_pipeline(MinMaxScaler(), InfFS(n_features_to_select=6), LogisticRegression())
    grid = {"inffs__n_hops": [1, 2, np.inf], "inffs__alpha": [0.2, 0.8]}
    search = GridSearchCV(pipeline, grid, cv=3, n_jobs=2, error_score="raise").fit(X, y)
    assert search.best_score_ > 0.7
    for copy in (pickle.loads(pickle.dumps(search)), clone(search).fit(X, y)):
        np.testing.assert_array_equal(copy.predict(X), search.predict(X))


def test_a_fitted_pipeline_survives_joblib(tmp_path, selector):
    X, y = load_wine(return_X_y=True)
    fitted = make_pipeline(MinMaxScaler(), selector, LogisticRegression()).fit(X, y)
    joblib.dump(fitted, tmp_path / "pipeline.joblib")
    np.testing.assert_array_equal(joblib.load(tmp_path / "pipeline.joblib").predict_proba(X), fitted.predict_proba(X))


def test_attention_takes_part_in_a_grid_search():
    X, y = load_wine(return_X_y=True)
    pipeline = make_pipeline(MinMaxScaler(), AttentionSelector(n_features_to_select=5), LogisticRegression())
    search = GridSearchCV(pipeline, {"attentionselector__temperature": [0.5, 1, 4]}, cv=3).fit(X, y)
    assert search.best_score_ > 0.7


def test_domain_knowledge_in_every_form(table, small_graph):
    matrix = np.pad(small_graph, (0, 1))
    reference = InfFS(affinity=matrix).fit(table)
    names = list("abcdefghi")
    shuffled = pd.DataFrame(matrix, names, names).sample(frac=1, random_state=0).sample(frac=1, axis=1, random_state=1)
    frame = pd.DataFrame(table, columns=names)
    for affinity, X in [
        (matrix.tolist(), table),
        (sp.csr_array(matrix), table),
        (aslinearoperator(matrix), table),
        (lambda X, y: matrix, table),
        (shuffled, frame),
        (pd.DataFrame(matrix), table),
    ]:
        np.testing.assert_allclose(InfFS(affinity=affinity).fit(X).scores_, reference.scores_, atol=1e-9)


def test_a_callable_may_return_nan_for_constant_columns(table):
    X = np.insert(table, 2, 1.0, axis=1)

    def correlation(X, y):
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.abs(np.corrcoef(X, rowvar=False))

    fitted = InfFS(affinity=correlation).fit(X)
    assert fitted.ranking_[2] == 10
    np.testing.assert_allclose(np.delete(fitted.scores_, 2), InfFS(affinity=correlation).fit(table).scores_, rtol=1e-9)


def test_objects_instead_of_names(table):
    by_name = InfFS(affinity="attention", normalization="softmax", readout="received").fit(table)
    by_object = InfFS(affinity=Attention(), normalization=Softmax(), readout="received").fit(table)
    np.testing.assert_array_equal(by_name.scores_, by_object.scores_)
    np.testing.assert_allclose(
        InfFS(affinity=Redundancy("pearson")).fit(table).scores_,
        InfFS(alpha=0, correlation="pearson").fit(table).scores_,
    )


def test_standardized_tables_warn_and_rank_by_independence(table):
    X = (table - table.mean(0)) / table.std(0)
    with pytest.warns(UserWarning, match="same standard deviation"):
        fitted = InfFS().fit(X)
    np.testing.assert_array_equal(fitted.ranking_, InfFS(alpha=0).fit(X).ranking_)


def test_identical_columns_warn_and_keep_their_order():
    X = np.tile(np.arange(5.0)[:, None], 4)
    with pytest.warns(UserWarning, match="zero everywhere"):
        fitted = InfFS(alpha=0).fit(X)
    assert fitted.scores_.tolist() == [0] * 4
    assert fitted.ranking_.tolist() == [1, 2, 3, 4]


def test_one_column_is_its_own_ranking(selector):
    fitted = selector.fit(np.arange(5.0)[:, None])
    assert (fitted.ranking_.tolist(), fitted.support_.tolist()) == ([1], [True])


def test_two_rows_are_enough():
    fitted = InfFS().fit(np.array([[0.0, 0, 0], [1, 2, 3]]))
    assert fitted.ranking_.tolist() == [3, 2, 1]


def test_a_basis_that_is_too_small_warns(rng):
    X = rng.standard_normal((50, 40)) * rng.random(40)
    with pytest.warns(ConvergenceWarning, match=r"relative error .* max_iter=2 products"):
        fitted = InfFS(solver=Krylov(max_iter=2)).fit(X)
    assert fitted.residual_ > 1e-10
    assert fitted.n_iter_ == 2
