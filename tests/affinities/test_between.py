"""Affinities between groups of columns and within them."""

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from naive import infinite_hops, masked, squared_correlation
from sklearn.base import clone

from infsel import InfFS
from infsel.affinities import Between, Correlation, Given, Graph, Learned, Redundancy, SquaredCorrelation, Within
from infsel.operators import Masked, Stored
from infsel.operators import masked as masked_operator

LABELS = ["x", "x", "y", "z", "y", "x"]
NAMES = list("abcdef")


@pytest.fixture
def X(rng):
    return pd.DataFrame(rng.standard_normal((20, 6)) + rng.standard_normal((20, 1)), columns=NAMES)


@pytest.mark.parametrize(("kind", "within"), [(Between, False), (Within, True)])
@pytest.mark.parametrize(
    "affinity", [SquaredCorrelation(), Redundancy(), Correlation(), Given(np.arange(36.0).reshape(6, 6))], ids=repr
)
def test_entries_and_products(kind, within, affinity, X, rng):
    expected = masked(affinity(X.to_numpy()).to_dense(), LABELS, within)
    A = kind(affinity, LABELS)(X.to_numpy())
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-15)
    x = rng.standard_normal(6)
    np.testing.assert_allclose(A @ x, expected @ x, atol=1e-13)
    np.testing.assert_allclose(A.T @ x, expected.T @ x, atol=1e-13)


def test_many_groups_and_few_multiply_alike(rng):
    matrix, x = rng.standard_normal((80, 80)), rng.standard_normal(80)
    for n_groups in (2, 31, 32, 33, 80):
        group = rng.permutation(np.arange(80) % n_groups)
        for within in (False, True):
            A, expected = Masked(Stored(matrix), group, within), masked(matrix, group, within)
            np.testing.assert_allclose(A @ x, expected @ x, atol=1e-12)
            np.testing.assert_allclose(A.T @ x, expected.T @ x, atol=1e-12)


def test_a_sparse_matrix_stays_sparse(rng):
    matrix, group = sp.csr_array(rng.random((50, 50)) * (rng.random((50, 50)) < 0.1)), np.arange(50) % 3
    A = masked_operator(Stored(matrix), group, within=False)
    assert sp.issparse(A.matrix)
    np.testing.assert_array_equal(A.to_dense(), masked(matrix.toarray(), group, False))


def test_both_together_are_the_whole(X):
    parts = Between(Redundancy(), LABELS) + Within(Redundancy(), LABELS)
    np.testing.assert_array_equal(parts(X.to_numpy()).to_dense(), Redundancy()(X.to_numpy()).to_dense())


def test_infinite_hops_on_two_groups_are_the_series_though_eigenvalues_come_in_pairs(X):
    groups = {"left": ["a", "c"], "right": ["b", "d", "e", "f"]}
    A = masked(squared_correlation(X.to_numpy(), debiased=False), [int(n not in "ac") for n in NAMES], False)
    values = np.linalg.eigvalsh(A)
    np.testing.assert_allclose(values, -values[::-1], atol=1e-14)
    fitted = InfFS(affinity=Between(SquaredCorrelation(debiased=False), groups), damping=0.95).fit(X)
    assert fitted.spectral_radius_ == pytest.approx(values[-1])
    expected = infinite_hops(A, np.ones(6), 0.95 / values[-1])
    np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-6)


def test_columns_are_found_by_name_and_those_outside_are_left_out(X):
    groups = {"left": ["f", "c", "a"], "right": ["b", "d", "e"]}
    X["d"] = 1.0
    scores = dict(zip(NAMES, InfFS(affinity=Between(Redundancy(), groups)).fit(X).scores_, strict=True))
    order = list("fbdeca")
    again = dict(zip(order, InfFS(affinity=Between(Redundancy(), groups)).fit(X[order]).scores_, strict=True))
    assert again == pytest.approx(scores)
    by_column = {name: label for label, names in groups.items() for name in names}
    same = InfFS(affinity=Between(Redundancy(), by_column)).fit(X).scores_
    np.testing.assert_array_equal(same, list(scores.values()))
    fitted = InfFS(affinity=Between(Redundancy(), groups | {"gone": ["q"]}, handle_unknown="ignore")).fit(X)
    np.testing.assert_array_equal(fitted.scores_, same)


def test_formulas_resolve_print_and_clone(X):
    class Share(Learned):
        def resolve(self, columns, table, y=None):
            return len(columns) / 6 * Redundancy("pearson")

    fitted = InfFS(affinity=Between(Share(), LABELS)).fit(X)
    assert repr(fitted.affinity_).startswith("Between(1 * Redundancy(correlation='pearson'), ['x', 'x', 'y'")
    assert clone(fitted).affinity.groups == LABELS
    assert "affinity__affinity__correlation" in InfFS(affinity=Within(Redundancy(), LABELS)).get_params()


def test_of_a_graph_edges_between_groups_remain(X):
    edges = Graph([("a", "b"), ("a", "c"), ("d", "e")])
    kept = InfFS(affinity=Between(edges, LABELS), n_hops=1).fit(X).graph_.to_dense()
    assert np.argwhere(np.triu(kept)).tolist() == [[0, 2], [3, 4]]


@pytest.mark.parametrize("kind", [Between, Within])
@pytest.mark.parametrize(
    ("groups", "error", "words"),
    [
        (["x"] * 6, ValueError, "belongs to 'x'"),
        ({"x": list("abcdef")}, ValueError, "belongs to 'x'"),
        ({"x": list("abc"), "y": list("cdef")}, ValueError, "groups overlap: column 'c' is in 'x' and 'y'"),
        ({"x": list("abc"), "y": list("def"), "z": ["q"]}, ValueError, r"groups\['z'\] names 'q'.*no column of X"),
        ({"x": list("abc"), "y": list("de")}, ValueError, "leaves out column 'f'"),
        (["x", "x", "y", None, "y", "x"], ValueError, "leaves out column 'd'"),
        (["x", "y"], ValueError, "2 labels, but X has 6 columns"),
        ({"x": "abc", "y": list("def")}, TypeError, "mapping of labels to lists"),
        ({"x": list("abcdef"), "y": []}, ValueError, r"groups\['y'\] is empty"),
        (7, TypeError, "groups=7"),
    ],
)
def test_bad_groups(kind, groups, error, words, X):
    with pytest.raises(error, match=words):
        InfFS(affinity=kind(Redundancy(), groups)).fit(X)


def test_one_group_may_be_all_that_is_left(X):
    with pytest.raises(ValueError, match="belongs to 'y'"):
        InfFS(affinity=Between(Redundancy(), LABELS), exclude=["a", "b", "d", "f"]).fit(X)


def test_bad_parts(X):
    with pytest.raises(ValueError, match="affinity='inf-fs': pass an object of Affinity"):
        InfFS(affinity=Between("inf-fs", LABELS)).fit(X)
