"""Directions of edges against graphs whose causes are known, hidden ones among them."""

import naive
import numpy as np
import pandas as pd
import pytest

from infsel import CriterionSelector
from infsel.studies import edge_directions

N = 50


def drawn(seed, n_nodes=9):
    """A random graph of causes, samples with exactly the covariance it implies, and what is caused over any hops."""
    rng = np.random.default_rng(seed)
    G = np.tril(rng.choice([-1, 1], (n_nodes, n_nodes)) * rng.uniform(0.5, 1, (n_nodes, n_nodes)), -1)
    G *= rng.random((n_nodes, n_nodes)) < 0.3
    order = rng.permutation(n_nodes)
    G = G[np.ix_(order, order)]
    noise = np.linalg.qr(np.c_[np.ones(N), rng.standard_normal((N, n_nodes))])[0][:, 1:]
    caused = np.linalg.inv(2 * np.eye(n_nodes) - (G != 0)) > 1e-9
    return G, noise @ np.linalg.inv(np.eye(n_nodes) - G).T, caused


def test_the_blanket_is_that_of_the_graph():
    compared = 0
    for seed in range(20):
        G, X, _ = drawn(seed)
        children = G[:, 0] != 0
        blanket = ((G[0] != 0) | children | (G[children] != 0).any(axis=0))[1:]  # parents, children and their parents
        partial = np.abs(naive.partial_correlations(np.corrcoef(X.T))[0, 1:])
        np.testing.assert_allclose(partial[~blanket], 0, atol=1e-12)
        if blanket.any() and partial[blanket].min() > 0.1:  # what so many rows can see
            X, compared = np.repeat(X, 20, axis=0), compared + 1
            found = CriterionSelector("partial-correlation", n_features_to_select="auto").fit(X[:, 1:], X[:, 0])
            np.testing.assert_array_equal(found.support_, blanket)
    assert compared > 5


def test_directions_never_contradict_the_graph_though_causes_are_hidden():
    told = {"into": 0, "out of": 0, "apart": 0, "undecided": 0}
    for seed in range(100):
        _, X, caused = drawn(seed)
        near = np.abs(np.linalg.inv(np.corrcoef(X[:, :7].T))[0, 1:]) > 1e-6  # two nodes are hidden
        if not near.any():
            continue
        # independence is exact here, so that a p-value near 1 tells it from the weakest relation
        found = edge_directions(X[:, 1:7], X[:, 0], near, alpha=0.9999)
        for name, direction in zip(found.feature, found.direction, strict=True):
            told[direction] += 1
            assert direction not in ("into", "out of") or caused[1 + int(name[1:]), 0] == (direction == "out of")
    assert told["into"] > 20, told
    assert told["out of"] > 0, told


def test_laws(rng):
    X = rng.standard_normal((400, 4))
    y = X[:, 0] - X[:, 1] + rng.standard_normal(400)
    frame = pd.DataFrame(X, columns=["a", "b", "effect", "spouse"]).assign(effect=lambda t: y + t.spouse + t.effect)
    found = edge_directions(frame, y, ["a", "b", "effect", "spouse"])
    assert found.direction.tolist() == ["into", "into", "out of", "apart"]
    assert found.beside.tolist()[:2] == ["b", "a"]
    assert pd.isna(found.beside[3])
    moved = edge_directions(frame[frame.columns[::-1]] * -3 + 1, 7 - y, np.ones(4, bool))
    assert moved.direction.tolist() == found.direction.tolist()[::-1]
    assert edge_directions(frame, y, ["a"]).direction.tolist() == ["undecided"]
    assert edge_directions(frame, y > 0, ["a", "b"]).direction.tolist() == ["into", "into"]
    for wrong, message in (
        ((frame, y, ["c"]), "features names a column that X does not have: 'c'"),
        ((frame.assign(a=1.0), y, ["a", "b"]), "'a' is constant"),
        ((frame, np.ones(400), ["a", "b"]), "'y' is constant"),
        ((frame.assign(d=frame.a, e=frame.a), y, list("ade")), r"features=\['a', 'd', 'e'\]: .* leave one of them out"),
        ((frame, y, []), "features names no column"),
        ((frame, y, ["a", "b"], 1.5), "alpha=1.5"),
        ((frame.assign(a=np.nan), y, ["b"]), "NaN"),
    ):
        with pytest.raises(ValueError, match=message):
            edge_directions(*wrong[:3], alpha=wrong[3] if wrong[3:] else 0.01)
