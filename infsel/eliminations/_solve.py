"""Systems of positive definite matrices."""

import numpy as np
import scipy.linalg

from infsel._runtime.threads import wide

_ULPS = 32
_WAITING = 11  # threads that factor a matrix wait for each other at every block of columns


def penalty(regularization: float, trace: float, total: float, dtype: np.dtype) -> float:
    """lambda = regularization trace / total, and never below the round-off of what has this trace."""
    return max(regularization * trace / total, _ULPS * float(np.finfo(dtype).eps) * trace)


class Penalized:
    """A + ridge I for a positive semidefinite A, which is overwritten.

    By Cholesky, which takes half of the operations of a general solver. SciPy's BLAS is another than NumPy's, and
    their threads would fight: outside `wide` both are held to one (`infsel._runtime.threads.at_most`).
    """

    def __init__(self, A: np.ndarray, ridge: float) -> None:
        A.flat[:: len(A) + 1] += ridge
        self.ridge = ridge
        with wide(len(A) ** 3 / (3 * _WAITING)):
            self._factor, _ = scipy.linalg.cho_factor(A.T, lower=True, overwrite_a=True, check_finite=False)

    def __len__(self) -> int:
        return len(self._factor)

    def solve(self, B: np.ndarray) -> np.ndarray:
        """(A + ridge I)^-1 B."""
        return np.asarray(scipy.linalg.cho_solve((self._factor, True), B, check_finite=False))

    @property
    def inverse_norm(self) -> float:
        """How much longer than B a solution may be: about |(A + ridge I)^-1|_1, at most 1 / ridge."""
        pocon = scipy.linalg.get_lapack_funcs("pocon", (self._factor,))
        reciprocal = float(pocon(self._factor, 1.0, uplo="L")[0])
        return 1 / max(reciprocal, self.ridge)

    def forms(self, B: np.ndarray) -> np.ndarray:
        """b' (A + ridge I)^-1 b for each column b of B."""
        half = scipy.linalg.solve_triangular(self._factor, B, lower=True, check_finite=False)
        return np.asarray(np.einsum("ib,ib->b", half, half))
