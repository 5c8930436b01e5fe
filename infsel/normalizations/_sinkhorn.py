"""Rows and columns balanced at once."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._runtime.ranges import Count, Number, parameter
from infsel.normalizations._base import Normalization, require_nonnegative
from infsel.operators import DiagonalScaled, FeatureOperator, row_sums


@dataclass
class Sinkhorn(Normalization):
    """D1 A D2 with positive diagonal D1 and D2 such that all row sums and all column sums are 1.

    Rows and columns are divided by their sums in turn, which takes one product with A and one with A^T per round and
    never writes A down. It converges when A has total support: every positive entry lies on a permutation of
    positive entries. A positive A has it, and so has a positive A of three or more features with a zero diagonal.

    Parameters
    ----------
    tol : float > 0, default=1e-10
        Largest deviation of a row or column sum from 1.
    max_iter : int >= 1, default=1000
        Most rounds.

    References
    ----------
    Sinkhorn, Knopp (1967). Concerning nonnegative matrices and doubly stochastic matrices. Pacific J. Math. 21.
    Knight (2008). The Sinkhorn-Knopp algorithm: convergence and applications. SIAM J. Matrix Anal. Appl. 30.

    Examples
    --------
    >>> from infsel.operators import Stored
    >>> Sinkhorn()(Stored(np.array([[4.0, 1.0], [1.0, 4.0]]))).to_dense()
    array([[0.8, 0.2],
           [0.2, 0.8]])
    """

    tol: float = parameter(Number(0, 1, hint=", such as 1e-10"), 1e-10)
    max_iter: int = parameter(Count(), 1000)

    flattens: ClassVar[frozenset[str]] = frozenset({"sent", "received"})

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Balance A.

        Raises
        ------
        ValueError
            If A has or may have a negative entry, has a zero row or a zero column, or is not balanced within `max_iter`
            rounds.
        """
        require_nonnegative(A, "sinkhorn")
        rows, columns = self._factors(A)
        gauge = np.sqrt(columns.max() / rows.max())  # the product is unique, its split is not: keep both in range
        return DiagonalScaled(rows * gauge, A, columns / gauge)

    def _factors(self, A: FeatureOperator) -> tuple[np.ndarray, np.ndarray]:
        """The diagonals of D1 and D2."""
        ones = np.ones(A.shape[0])
        sums = row_sums(A)
        _require_positive(sums, "row")
        _require_positive(A.rmatvec(ones), "column")
        deviation = np.inf
        with np.errstate(all="ignore"):  # without support the factors grow until they overflow
            for _ in range(self.max_iter):
                rows = 1 / sums
                columns = 1 / A.rmatvec(rows)  # the column sums are now 1 to round-off
                sums = A.matvec(columns)
                reached = float(np.abs(rows * sums - 1).max())
                if reached <= self.tol:
                    return rows, columns
                if not np.isfinite(reached):
                    break
                deviation = reached
        raise ValueError(
            f"normalization='sinkhorn' with max_iter={self.max_iter} left a row sum {deviation:.2g} away from 1, more "
            f"than tol={self.tol:g}: the affinity needs total support. Add a small constant to it, raise max_iter, or "
            "use normalization='row'."
        )


def _require_positive(sums: np.ndarray, line: str) -> None:
    if not np.isfinite(sums).all():
        i = int(np.argmin(np.isfinite(sums)))
        raise ValueError(f"the {line} of feature {i} in the affinity sums to {sums[i]}: its entries must be finite.")
    if not sums.all():
        raise ValueError(
            f"normalization='sinkhorn' cannot make the {line} of feature {int(np.argmin(sums))} sum to 1, because the "
            "affinity is zero there: drop the feature, add a small constant to the affinity, or use "
            "normalization='row'."
        )
