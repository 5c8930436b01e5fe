import numpy as np
import pytest
import scipy.sparse as sp

from infsel.normalizations._base import Unit
from infsel.normalizations._top_k import TopK
from infsel.operators import LowRank, Stored


def naive_top_k(A, k):
    result = np.zeros_like(A)
    for i, row in enumerate(A):
        for j in sorted(range(len(row)), key=lambda j: (-row[j], j))[:k]:
            result[i, j] = row[j]
    return result


@pytest.mark.parametrize("k", [1, 3, 7])
@pytest.mark.parametrize("shift", [0.0, 0.5, 2.0])
def test_it_equals_its_definition(small_graph, k, shift):
    A = small_graph - shift  # positive, mixed and negative entries
    graph = TopK(k)(Stored(A))
    np.testing.assert_array_equal(graph.to_dense(), naive_top_k(A, k))
    np.testing.assert_array_equal(graph.rows(np.array([5, 2])), naive_top_k(A, k)[[5, 2]])
    assert graph.nonnegative == bool((naive_top_k(A, k) >= 0).all())


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
def test_of_equal_entries_the_lower_index_is_kept(rng, k):
    A = rng.integers(0, 3, (6, 6)).astype(float)
    np.testing.assert_array_equal(TopK(k)(Stored(A)).to_dense(), naive_top_k(A, k))
    np.testing.assert_array_equal(np.flatnonzero(TopK(k)(Stored(np.ones((6, 6)))).to_dense()[3]), np.arange(k))


def test_it_is_stored_as_a_sparse_matrix_without_zeros(small_graph):
    small_graph[2, 1:] = 0
    matrix = TopK(k=3)(Stored(small_graph)).matrix
    assert sp.issparse(matrix)
    assert matrix.format == "csr"
    assert matrix.nnz == np.count_nonzero(matrix.data) == 7 * 3 + 1


@pytest.mark.parametrize("k", [8, 10])
def test_with_enough_neighbors_the_affinity_stays(small_graph, k):
    A = Stored(small_graph)
    assert TopK(k)(A) is A


def test_products_transposition_and_blocks(small_graph, rng):
    graph, x, y = TopK(k=3)(Stored(small_graph)), rng.standard_normal(8), rng.standard_normal(8)
    np.testing.assert_allclose(graph @ x, graph.to_dense() @ x, rtol=1e-13)
    assert x @ (graph @ y) == pytest.approx((graph.T @ x) @ y, rel=1e-12)
    for size in (1, 3, 8):
        np.testing.assert_array_equal(np.vstack([rows for _, rows in graph.row_blocks(size)]), graph.to_dense())


@pytest.mark.parametrize("size", [1, 3, 8])
def test_it_does_not_depend_on_how_many_rows_are_read_together(small_graph, size, monkeypatch):
    monkeypatch.setattr("infsel.operators._base._BLOCK_BYTES", size * 8 * 8)
    np.testing.assert_array_equal(TopK(k=3)(Stored(small_graph)).to_dense(), naive_top_k(small_graph, 3))


def test_permuted_features_give_the_permuted_operator(small_graph, rng):
    order = rng.permutation(8)
    permuted = TopK(k=3)(Stored(small_graph[np.ix_(order, order)])).to_dense()
    np.testing.assert_array_equal(permuted, TopK(k=3)(Stored(small_graph)).to_dense()[np.ix_(order, order)])


def test_relations_that_are_not_stored_or_stored_sparsely(rng):
    A = LowRank(rng.standard_normal((8, 3)), rng.standard_normal((8, 3)))
    expected = naive_top_k(A.to_dense(), 3)
    np.testing.assert_allclose(TopK(k=3)(A).to_dense(), expected, rtol=1e-13)
    np.testing.assert_array_equal(TopK(k=3)(Stored(sp.csr_array(expected))).to_dense(), naive_top_k(expected, 3))


def test_float32_stays(small_graph):
    A = small_graph.astype(np.float32)
    graph = TopK(k=3)(Stored(A))
    assert graph.dtype == graph.matrix.dtype == graph.to_dense().dtype == np.float32
    np.testing.assert_array_equal(graph.to_dense(), naive_top_k(A, 3))


def test_nan_is_refused(small_graph):
    small_graph[4, 4] = np.nan
    with pytest.raises(ValueError, match=r"NaN.*must be finite"):
        TopK(k=3)(Stored(small_graph))


@pytest.mark.parametrize("k", [0, -1, 2.5, 3.0, np.nan, "many"])
def test_bad_k_is_refused(k, small_graph):
    with pytest.raises(ValueError, match=r"k=.*whole number from 1 up"):
        TopK(k)(Stored(small_graph))
    assert TopK(np.int64(3))(Stored(small_graph)).matrix.nnz == 24


def test_it_flattens_nothing_and_damping_counts_spectral_radii(small_graph):
    assert TopK.flattens == frozenset()
    assert TopK().unit(Stored(small_graph)) == Unit(1.0, in_radii=True)
