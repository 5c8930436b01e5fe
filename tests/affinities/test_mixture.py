"""Weights of heads: by relevance held out, and by pseudo-labels."""

import naive
import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline

from infsel import InfFS
from infsel.affinities import Correlation, Given, Mixture, Rows, SquaredCorrelation
from infsel.affinities._mixed_walks import Walks
from infsel.affinities._mixture import gathered, labelled
from infsel.affinities._pseudo_labels import PseudoLabels, pseudo_labels
from infsel.operators import Stored
from infsel.relevances import Correlation as Correlation_of
from infsel.relevances import cross_fitted
from infsel.tables import as_table

N = 40


@pytest.fixture
def data(rng):
    """Forty columns, of which the first ten act together; a graph that knows, and one that does not."""
    X = rng.standard_normal((80, N))
    y = X[:, :10].sum(axis=1) + 2 * rng.standard_normal(80)
    decade, digit = np.arange(N) // 10, np.arange(N) % 10
    return X, y, [(kind == kind[:, None]) * 1.0 for kind in (decade, digit)]


def rows(graph):
    return graph / graph.sum(axis=1, keepdims=True)


@pytest.fixture
def heads(rng):
    return [rows(rng.random((N, N))) for _ in range(3)]


@pytest.fixture
def rated(data):
    return cross_fitted("pearson", as_table(data[0]), data[1], n_splits=2)


@pytest.mark.parametrize("n_hops", [1, 3, np.inf])
def test_walks_bring_what_sums_over_hops_bring(heads, rated, n_hops):
    w = np.array([0.5, 0.3, 0.2])
    P = sum(weight * head for weight, head in zip(w, heads, strict=True))
    found = Walks([Stored(head) for head in heads], n_hops).scores(w, 0.8, rated.given).values
    for scores, start in zip(found.T, rated.given.T, strict=True):
        wanted = naive.infinite_hops(P, start, 0.8) if np.isinf(n_hops) else naive.hops(P, start, n_hops, 0.8)
        np.testing.assert_allclose(scores, wanted, rtol=1e-10)


def differences(objective, x, step=1e-5):
    units = step * np.eye(len(x))
    return np.array([(objective(x + unit)[0] - objective(x - unit)[0]) / (2 * step) for unit in units])


@pytest.mark.parametrize("damping", [None, 0.7])
@pytest.mark.parametrize("n_hops", [1, 3, np.inf])
def test_the_gradient_is_that_of_differences(heads, rated, rng, n_hops, damping):
    walks, x = Walks([Stored(head) for head in heads], n_hops), rng.standard_normal(4)
    slope = gathered(x, walks, rated, 1e-3, damping)[1]
    np.testing.assert_allclose(slope, differences(lambda x: gathered(x, walks, rated, 1e-3, damping), x), atol=1e-8)


def test_large_graphs_are_walked_for_two_hops(heads, rated, monkeypatch):
    w, operators = np.array([0.5, 0.3, 0.2]), [Stored(head) for head in heads]
    two = Walks(operators, 2).scores(w, 0.8, rated.given).values
    monkeypatch.setattr("infsel.affinities._mixed_walks._STORED_BYTES", 0)
    np.testing.assert_array_equal(Walks(operators, np.inf).scores(w, 0.8, rated.given).values, two)


def test_the_gradient_of_pseudo_labels_is_that_of_differences(heads, rng):
    labels, x = pseudo_labels([Stored(head) for head in heads], rng.random(N)), rng.standard_normal(4)
    slope = labelled(x, labels, 1e-3)[1]
    np.testing.assert_allclose(slope, differences(lambda x: labelled(x, labels, 1e-3), x), atol=1e-8)


def test_the_loss_of_pseudo_labels_is_that_of_its_authors(heads, rng):
    relevance = rng.random(N)
    labels = pseudo_labels([Stored(head) for head in heads], relevance)
    w, bias = np.array([0.2, 0.5, 0.3]), -0.4
    wanted = naive.affinity_loss(heads, relevance, w, bias, n_relevant=2, n_irrelevant=20)
    assert labels.loss(w, bias)[0] == pytest.approx(wanted, rel=1e-12)


def test_a_loss_by_hand():
    """Two alike at a = 1/2, one unlike at a = 1/2: (0.5 * 2 * 0.5) / 3 + (0.5 * 0.5) / 2."""
    labels = PseudoLabels(np.zeros((1, 3)), np.array([True, True, False]))
    assert labels.loss(np.ones(1), 0.0)[0] == pytest.approx(0.5 / 3 + 0.25 / 2, rel=1e-15)


@pytest.mark.parametrize("objective", ["cross-fitted", "pseudo-labels"])
def test_the_graph_that_knows_gets_the_weight(data, objective):
    X, y, graphs = data
    selector = InfFS(
        affinity=Mixture([Given(graph) for graph in graphs], objective=objective), readout="attended", start="pearson"
    ).fit(X, y)
    assert selector.affinity_.first.weight > 0.8
    again = clone(selector).set_params(affinity=selector.affinity_).fit(X, y)
    np.testing.assert_array_equal(again.scores_, selector.scores_)


