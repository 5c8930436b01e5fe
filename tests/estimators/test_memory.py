"""What a fit leaves for the next."""

import pickle

import joblib
import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, InfFS
from infsel.affinities import Redundancy
from infsel.estimators.base._ranking import RankingSelector
from infsel.krylov import Krylov
from infsel.normalizations import Softmax
from infsel.operators import FeatureOperator, Gram

SELECTORS = [
    InfFS(),
    InfFS(n_hops=2, readout="total"),
    InfFS(normalization="row", readout="received"),
    InfFS(normalization="sinkhorn", readout="seeded", start="anova"),
    InfFS(affinity="attention", normalization="softmax", readout="received"),
    AttentionSelector(),
    AttentionSelector(n_heads=2, exclude_self=True),
]


@pytest.fixture
def calls(monkeypatch):
    """Every affinity computed, by the number of rows it was computed from, and every product with a Gram matrix."""
    seen = {"affinity": [], "product": 0}
    build, multiply = Redundancy.relate, Gram._matvec

    def counted(self, X, y=None):
        seen["affinity"].append(X.shape[0])
        return build(self, X, y)

    def multiplied(self, x):
        seen["product"] += 1
        return multiply(self, x)

    monkeypatch.setattr(Redundancy, "relate", counted)
    monkeypatch.setattr(Gram, "_matvec", multiplied)
    return seen


@pytest.mark.parametrize("selector", SELECTORS, ids=repr)
def test_memory_changes_no_bit(selector, table, tmp_path):
    y = np.arange(40) % 3
    plain = clone(selector).fit(table, y)
    for _ in range(2):  # computed, then found
        remembered = clone(selector).set_params(memory=str(tmp_path)).fit(table, y)
        for attribute in ("scores_", "ranking_", "support_", "n_iter_", "residual_", "spectral_radius_"):
            np.testing.assert_array_equal(getattr(remembered, attribute), getattr(plain, attribute))
        np.testing.assert_array_equal(remembered.graph_.to_dense(), plain.graph_.to_dense())
        assert remembered.graph_.nonnegative == plain.graph_.nonnegative
        again, again.graph_ = map(pickle.loads, (pickle.dumps(remembered), pickle.dumps(remembered.graph_)))
        np.testing.assert_array_equal(again.explain(2).value, plain.explain(2).value)


def test_the_columns_are_kept_once(tmp_path, rng):
    X = rng.standard_normal((400, 50))
    selector = InfFS(alpha=0, correlation="pearson", memory=str(tmp_path)).fit(X)
    assert X.nbytes < sum(file.stat().st_size for file in tmp_path.rglob("*.pkl")) < 1.5 * X.nbytes
    assert len(pickle.dumps(selector.graph_)) < 1.5 * X.nbytes


def test_a_search_computes_each_graph_once(calls, tmp_path, rng):
    X, y = rng.standard_normal((60, 12)) * np.arange(1, 13), np.arange(60) % 2
    grid = {
        "inffs__n_hops": [1, np.inf],
        "inffs__damping": [0.5, 0.9],
        "inffs__n_features_to_select": [2, 4, 6],
    }

    def search(memory):
        pipeline = make_pipeline(MinMaxScaler(), InfFS(memory=memory), LogisticRegression())
        return GridSearchCV(pipeline, grid, cv=3).fit(X, y)

    found = search(str(tmp_path))
    assert calls["affinity"] == [40, 40, 40, 60]  # three folds and the refit, for twelve candidates
    products = calls["product"]
    search(str(tmp_path))
    assert calls["affinity"] == [40, 40, 40, 60]
    assert calls["product"] == products  # nothing new to multiply either
    expected = search(None)
    assert len(calls["affinity"]) == 4 + 37
    assert calls["product"] > 8 * products
    assert found.best_params_ == expected.best_params_
    np.testing.assert_array_equal(found.cv_results_["mean_test_score"], expected.cv_results_["mean_test_score"])


