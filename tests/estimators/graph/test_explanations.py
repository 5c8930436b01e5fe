"""What a fitted selector says about its scores."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_wine
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.svm import SVC

from infsel import AttentionSelector, InfFS
from infsel.affinities import Dispersion, Redundancy

SELECTORS = [
    InfFS(),
    InfFS(n_hops=1),
    InfFS(n_hops=4, damping=0.5),
    InfFS(normalization="row", readout="received"),
    InfFS(readout="total", n_hops=3),
    InfFS(propagation="stationary"),
    InfFS(propagation="heat"),
    InfFS(propagation="pagerank", normalization="row", readout="received"),
    InfFS(readout="seeded", start=np.arange(9.0)),
    InfFS.from_preset("tpami2020-unsupervised-released"),
    AttentionSelector(temperature=10),
    AttentionSelector(temperature=10, n_heads=4, exclude_self=True),
]


@pytest.fixture(params=SELECTORS, ids=lambda selector: repr(selector)[:60])
def fitted(request, table):
    return clone(request.param).fit(table)


def test_start_and_neighbors_sum_to_the_score(fitted):
    for feature in range(9):
        reasons = fitted.explain(feature, n_neighbors=3)
        score = fitted.scores_[feature]
        own = reasons.share[reasons.part == "start"].sum() * score
        assert own + reasons.value[reasons.part == "neighbor"].sum() == pytest.approx(score, rel=1e-7)
        assert (reasons.part == "neighbor").sum() == 4


def test_hops_sum_to_the_score_where_there_are_hops(fitted):
    reasons = fitted.explain(2)
    hops = reasons[reasons.part == "hop"]
    if fitted.get_params().get("propagation") == "stationary":
        assert hops.empty
        with pytest.raises(AttributeError, match="no sum over hops"):
            fitted.hop_profile_.sum()
        return
    assert hops.share.sum() == pytest.approx(1)
    assert fitted.hop_profile_.sum() == pytest.approx(1)
    assert 1 <= fitted.effective_hops_ <= len(fitted.hop_profile_)


def test_the_profile_tells_single_hops_from_many(table):
    assert InfFS(n_hops=1).fit(table).effective_hops_ == 1
    assert AttentionSelector().fit(table).hop_profile_.tolist() == [1.0]
    released = InfFS.from_preset("tpami2020-unsupervised-released").fit(table)
    assert released.effective_hops_ < 1.5
    assert InfFS().fit(table).effective_hops_ > 5


def test_neighbors_bring_what_their_edge_and_their_walks_say(table):
    fitted = InfFS(n_hops=2, damping=0.5).fit(table)
    A = fitted.graph_.to_dense() * 0.5 / fitted.spectral_radius_
    brought = A[4] * (1 + A @ np.ones(9))
    reasons = fitted.explain(4, n_neighbors=9)
    neighbors = reasons[reasons.part == "neighbor"].iloc[:-1]
    np.testing.assert_allclose(neighbors.value, np.sort(brought)[::-1], rtol=1e-8)
    assert neighbors["name"].iloc[0] == f"x{np.argmax(brought)}"


def test_features_are_named_as_in_the_table():
    X, _ = load_wine(return_X_y=True, as_frame=True)
    fitted = InfFS().fit(X.assign(constant=1.0))
    reasons = fitted.explain("proline")
    assert reasons.columns.tolist() == ["part", "name", "value", "share"]
    assert set(reasons[reasons.part == "neighbor"]["name"]) <= {*X.columns, "(others)"}
    with pytest.raises(ValueError, match="'constant' is constant or excluded: it has no place"):
        fitted.explain("constant")
    with pytest.raises(ValueError, match="'grape' is neither a column name nor a number from 0 to 13"):
        fitted.explain("grape")
    with pytest.raises(ValueError, match="99 is neither"):
        fitted.explain(99)


def test_a_feature_without_walks_is_explained_too():
    X = np.random.default_rng(0).standard_normal((20, 3))
    fitted = InfFS(affinity=np.diag([1.0, 2.0, 0.0])).fit(X)
    assert fitted.explain(2).value.tolist()[0] == 1
    assert fitted.explain(2).share.sum() == 0


def test_an_explanation_survives_pickling(fitted):
    again, again.graph_ = map(pickle.loads, (pickle.dumps(fitted), pickle.dumps(fitted.graph_)))
    pd.testing.assert_frame_equal(again.explain(3), fitted.explain(3))


def test_a_fitted_selector_keeps_no_tiles(rng):
    fitted = InfFS(alpha=0).fit(rng.standard_normal((20, 300)))
    assert len(pickle.dumps(fitted.graph_)) < 300 * 20 * 8 + 20 * 300 * 8 + 50_000


def test_both_directions_add_up(table, small_graph):
    X = table[:, :8] + np.random.default_rng(0).random((40, 8))
    sent, received, total = (
        InfFS(affinity=small_graph, readout=readout).fit(X).scores_ for readout in ("sent", "received", "total")
    )
    np.testing.assert_allclose(total, sent + received, rtol=1e-9)


def test_attention_weights_of_chosen_features():
    X, _ = load_wine(return_X_y=True, as_frame=True)
    fitted = AttentionSelector(temperature=4).fit(X.assign(constant=1.0))
    weights = fitted.attention_weights(["proline", 0])
    assert weights.index.tolist() == ["proline", "alcohol"]
    assert weights.columns.tolist() == X.columns.tolist()
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    everything = fitted.attention_weights(list(X.columns))
    np.testing.assert_allclose(0.9 * everything.sum(), fitted.scores_[:-1])
    with pytest.raises(ValueError, match="'constant' is constant or excluded"):
        fitted.attention_weights(["proline", "constant"])


def test_the_target_token_scores_by_its_own_attention():
    X, y = load_wine(return_X_y=True, as_frame=True)
    fitted = AttentionSelector(target_token=True, n_features_to_select=4).fit(X, y)
    assert fitted.scores_.sum() == pytest.approx(0.9)
    assert "proline" in fitted.get_feature_names_out()
    with pytest.raises(ValueError, match="read scores_"):
        fitted.attention_weights(["proline"])
    with pytest.raises(ValueError, match="needs a target"):
        clone(fitted).fit(X)


@pytest.mark.parametrize("name", ["fisher", "anova", "auc", "mutual-information"])
def test_walks_start_at_what_the_target_asks_for(name, table):
    y = np.arange(40) % 2
    fitted = InfFS(readout="seeded", start=name).fit(table, y)
    from infsel.relevances import as_relevance

    reference = InfFS(readout="seeded", start=as_relevance(name)(table, y)).fit(table)
    np.testing.assert_allclose(fitted.scores_, reference.scores_)


def test_a_grid_search_tunes_any_part_of_a_formula():
    X, y = load_wine(return_X_y=True)
    affinity = 0.5 * Dispersion() + 0.5 * Redundancy()
    pipeline = make_pipeline(MinMaxScaler(), InfFS(affinity=affinity, n_features_to_select=5), SVC())
    grid = {
        "inffs__affinity__first__weight": [0.1, 0.9],
        "inffs__affinity__second__affinity__correlation": ["spearman", "pearson"],
        "inffs__propagation": ["hops", "stationary"],
    }
    search = GridSearchCV(pipeline, grid, cv=3, error_score="raise").fit(X, y)
    assert set(search.best_params_) == set(grid)
    assert repr(affinity) == "0.5 * Dispersion() + 0.5 * Redundancy()"