def test_what_is_printed_is_what_is_computed(data):
    X, y, _ = data
    formula = Mixture([SquaredCorrelation(False), SquaredCorrelation("cut")]).resolve(np.arange(N), as_table(X), y)
    shown = repr(formula)
    assert "* Rows(SquaredCorrelation(debiased=False)) + " in shown
    scope = {"Rows": Rows, "SquaredCorrelation": SquaredCorrelation}
    np.testing.assert_array_equal(eval(shown, scope)(X, y).to_dense(), formula(X, y).to_dense())


def test_learned_damping_multiplies_the_weights(data):
    X, y, graphs = data
    formula = Mixture([Given(graph) for graph in graphs], damping="learned").resolve(np.arange(N), as_table(X), y)
    sums = formula(X).to_dense().sum(axis=1)
    assert 0 < sums[0] <= 0.991  # rounded
    np.testing.assert_allclose(sums, sums[0], rtol=1e-12)
    walked = InfFS(
        affinity=formula, normalization="none", propagation="resolvent", damping=1, readout="attended", start="pearson"
    ).fit(X, y)
    b = Correlation_of("pearson")(X, y)
    np.testing.assert_allclose(walked.scores_, naive.infinite_hops(formula(X).to_dense(), b, 1.0), rtol=1e-8)


def test_constant_columns_stand_outside(data):
    X, y, graphs = data
    X[:, 7] = 1
    selector = InfFS(affinity=Mixture([Given(graph) for graph in graphs]), readout="attended", start="pearson")
    inside = np.delete(np.arange(N), 7)
    small = [Given(graph[np.ix_(inside, inside)]) for graph in graphs]
    found, wanted = selector.fit(X, y), clone(selector).set_params(affinity=Mixture(small)).fit(X[:, inside], y)
    assert [weight for weight, _ in found.affinity_.terms()] == [weight for weight, _ in wanted.affinity_.terms()]


def test_weights_are_repeated_rows(data, rng):
    X, y, graphs = data
    counts = rng.integers(1, 3, len(X))
    selector = InfFS(affinity=Mixture([Given(graph) for graph in graphs]), readout="attended", start="pearson")
    weighted = clone(selector).fit(X, y, sample_weight=counts)
    repeated = selector.fit(np.repeat(X, counts, axis=0), np.repeat(y, counts))
    assert [weight for weight, _ in weighted.affinity_.terms()] == [weight for weight, _ in repeated.affinity_.terms()]


def test_sparse_heads_stay_sparse_and_a_search_reaches_the_mixture(data):
    X, y, graphs = data
    mixture = Mixture([Given(sparse.csr_array(graph)) for graph in graphs])
    selector = InfFS(affinity=mixture, readout="attended", start="pearson", n_features_to_select=10)
    grid = {"infs__affinity__objective": ["cross-fitted", "pseudo-labels"], "infs__affinity__l2": [1e-4, 1e-2]}
    grid = {name.replace("infs", "inffs"): values for name, values in grid.items()}
    search = GridSearchCV(make_pipeline(selector, GaussianNB()), grid, cv=2).fit(X, y > 0)
    assert search.best_params_["inffs__affinity__l2"] in (1e-4, 1e-2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"affinities": [Rows(Correlation())]}, "pass a list of two or more"),
        ({"affinities": []}, "pass a list of two or more"),
        ({"affinities": ["inf-fs", "attention"]}, "pass a list of two or more"),
        ({"affinities": [Correlation(), SquaredCorrelation(False)]}, r"Correlation\(\) may have negative entries"),
        ({"affinities": [Given(-np.eye(N)), Given(np.eye(N))]}, "has negative entries"),
        ({"objective": "labels"}, "choose one of 'cross-fitted' or 'pseudo-labels'|Mixture.objective='labels'"),
        ({"damping": 1.5}, "Mixture.damping=1.5: pass a number between 0 and 1"),
        ({"damping": "learned", "objective": "pseudo-labels"}, "Mixture.damping='learned' with objective"),
        ({"n_splits": 0}, "Mixture.n_splits=0"),
        ({"l2": -1.0}, "Mixture.l2=-1.0"),
        ({"relevance": np.ones(N)}, "Mixture.relevance is one number a feature"),
    ],
)
def test_refusals(data, change, message):
    X, y, graphs = data
    with pytest.raises(ValueError, match=message):
        Mixture(**{"affinities": [Given(graph) for graph in graphs]} | change)(X, y)


def test_targets_that_teach_nothing(data):
    X, y, graphs = data
    mixture = Mixture([Given(graph) for graph in graphs])
    with pytest.raises(ValueError, match="y is None"):
        mixture(X)
    with pytest.raises(ValueError, match=r"everywhere: pass a target that varies|on a half of the rows"):
        mixture(X, np.ones(80))
    with pytest.raises(ValueError, match=r"X has 5 rows: .* takes 6 or more"):
        mixture(X[:5], y[:5])
    with pytest.raises(ValueError, match="the same for every feature"):
        Mixture([Given(graph) for graph in graphs], "pseudo-labels", np.ones(N))(X, y)
