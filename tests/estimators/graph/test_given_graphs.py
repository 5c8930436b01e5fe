"""Graphs that users bring cost the products that `n_iter_` says, whatever they are written as."""

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.sparse.linalg import LinearOperator, aslinearoperator

from infsel import InfFS
from infsel.affinities import Given
from infsel.operators import FeatureOperator, LowRank, Stored, as_operator, declared
from infsel.tables import as_table

N = 60


class Counting(LinearOperator):
    """A matrix that counts the vectors it is multiplied with, from either side."""

    def __init__(self, matrix):
        super().__init__(matrix.dtype, matrix.shape)
        self.matrix, self.n_products = matrix, 0

    def _matvec(self, x):
        self.n_products += 1
        return self.matrix @ np.ravel(x)

    def _rmatvec(self, x):
        self.n_products += 1
        return self.matrix.T @ np.ravel(x)


class Unlistable(FeatureOperator):
    """A relation whose rows nobody may ask for."""

    def __init__(self, matrix, nonnegative):
        super().__init__(len(matrix), matrix.dtype)
        self.matrix, self.nonnegative = matrix, nonnegative

    def _rows(self, index):
        raise AssertionError("rows were listed")

    def _matvec(self, x):
        return self.matrix @ np.ravel(x)

    def _rmatvec(self, x):
        return self.matrix.T @ np.ravel(x)


@pytest.fixture
def X(rng):
    return rng.standard_normal((20, N))


@pytest.fixture(params=[[], [7], [0, 30, 59]], ids=["", "one constant", "three constant"])
def constant(request, X):
    X[:, request.param] = 1
    return request.param


@pytest.fixture(params=["symmetric", "asymmetric", "signed"])
def matrix(request, rng):
    A = np.where(rng.random((N, N)) < 0.3, rng.random((N, N)), 0)
    return {"symmetric": A + A.T, "asymmetric": A, "signed": A - A.T + np.diag(rng.random(N)) * 3}[request.param]


@pytest.mark.parametrize("readout", ["sent", "received", "total"])
def test_an_operator_is_multiplied_as_often_as_n_iter_says(matrix, X, constant, readout):
    A = Counting(matrix)
    fitted = InfFS(affinity=A, readout=readout).fit(X)
    assert A.n_products == fitted.n_iter_
    dense = InfFS(affinity=matrix, readout=readout).fit(X)
    np.testing.assert_allclose(fitted.scores_, dense.scores_, rtol=1e-8, atol=1e-10 * np.abs(dense.scores_).max())


def test_a_declared_sign_saves_the_basis_of_the_radius(X, constant, rng):
    matrix = rng.random((N, N))
    unknown, known = Counting(matrix), Counting(matrix)
    known.nonnegative = True
    fits = [InfFS(affinity=A).fit(X) for A in (unknown, known, declared(Counting(matrix), nonnegative=True))]
    assert known.n_products == fits[1].n_iter_ == fits[2].n_iter_ < unknown.n_products
    for fitted in fits[1:]:
        np.testing.assert_allclose(fitted.scores_, fits[0].scores_, rtol=1e-9)


@pytest.mark.parametrize("normalization", ["row", "sub-stochastic", "sinkhorn", "spectral", "none"])
def test_no_row_of_an_implicit_operator_is_listed(normalization, X, constant, rng):
    A = Unlistable(rng.random((N, N)) / N, True)
    selector = InfFS(affinity=A, normalization=normalization, readout="seeded", start=np.ones(N))
    assert np.isfinite(selector.fit(X).scores_).all()


