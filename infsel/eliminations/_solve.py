"""Systems of positive definite matrices."""

import numpy as np
import scipy.linalg

from infsel._runtime.threads import wide

_ULPS = 32
_WAITING = 11  # threads that factor a matrix wait for each other at every block of columns


def penalty(regularization: float, trace: float, total: float, dtype: np.dtype) -> float:
    """lambda = regularization trace / total, and never below the round-off of what has this trace."""
    return max(regularization * trace / total, _ULPS * float(np.finfo(dtype).eps) * trace)


def solve_penalized(A: np.ndarray, ridge: float, B: np.ndarray) -> np.ndarray:
    """(A + ridge I)^-1 B for a positive semidefinite A, which is overwritten.

    By Cholesky, which takes half of the operations of a general solver. SciPy's BLAS is another than NumPy's, and
    their threads would fight: outside `wide` both are held to one (`infsel._runtime.threads.at_most`).
    """
    A.flat[:: len(A) + 1] += ridge
    with wide(len(A) ** 3 / (3 * _WAITING)):
        factor = scipy.linalg.cho_factor(A.T, lower=True, overwrite_a=True, check_finite=False)
        return np.asarray(scipy.linalg.cho_solve(factor, B, check_finite=False))
