"""Which columns say the same, and what columns of weighted samples are."""

import naive
import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from infsel.tables import as_table, leaders, with_copies


@pytest.fixture(params=["dense", "sparse"])
def kind(request):
    return sp.csc_array if request.param == "sparse" else np.asarray


def test_nothing_is_a_copy_of_something_else(kind, rng):
    X = rng.standard_normal((20, 50))
    assert as_table(kind(X)).originals().tolist() == list(range(50))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_shift_scale_and_sign_make_copies(kind, dtype, rng):
    X = rng.standard_normal((20, 6)).astype(dtype)
    X = np.c_[X, X[:, 3], 2 - 0.3 * X[:, 1], 1e4 * X[:, 3], X[:, 1] + 1e-2 * X[:, 0]]
    assert as_table(kind(X)).originals().tolist() == [0, 1, 2, 3, 4, 5, 3, 1, 3, 9]


def test_many_equal_columns(kind, rng):
    X = rng.integers(0, 2, (6, 800)).astype(float)
    first = as_table(kind(X)).originals()
    Z = as_table(X).unit_columns()
    R = np.abs(Z @ Z.T) > 1 - 1e-9
    constant = ~Z.any(axis=1)
    expected = [f if constant[f] else int(R[f].argmax()) for f in range(800)]
    assert np.array_equal(first[~constant], np.array(expected)[~constant])


def test_constant_columns_are_copies_of_constant_columns_alone(kind, rng):
    X = np.c_[np.ones(9), rng.standard_normal(9), np.zeros(9)]
    assert as_table(kind(X)).originals().tolist() == [0, 1, 0]


def test_one_column(kind):
    assert as_table(kind(np.arange(4.0)[:, np.newaxis])).originals().tolist() == [0]


def test_whole_weights_repeat_samples(kind, rng):
    X = np.where(rng.random((15, 8)) < 0.4, 0, rng.standard_normal((15, 8)) + 3)
    X[:, 2] = 5
    weights = rng.integers(1, 4, 15)
    Z, repeated = as_table(kind(X), weights).unit_columns(), as_table(np.repeat(X, weights, axis=0)).unit_columns()
    Z = Z.toarray() if isinstance(kind(X), sp.csc_array) else Z
    np.testing.assert_allclose(Z @ Z.T, repeated @ repeated.T, atol=1e-12)
    assert not Z[2].any()
    np.testing.assert_allclose(Z @ np.sqrt(weights), 0, atol=1e-12)


def test_sparse_rows_of_weighted_samples_multiply_like_dense_ones(rng):
    X = np.where(rng.random((15, 8)) < 0.6, 0, rng.standard_normal((15, 8)))
    weights = rng.random(15) + 0.1
    Z, dense = as_table(sp.csc_array(X), weights).unit_columns(), as_table(X, weights).unit_columns()
    v, x = rng.standard_normal(15), rng.standard_normal(8)
    for actual, expected in (
        (Z.toarray(), dense),
        (Z[2:5].toarray(), dense[2:5]),
        ((2 * Z).toarray(), 2 * dense),
        (Z.lift(v), dense @ v),
        (Z.project(x), dense.T @ x),
        (Z.gram(Z[1:4]), dense @ dense[1:4].T),
        (Z.squared_norms(), np.ones(8)),
    ):
        np.testing.assert_allclose(actual, expected, atol=1e-12)


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 3)))
def test_who_speaks_for_copies_and_where_they_stand(lists):
    says, label, precedence = lists
    n = len(says)
    first = np.array([says.index(value) for value in says])
    led = leaders(first, np.array(precedence))
    assert led.tolist() == [min((j for j in range(n) if says[j] == s), key=lambda j: precedence[j]) for s in says]
    assert leaders(first, None) is first
    group = np.unique([label.index(g) if g else 9 + j for j, g in enumerate(label)], return_inverse=True)[1]
    order = sorted((j for j in range(n) if led[j] == j and says[j]), key=lambda j: (group[j], -j))  # 0: not ranked
    assert with_copies(np.array(order, dtype=int), led, group).tolist() == naive.with_copies(order, led, group)
