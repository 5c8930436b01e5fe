"""Distances between sparse rows against those between the same rows written down."""

import numpy as np
import scipy.sparse as sp

from infsel.statistics import SampleDistances, SparseDistances


def test_they_are_those_of_the_table_written_down(rng):
    X = np.where(rng.random((70, 6)) < 0.4, rng.standard_normal((70, 6)) * [1, 1, 5, 1e300, 1, 1], 0)
    X[:, 1], X[:, 4], X[:, 5] = 3, rng.random(70) + 2, np.abs(X[:, 5])
    A, read = rng.standard_normal((70, 70)), np.empty((2, 70, 70))

    def attend(to):
        def attended(D, start):
            read[to, start : start + len(D)] = D
            D[:] = A[start : start + len(D)]

        return attended

    for weights in (np.ones(70), rng.integers(1, 4, 70) / 2.0):
        dense, sparse = SampleDistances(X, weights), SparseDistances(sp.csr_array(X), weights)
        assert sparse.alive.tolist() == [True, False, True, True, True, True]
        np.testing.assert_allclose(sparse.margins(attend(1)), dense.margins(attend(0)), rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(read[1], read[0], atol=1e-14)
        np.testing.assert_allclose(sparse.deviation(), dense.deviation(), rtol=1e-12)
