"""What leaves the process: everything a fitted selector says, and not the table that it was fitted on."""

import copy
import pickle

import numpy as np
import pandas as pd
import pytest
from joblib import parallel_config
from public import EVERY
from sklearn.base import clone

from infsel import AttentionSelector, InfFS, RankAggregator
from infsel.affinities import Dispersion
from infsel.inspection import HopPathDisplay
from infsel.krylov import Krylov

pytestmark = pytest.mark.filterwarnings("ignore:All scores are:UserWarning")  # of attention that stays with each

GRAPHS = {
    "InfFS": InfFS(),
    "total": InfFS(readout="total", n_hops=3, correlation="pearson"),
    "heat": InfFS(propagation="heat"),
    "seeded": InfFS(affinity="attention", normalization="softmax", readout="seeded", start="anova"),
    "settled": InfFS(
        affinity="signed-correlation", normalization="none", propagation="resolvent", damping=-2.0
    ).set_params(readout="settled", start="signed-pearson"),
    "row": InfFS(normalization="row", readout="received"),
    "landmarks": InfFS(solver=Krylov(n_landmarks=20, random_state=0)),
    "given": InfFS(affinity=np.ones((60, 60))),
    "dispersion": InfFS(affinity=Dispersion()),
    "AttentionSelector": AttentionSelector(),
    "heads": AttentionSelector(n_heads=2),
    "target": AttentionSelector(target_token=True),
}
CARRIED = ("scores_", "ranking_", "support_", "n_iter_", "residual_", "spectral_radius_", "n_features_in_")


@pytest.fixture
def X(rng):
    return rng.standard_normal((120, 60)) * np.arange(1, 61)


@pytest.fixture
def y():
    return np.arange(120) % 2


@pytest.fixture
def loaded(fitted):
    return pickle.loads(pickle.dumps(fitted))


@pytest.fixture(params=GRAPHS)
def fitted(request, X, y):
    return clone(GRAPHS[request.param]).fit(X, y)


def test_a_pickle_says_what_the_selector_says(fitted, loaded, X):
    for attribute in CARRIED:
        np.testing.assert_array_equal(getattr(loaded, attribute), getattr(fitted, attribute))
    np.testing.assert_array_equal(loaded.transform(X), fitted.transform(X))
    pd.testing.assert_frame_equal(loaded.to_frame(), fitted.to_frame())
    loaded.set_params(n_features_to_select=3)
    assert loaded.support_.sum() == 3


@pytest.mark.parametrize("name", ["InfFS", "total", "heat", "row", "landmarks", "AttentionSelector"])
def test_a_pickle_knows_its_hops(X, y, name):
    fitted = clone(GRAPHS[name]).fit(X, y)
    loaded = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(fitted))))
    np.testing.assert_array_equal(loaded.hop_profile_, fitted.hop_profile_)
    assert loaded.effective_hops_ == fitted.effective_hops_
    assert loaded.saturation_depth_ == fitted.saturation_depth_
    pd.testing.assert_frame_equal(loaded.hop_path(), fitted.hop_path())
    HopPathDisplay.from_estimator(loaded)


def test_the_graph_is_left_behind_and_said_to_be(fitted, loaded):
    assert not hasattr(loaded, "graph_")
    message = "is not kept in a pickle, because it holds the training table: fit again, or pickle selector.graph_"
    with pytest.raises(AttributeError, match=message):
        loaded.graph_  # noqa: B018
    with pytest.raises(AttributeError, match=message):
        loaded.explain(3)
    if isinstance(loaded, AttentionSelector) and not loaded.target_token:
        with pytest.raises(AttributeError, match=message):
            loaded.attention_weights([1, 2])