@pytest.mark.parametrize(
    ("change", "computed"),
    [
        ({"n_hops": 3}, 0),
        ({"damping": 0.2}, 0),
        ({"readout": "received"}, 0),
        ({"n_features_to_select": 1}, 0),
        ({"propagation": "heat"}, 0),
        ({"solver": Krylov(tol=1e-6, max_iter=7)}, 0),
        ({"alpha": 0.4}, 1),
        ({"correlation": "pearson"}, 1),
        ({"normalization": "none", "n_hops": 2}, 1),
        ({"constant_columns": "inside"}, 1),
    ],
    ids=str,
)
def test_only_what_shapes_the_graph_computes_it_anew(calls, table, tmp_path, change, computed):
    table[:, 4] = 1
    memory = joblib.Memory(tmp_path, verbose=0)
    InfFS(memory=memory).fit(table)
    InfFS(memory=memory, **change).fit(table)
    assert len(calls["affinity"]) == 1 + computed


def test_the_content_of_the_table_is_the_key(calls, table, tmp_path):
    for same in (table, table.copy(), table.tolist()):
        InfFS(memory=tmp_path).fit(same)
    assert len(calls["affinity"]) == 1
    for n, other in enumerate((table + np.eye(40, 9), table[:-1], table.astype(np.float32), sp.csr_array(table)), 2):
        InfFS(memory=tmp_path).fit(other)
        assert len(calls["affinity"]) == n


def test_the_target_is_part_of_the_content(table, tmp_path):
    def fitted(y):
        return InfFS.from_preset("tpami2020-supervised", memory=tmp_path).fit(table, y).scores_

    first, second = fitted(np.arange(40) % 2), fitted(np.arange(40) // 20)
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(fitted(np.arange(40) % 2), first)


def test_a_table_in_shared_memory_serves(table, tmp_path):
    memory = joblib.Memory(tmp_path, mmap_mode="r", verbose=0)
    expected = InfFS().fit(table).scores_
    for n_hops in (np.inf, np.inf, 3):
        scores = InfFS(memory=memory, n_hops=n_hops).fit(table).scores_
        if n_hops == np.inf:
            np.testing.assert_array_equal(scores, expected)


def test_a_stored_table_is_found_by_its_content(calls, table, tmp_path):
    np.save(tmp_path / "table.npy", table)
    for _ in range(2):
        InfFS(memory=tmp_path).fit(np.load(tmp_path / "table.npy", mmap_mode="r"))
    assert len(calls["affinity"]) == 1


def test_what_cannot_be_found_again_is_refused(table, tmp_path):
    told = r"memory finds a graph by the content.*pickled \(Can't pickle .{1,200}\): .*of a module, or pass memory=None"
    with pytest.raises(ValueError, match=told):
        InfFS(affinity=lambda X, y: np.corrcoef(X.T), memory=tmp_path).fit(table)
    with pytest.raises(ValueError, match="memory keeps exact graphs and n_landmarks makes none"):
        InfFS(memory=tmp_path, solver=Krylov(n_landmarks=16)).fit(np.tile(table, 3) + np.eye(40, 27))
    with pytest.raises(ValueError, match="'memory' should be None, a string or have the same interface"):
        InfFS(memory=7).fit(table)


def test_support_follows_its_parameter_without_a_fit(table):
    fitted = InfFS(n_features_to_select=2).fit(table)
    scores = fitted.scores_
    for k, n in ((5, 5), (1.0, 9), (None, 4)):
        fitted.set_params(n_features_to_select=k)
        assert fitted.transform(table).shape == (40, n)
        assert fitted.support_.sum() == fitted.get_support().sum() == fitted.to_frame().selected.sum() == n
        np.testing.assert_array_equal(fitted.support_, InfFS(n_features_to_select=k).fit(table).support_)
    assert fitted.scores_ is scores
    fitted.n_features_to_select = 10
    with pytest.raises(ValueError, match="n_features_to_select=10: X has 9 features"):
        fitted.transform(table)


def test_a_selector_that_ranks_no_further_selects_no_further():
    class First(RankingSelector):
        n_features_to_select = 2

        def fit(self, X, y=None):
            X = self._validated(X, y)
            self._rank(np.arange(5.0), np.ones(5, dtype=bool), 1e-16, 2)
            return self

    fitted = First().fit(np.eye(5))
    for k, n in ((1, 1), (2, 2), (4, 2)):
        fitted.n_features_to_select = k
        assert fitted.support_.sum() == n


def test_a_remembered_graph_lists_its_rows(table, tmp_path):
    graph = InfFS(normalization=Softmax(), readout="received", memory=tmp_path).fit(table).graph_
    assert isinstance(graph, FeatureOperator)
    np.testing.assert_allclose(graph.rows(np.array([3, 1])).sum(axis=1), 1)
