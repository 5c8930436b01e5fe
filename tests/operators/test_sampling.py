"""Products from landmarks: unbiased, exact where all features are landmarks or where it is asked for."""

from itertools import combinations

import naive
import numpy as np
import pytest
import scipy.sparse as sp

from infsel.operators import (
    DiagonalScaled,
    Gram,
    Heads,
    Independence,
    MaxOuter,
    RowMap,
    Sampling,
    Scaled,
    Similarity,
    Stored,
    Sum,
    exponential,
)
from infsel.tables import as_table

N = 9


@pytest.fixture
def x(rng):
    return rng.standard_normal(N)


def affinities(rng, tile):
    Z = rng.standard_normal((N, 4))
    Z /= np.linalg.norm(Z, axis=1, keepdims=True)
    S = as_table(sp.csc_array(rng.poisson(0.7, (12, N)).astype(float))).unit_columns()
    return {
        "own diagonal": Gram(Z, exponential, nonnegative=True, scale=3.0, tile=tile),
        "given diagonal": Gram(Z, Independence(np.zeros(N)), nonnegative=True, diagonal=0.5, tile=tile),
        "sparse": Gram(S, exponential, nonnegative=True, tile=tile),
        "queries and keys": Gram(Z, exponential, K=Z[::-1].copy(), nonnegative=True, tile=tile),
    }


KINDS = ["own diagonal", "given diagonal", "sparse", "queries and keys"]


@pytest.mark.parametrize("tile", [1, 2, 4, 256])
@pytest.mark.parametrize("kind", KINDS)
def test_a_product_is_the_definition(rng, x, kind, tile):
    A = affinities(rng, tile)[kind]
    dense, landmarks = A.to_dense(), np.array([0, 3, 4, 8])
    A = A.sampled(Sampling(landmarks))
    np.testing.assert_allclose(A @ x, naive.sampled_product(dense, x, landmarks), rtol=1e-12)
    np.testing.assert_allclose(A.T @ x, naive.sampled_product(dense.T, x, landmarks), rtol=1e-12)
    np.testing.assert_allclose(A @ np.stack([x, 2 * x], axis=1), np.stack([A @ x, 2 * (A @ x)], axis=1))
    np.testing.assert_array_equal(A.rows(slice(None)), dense)  # rows stay exact


@pytest.mark.parametrize("kind", KINDS)
def test_the_mean_over_all_samples_is_exact(rng, x, kind):
    A = affinities(rng, 4)[kind]
    exact = A @ x
    products = [A.sampled(Sampling(np.array(landmarks))) @ x for landmarks in combinations(range(N), 3)]
    # a landmark is drawn with the others, and they alone stand for its neighbors: every row is unbiased by itself
    inside = np.array([[i in landmarks for i in range(N)] for landmarks in combinations(range(N), 3)])
    for i in range(N):
        for drawn in (True, False):
            np.testing.assert_allclose(np.array(products)[inside[:, i] == drawn, i].mean(), exact[i], rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_all_features_as_landmarks_are_exact(rng, x, kind):
    A = affinities(rng, 4)[kind]
    exact = A @ x
    np.testing.assert_allclose(A.sampled(Sampling(np.arange(N))) @ x, exact, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_chosen_rows_are_exact(rng, x, kind):
    A = affinities(rng, 4)[kind]
    exact, rows = A @ x, np.array([1, 2, 7])
    some = A.sampled(Sampling(np.array([0, 5]))).sampled(Sampling(np.array([0, 5]), exact=rows))
    np.testing.assert_allclose((some @ x)[rows], exact[rows], rtol=1e-12)
    np.testing.assert_array_equal(some.sampled(None) @ x, exact)
    np.testing.assert_array_equal(A @ x, exact)  # nothing has changed it


def test_only_the_gram_matrix_in_a_sum_is_sampled(rng, x):
    G, M, landmarks = affinities(rng, 4)["given diagonal"], MaxOuter(rng.random(N)), np.array([2, 6])
    A = DiagonalScaled(rng.random(N), Sum(Scaled(0.3, M), G))
    dense, structured = G.to_dense(), M.to_dense()
    A = A.sampled(Sampling(landmarks))
    expected = A.left * (0.3 * structured @ x + naive.sampled_product(dense, x, landmarks))
    np.testing.assert_allclose(A @ x, expected, rtol=1e-12)


def test_similarity_hands_its_landmarks_on(rng, x):
    A, landmarks = Similarity(rng.standard_normal((N, 4)), 0.5), np.array([2, 6])
    exact = A @ x
    A = A.sampled(Sampling(landmarks))
    np.testing.assert_array_equal(A @ x, exact)
    E = A.map(exponential, nonnegative=True)
    np.testing.assert_allclose(E @ x, naive.sampled_product(E.to_dense(), x, landmarks), rtol=1e-12)


@pytest.mark.parametrize("wrap", [lambda A: RowMap(lambda rows, numbers: rows, A), lambda A: Heads((A, A), "max")])
def test_what_reads_whole_rows_refuses(rng, x, wrap):
    A = wrap(affinities(rng, 4)["own diagonal"]).sampled(Sampling(np.array([1, 2])))
    with pytest.raises(ValueError, match="n_landmarks needs products that follow"):
        A.matvec(x)
    with pytest.raises(ValueError, match="n_landmarks needs products that follow"):
        A.rmatvec(x)


def test_a_stored_matrix_is_exact(rng, x):
    A = Stored(rng.random((N, N)))
    exact = A @ x
    assert A.sampled(Sampling(np.array([1, 2]))) is A
    np.testing.assert_array_equal(A @ x, exact)