def test_who_wants_the_graph_pickles_it_beside(fitted):
    loaded, loaded.graph_ = map(pickle.loads, (pickle.dumps(fitted), pickle.dumps(fitted.graph_)))
    pd.testing.assert_frame_equal(loaded.explain(3), fitted.explain(3))


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copies_in_the_process_keep_the_graph(fitted, duplicate):
    again = duplicate(fitted)
    pd.testing.assert_frame_equal(again.explain(3), fitted.explain(3))
    again.set_params(n_features_to_select=1)
    assert fitted.n_features_to_select is None


def test_unfitted_selectors_have_no_graph():
    from sklearn.exceptions import NotFittedError

    with pytest.raises(NotFittedError):
        InfFS().graph_  # noqa: B018
    assert not hasattr(pickle.loads(pickle.dumps(InfFS())), "graph_")


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_no_pickle_is_of_the_size_of_the_table(X, y, name):
    fitted = clone(EVERY[name]).fit(X, y)
    fitted.transform(X)
    assert len(pickle.dumps(fitted)) < X.nbytes / 3  # 57,600 bytes
    for column in range(3):  # in any precision, scaled or ranked, a table has as many numbers
        assert X[:, column].tobytes() not in pickle.dumps(fitted)


def test_a_pickle_grows_with_the_columns_and_not_with_the_rows(rng):
    few, many = (InfFS().fit(rng.standard_normal((n, 50))) for n in (50, 5000))
    assert abs(len(pickle.dumps(few)) - len(pickle.dumps(many))) < 3000
    assert len(pickle.dumps(few)) < 12_000


def test_workers_send_selectors_back_without_their_tables(X, y):
    with parallel_config(backend="loky", n_jobs=2):
        fused = RankAggregator([("walks", InfFS()), ("attention", AttentionSelector())]).fit(X[:, :20], y)
    alone = RankAggregator([("walks", InfFS()), ("attention", AttentionSelector())]).fit(X[:, :20], y)
    np.testing.assert_array_equal(fused.scores_, alone.scores_)
    assert not any(hasattr(selector, "graph_") for _, selector in fused.selectors_)
    assert all(hasattr(selector, "graph_") for _, selector in alone.selectors_)


def test_moments_go_on_and_fit_drops_them(X):
    in_batches = InfFS(correlation="pearson").partial_fit(X[:60, :30])
    loaded = pickle.loads(pickle.dumps(in_batches)).partial_fit(X[60:, :30])
    np.testing.assert_allclose(loaded.scores_, InfFS(correlation="pearson").fit(X[:, :30]).scores_, rtol=1e-9)
    assert len(pickle.dumps(loaded.fit(X[:, :30]))) < 8 * 30 * 30


@pytest.mark.parametrize("name", [*EVERY, "partial_fit"])
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_skops_saves_and_loads(X, y, name):
    io = pytest.importorskip("skops.io")
    X = X[:, :9]
    fitted = InfFS(correlation="pearson").partial_fit(X) if name == "partial_fit" else clone(EVERY[name]).fit(X, y)
    saved = io.dumps(fitted)
    loaded = io.loads(saved, trusted=io.get_untrusted_types(data=saved))
    np.testing.assert_array_equal(loaded.scores_, fitted.scores_)
    np.testing.assert_array_equal(loaded.ranking_, fitted.ranking_)
    np.testing.assert_array_equal(loaded.transform(X), fitted.transform(X))
    if hasattr(fitted, "hop_profile_"):
        np.testing.assert_array_equal(loaded.hop_profile_, fitted.hop_profile_)


def test_looking_at_a_selector_writes_nothing(tmp_path, X):
    for selector in (InfFS(memory=tmp_path / "cache"), AttentionSelector(memory=str(tmp_path / "cache"))):
        hasattr(selector, "partial_fit"), dir(selector), repr(selector), selector.get_params(), clone(selector)
        [getattr(selector, name, None) for name in dir(type(selector)) if not name.startswith("__")]
        copy.deepcopy(selector), pickle.dumps(selector), selector._repr_html_()
        assert not list(tmp_path.iterdir())
    InfFS(memory=tmp_path / "cache").fit(X[:, :5])
    assert list(tmp_path.iterdir())
