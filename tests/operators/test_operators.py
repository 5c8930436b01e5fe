"""Every operator against the dense matrix it stands for, whatever its products do inside."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import naive
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse.linalg import LinearOperator, aslinearoperator
from threadpoolctl import threadpool_info

from infsel.operators import (
    Complement,
    DiagonalScaled,
    FeatureOperator,
    Gram,
    Hadamard,
    HalfSquaredDistance,
    Heads,
    Independence,
    LowRank,
    MaxOuter,
    Principal,
    RowMap,
    Scaled,
    Similarity,
    Stored,
    Sum,
    _tiles,
    absolute,
    as_operator,
    exponential,
    positive_part,
)

N = 23


def unit_rows(n=N, d=6):
    Z = np.random.default_rng(1).standard_normal((n, d))
    return Z / np.linalg.norm(Z, axis=1, keepdims=True)


def with_diagonal(dense, diagonal):
    np.fill_diagonal(dense, diagonal)
    return dense


def half_squared(U, inside):
    dense = np.square(U[:, None] - U).sum(axis=2) / 2
    return dense * np.outer(inside, inside)


def gram_dense(Z):
    return with_diagonal(np.maximum(0, 1 - np.abs(Z @ Z.T)), 0)


def independent(Z, **options):
    return Gram(Z, Independence(np.zeros(len(Z))), nonnegative=True, diagonal=0, **options)


def square(entries, rows, columns):
    np.square(entries, out=entries)


def above(entries, rows, columns):
    """A causal mask: the entries above the diagonal."""
    entries *= rows[:, None] < columns


def examples():
    rng = np.random.default_rng(0)
    A, B = rng.standard_normal((N, N)), rng.random((N, N))
    s, w = rng.random(N), rng.random(N)
    Q, K, Z = rng.standard_normal((N, 4)), rng.standard_normal((N, 4)), unit_rows()
    kept = np.array([0, 3, 4, 10, 22])
    sparse = np.where(B > 0.8, B, 0)
    ties = np.repeat([0.5, 0.1, 0.9], [10, 10, 3])
    return {
        "stored": (Stored(A), A),
        "stored float32": (Stored(B.astype(np.float32)), B),
        "sparse": (as_operator(sp.coo_array(sparse), N), sparse),
        "foreign": (as_operator(aslinearoperator(A), N), A),
        "max outer": (MaxOuter(s), naive.max_outer(s)),
        "max outer with ties": (MaxOuter(ties), naive.max_outer(ties)),
        "low rank": (LowRank(Q, K), Q @ K.T),
        "gram": (independent(Z, tile=5, kept_bytes=0), gram_dense(Z)),
        "gram, some tiles kept": (independent(Z, tile=5, kept_bytes=3000), gram_dense(Z)),
        "gram, one tile": (independent(Z), gram_dense(Z)),
        "gram float32": (independent(Z.astype(np.float32), tile=8), gram_dense(Z)),
        "similarity": (Similarity(Z, 0.7), 0.7 * Z @ Z.T),
        "mapped similarity": (Similarity(Z, 2.0).map(square, nonnegative=True), 4 * (Z @ Z.T) ** 2),
        "absolute": (Gram(Z, absolute, nonnegative=True, tile=7, diagonal=w), with_diagonal(np.abs(Z @ Z.T), w)),
        "positive part": (Gram(Z, positive_part, nonnegative=True, scale=3.0), np.maximum(3 * Z @ Z.T, 0)),
        "exponential": (Gram(Z, partial(exponential, shift=1), nonnegative=True, tile=4), np.exp(Z @ Z.T - 1)),
        "sum": (Sum(Stored(A), MaxOuter(s), Stored(B)), A + naive.max_outer(s) + B),
        "scaled": (Scaled(-0.5, Stored(A)), -0.5 * A),
        "exponential of queries and keys": (Gram(Q, exponential, K=K, nonnegative=True, tile=5), np.exp(Q @ K.T)),
        "some tiles of queries and keys": (
            Gram(Q, square, K=K, nonnegative=True, tile=4, kept_bytes=900, scale=2.0, diagonal=w),
            with_diagonal(4 * (Q @ K.T) ** 2, w),
        ),
        "masked": (Gram(Z, above, K=Z, nonnegative=None, tile=6), np.triu(Z @ Z.T, 1)),
        "mapped low rank": (
            LowRank(Q, K).map(square, nonnegative=True, diagonal=0.0),
            with_diagonal((Q @ K.T) ** 2, 0),
        ),
        "half squared distance": (HalfSquaredDistance(Z, s > 0.3), half_squared(Z, s > 0.3)),
        "row scaled": (DiagonalScaled(w, Stored(A)), w[:, None] * A),
        "scaled on both sides": (DiagonalScaled(w, Stored(A), s), w[:, None] * A * s),
        "mean heads": (Heads((Stored(A), Stored(B)), "mean"), (A + B) / 2),
        "max heads": (Heads((Stored(A), Stored(B)), "max"), np.maximum(A, B)),
        "entrywise product": (Hadamard(Stored(A), independent(Z)), A * gram_dense(Z)),
        "entrywise product of low rank": (Hadamard(LowRank(Q, K), Stored(A)), Q @ K.T * A),
        "negative": (-Stored(A), -A),
        "row map": (RowMap(lambda rows, numbers: rows**2 + numbers[:, None], Stored(A)), A**2 + np.arange(N)[:, None]),
        "principal": (Principal(Stored(A), kept), A[np.ix_(kept, kept)]),
        "principal of a foreign": (Principal(as_operator(aslinearoperator(A), N), kept), A[np.ix_(kept, kept)]),
        "algebra": (0.5 * Stored(A) + Stored(B) * 2, 0.5 * A + 2 * B),
        "more algebra": (
            sum([Stored(A), MaxOuter(s) * Stored(B), -LowRank(Q, K) / 2]),
            A + naive.max_outer(s) * B - Q @ K.T / 2,
        ),
        "difference": (Stored(A) - 2 * Stored(B), A - 2 * B),
    }


@pytest.fixture(params=list(examples()))
def pair(request):
    return examples()[request.param]


def close(actual, desired, operator):
    tolerance = 1e-12 if operator.dtype == np.float64 else 2e-6
    np.testing.assert_allclose(actual, desired, rtol=tolerance, atol=tolerance * np.abs(desired).max())


def test_products_from_both_sides(pair, rng):
    A, dense = pair
    x, X = rng.standard_normal(len(dense)), rng.standard_normal((len(dense), 3))
    for _ in range(2):  # the second product may read what the first one kept
        close(A @ x, dense @ x, A)
    close(A.T @ x, dense.T @ x, A)
    close(A @ X, dense @ X, A)
    assert (A @ x).dtype == np.float64


def test_rows_by_slice_and_by_number(pair):
    A, dense = pair
    close(A.to_dense(), dense, A)
    close(A.rows(slice(1, -1)), dense[1:-1], A)
    close(A.rows(np.array([4, 0])), dense[[4, 0]], A)
    assert A.rows(slice(0, 2)).dtype == A.dtype


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_block_size_never_changes_the_rows(pair, size):
    A, dense = pair
    blocks = list(A.row_blocks(size))
    close(np.vstack([rows for _, rows in blocks]), dense, A)
    assert [index for block, _ in blocks for index in range(len(dense))[block]] == list(range(len(dense)))


def test_the_sign_is_known_truly_or_not_at_all(pair):
    A, dense = pair
    assert A.nonnegative in (None, dense.min() >= 0)


def test_what_is_known_of_parts_is_known_of_the_whole():
    up, down, unknown = MaxOuter(np.ones(3)), Stored(-np.ones((3, 3))), LowRank(-np.ones((3, 1)), np.ones((3, 1)))
    for A, sign in (
        (Sum(up, up), True),
        (Sum(up, unknown), None),
        (2 * up, True),
        (0 * unknown, True),
        (2 * down, False),
        (-up, None),
        (up * up, True),
        (unknown * unknown, True),
        (up * unknown, None),
        (Heads((up, unknown), "mean"), None),
        (Heads((up, unknown), "max"), True),
        (DiagonalScaled(np.ones(3), up, np.ones(3)), True),
        (DiagonalScaled(-np.ones(3), up), None),
        (Principal(up, np.array([0, 2])), True),
        (Principal(down, np.array([0, 2])), None),
        (RowMap(lambda rows, numbers: rows, up), None),
    ):
        assert A.nonnegative is sign


def test_shapes_that_do_not_fit_and_factors_that_are_no_operators_are_refused():
    A = Stored(np.eye(3))
    with pytest.raises(ValueError, match="do not add"):
        A + Stored(np.eye(2))
    with pytest.raises(ValueError, match="do not multiply"):
        A * Stored(np.eye(2))
    for other in (np.eye(3), np.ones(3), aslinearoperator(np.eye(3)), "a"):
        with pytest.raises(TypeError, match="@ multiplies vectors and composes"):
            A * other


def test_a_mean_of_heads_multiplies_through_its_heads(monkeypatch, rng):
    heads = tuple(Similarity(rng.standard_normal((9, 3))) for _ in range(4))
    A, x = Heads(heads, "mean"), rng.standard_normal(9)
    expected = A.to_dense() @ x
    monkeypatch.setattr(Heads, "_rows", None)
    np.testing.assert_allclose(A @ x, expected)
    np.testing.assert_allclose(A.T @ x, expected)


def test_the_parts_are_declared():
    gram = independent(unit_rows())
    A = 2 * DiagonalScaled(np.ones(N), gram)
    assert [type(part) for part in (A, *A.children, *A.children[0].children)] == [Scaled, DiagonalScaled, Gram]
    assert A.sampled(None) is A


def test_listing_rows_leaves_a_stored_matrix_alone(small_graph):
    before = small_graph.copy()
    (Stored(small_graph) + Stored(small_graph)).rows(slice(0, 8))
    np.testing.assert_array_equal(small_graph, before)


def test_an_operator_is_a_scipy_operator(small_graph):
    A = Stored(small_graph)
    assert isinstance(A, LinearOperator)
    np.testing.assert_allclose((A @ Stored(small_graph)) @ np.ones(8), small_graph @ small_graph @ np.ones(8))
    np.testing.assert_allclose(np.ones(8) @ A, np.ones(8) @ small_graph)
    foreign_sum = A + aslinearoperator(small_graph)
    assert not isinstance(foreign_sum, FeatureOperator)
    np.testing.assert_allclose(foreign_sum @ np.ones(8), 2 * small_graph @ np.ones(8))


@pytest.mark.parametrize("tile", [1, 2, 7, 23, 300])
@pytest.mark.parametrize("kept_bytes", [0, 500, 2**20])
def test_tiles_and_budget_never_change_a_gram_product(tile, kept_bytes, rng):
    Z, x = unit_rows(), rng.standard_normal(N)
    A = independent(Z, tile=tile, kept_bytes=kept_bytes)
    for _ in range(2):
        np.testing.assert_allclose(A @ x, gram_dense(Z) @ x, rtol=1e-13, atol=1e-13)


def test_a_gram_keeps_no_more_than_its_budget():
    A = independent(unit_rows(64), tile=8, kept_bytes=10_000)
    A @ np.ones(64)
    assert 0 < sum(tile.nbytes for tile in A._kept.values()) <= 10_000


def test_whole_numbers_lose_nothing_in_single_precision(rng):
    whole = np.round(4 * rng.standard_normal((N, 9))).astype(np.float32)
    whole[3] = 0
    norms = np.linalg.norm(whole.astype(np.float64), axis=1)
    weights, diagonal = np.divide(1, norms, where=norms > 0, out=np.zeros(N)), norms == 0
    A = Complement(whole, norms, np.dtype(float), tile=7)
    expected = 1 - np.abs(whole.astype(np.float64) @ whole.T.astype(np.float64)) * np.outer(weights, weights)
    np.fill_diagonal(expected, diagonal)
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-15)
    X = rng.standard_normal((N, 2))
    np.testing.assert_allclose(A @ X, expected @ X, atol=1e-13)
    np.testing.assert_allclose(A @ X[:, 0], expected @ X[:, 0], atol=1e-13)
    np.testing.assert_allclose(A.T @ X[:, 0], expected @ X[:, 0], atol=1e-13)


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1e6)), st.randoms())
def test_max_outer_equals_its_definition(s, random):
    x = np.array([random.uniform(-1, 1) for _ in s])
    np.testing.assert_allclose(MaxOuter(s) @ x, naive.max_outer(s) @ x, atol=1e-9 * (1 + s.max()))


@pytest.mark.parametrize(
    ("relation", "error", "message"),
    [
        (np.zeros((2, 3)), ValueError, r"shape \(2, 3\).*3 features"),
        (np.zeros(3), ValueError, "shape"),
        (np.array([["a", "b"], ["c", "d"]]), TypeError, "real numbers"),
        (np.eye(3) * 1j, TypeError, "complex"),
        (None, TypeError, "object"),
        (aslinearoperator(np.eye(3) * 1j), TypeError, "complex"),
    ],
)
def test_what_is_no_square_matrix_of_numbers_is_refused(relation, error, message):
    with pytest.raises(error, match=message):
        as_operator(relation, 3)


def test_integers_become_floats_and_float32_stays():
    assert as_operator([[1, 2], [3, 4]], 2).dtype == np.float64
    assert as_operator(np.eye(2, dtype=np.float32), 2).dtype == np.float32
    assert as_operator(aslinearoperator(np.eye(2, dtype=int)), 2).dtype == np.float64
    A = Stored(np.eye(2))
    assert as_operator(A, 2) is A


@pytest.mark.compiled
def test_threads_leave_the_limits_of_blas_as_they_were(monkeypatch):
    monkeypatch.setattr(_tiles, "_WORTH", 1)  # threads for a small table, too
    A = independent(unit_rows(1200, 5))
    before = [library["num_threads"] for library in threadpool_info()]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: A @ np.ones(1200), range(6)))
    A @ np.ones(1200)
    assert [library["num_threads"] for library in threadpool_info()] == before


def test_memory_goes_to_those_who_have_use_for_it():
    Z = unit_rows()
    gram, other = independent(Z, kept_bytes=0, tile=4), independent(Z[:, :3].copy(), kept_bytes=0, tile=4)
    A = Sum(Scaled(0.5, MaxOuter(np.arange(N, dtype=float))), Scaled(0.5, gram))
    assert A.keepable_bytes == gram.keepable_bytes >= N * (N + 1) // 2 * 8
    A.keep(A.keepable_bytes)
    A.matvec(np.ones(N))
    assert sum(tile.nbytes for tile in gram._kept.values()) <= A.keepable_bytes
    assert len(gram._kept) == 6
    both = Sum(gram, other)
    both.keep(both.keepable_bytes // 2)
    gram.release()
    both.matvec(np.ones(N))
    assert 0 < len(gram._kept) == len(other._kept) < 6
    MaxOuter(np.arange(3.0)).keep(10)