@pytest.mark.parametrize("normalization", ["row", "sub-stochastic", "sinkhorn"])
def test_an_unknown_sign_is_refused_with_its_remedy(normalization, X, constant, rng):
    matrix = rng.random((N, N))
    selector = InfFS(affinity=aslinearoperator(matrix), normalization=normalization, readout="seeded", start=np.ones(N))
    with pytest.raises(ValueError, match=rf"'{normalization}' needs .*nobody has said .*declared\(A, nonneg"):
        selector.fit(X)
    selector.set_params(affinity=declared(aslinearoperator(matrix), nonnegative=True))
    expected = InfFS(affinity=matrix, normalization=normalization, readout="seeded", start=np.ones(N)).fit(X).scores_
    np.testing.assert_allclose(selector.fit(X).scores_, expected, rtol=1e-9)


@pytest.mark.parametrize("form", [sp.csr_array, sp.coo_matrix, sp.csc_array, sp.bsr_array, sp.lil_array])
def test_a_sparse_affinity_is_never_written_down(matrix, X, constant, form, monkeypatch):
    dense = InfFS(affinity=matrix).fit(X).scores_

    def refuse(self, index):
        raise AssertionError("rows of a sparse affinity were written down")

    monkeypatch.setattr(Stored, "_rows", refuse)
    sparse = InfFS(affinity=form(matrix)).fit(X).scores_
    np.testing.assert_allclose(sparse, dense, rtol=1e-9, atol=1e-10 * np.abs(dense).max())


def test_a_sparse_affinity_is_cut_once_and_a_dense_one_not_at_all(X, rng):
    X[:, 3] = 1
    columns = np.delete(np.arange(N), 3)
    dense = rng.random((N, N))
    cut = Given(sp.csr_array(dense)).among(columns, as_table(X))
    assert isinstance(cut, Stored)
    assert cut.shape == (N - 1, N - 1)
    through = Given(dense).among(columns, as_table(X))
    assert through.children[0].matrix is dense
    np.testing.assert_allclose(through.to_dense(), cut.to_dense())


def test_repeated_entries_add_up_before_they_have_a_sign():
    twice = sp.csr_array((np.array([3.0, -1.0, 2.0]), np.array([0, 0, 1]), np.array([0, 2, 3])), shape=(2, 2))
    A = as_operator(twice, 2)
    assert A.nonnegative
    np.testing.assert_array_equal(A.to_dense(), [[2, 0], [0, 2]])
    assert twice.nnz == 3  # the user's own matrix is left alone


@pytest.mark.parametrize("where", [(5, 6), (6, 5), (5, 5)])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("form", [np.asarray, sp.csr_array])
def test_what_is_not_finite_is_named_inside_and_not_read_outside(X, rng, where, value, form):
    matrix = rng.random((N, N))
    reference = matrix.copy()
    matrix[where] = value
    with pytest.raises(ValueError, match=rf"affinity\[{where[0]}, {where[1]}\] is {value}"):
        InfFS(affinity=form(matrix)).fit(X)
    X[:, where[0]] = 1
    scores = InfFS(affinity=form(matrix)).fit(X).scores_
    np.testing.assert_allclose(scores, InfFS(affinity=reference).fit(X).scores_, rtol=1e-9)


def test_negative_starts_where_the_sign_is_negative_or_unknown(X, rng):
    matrix, start = rng.random((N, N)), np.r_[-1.0, np.ones(N - 1)]
    with pytest.raises(ValueError, match=r"start\[0\] is -1"):
        InfFS(affinity=matrix, readout="seeded", start=start).fit(X)
    InfFS(affinity=aslinearoperator(matrix), readout="seeded", start=start).fit(X)
    InfFS(affinity=matrix - 0.5, readout="seeded", start=start, n_hops=2).fit(X)


def test_a_sign_is_declared_of_what_nobody_knows(rng):
    Q = rng.standard_normal((5, 2))
    A = LowRank(Q, Q)
    assert A.nonnegative is None
    assert declared(A, nonnegative=True).nonnegative
    assert A.nonnegative is None
    assert declared(np.ones((3, 3)), nonnegative=True).nonnegative
    with pytest.raises(ValueError, match="nonnegative=True is declared of a relation that is known to be otherwise"):
        declared(-np.ones((3, 3)), nonnegative=True)
