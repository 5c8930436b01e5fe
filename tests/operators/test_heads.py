import numpy as np
import pytest

from infsel.operators import Heads, Stored


@pytest.mark.parametrize(("pooling", "pool"), [("mean", np.mean), ("max", np.max)])
def test_heads_are_pooled_entry_by_entry(rng, pooling, pool):
    matrices = rng.random((3, 7, 7))
    A = Heads(tuple(map(Stored, matrices)), pooling)
    expected, x = pool(matrices, axis=0), rng.standard_normal(7)
    np.testing.assert_allclose(A.to_dense(), expected)
    np.testing.assert_allclose(A.rows(np.array([5, 1])), expected[[5, 1]])
    np.testing.assert_allclose(A @ x, expected @ x)
    np.testing.assert_allclose(A.T @ x, expected.T @ x)
    assert A.nonnegative
    assert not Heads((Stored(-matrices[0] - 1), Stored(-matrices[1] - 1)), pooling).nonnegative
