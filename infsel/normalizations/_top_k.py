"""The graph of nearest neighbors."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from infsel._runtime.ranges import Count, parameter
from infsel.normalizations._base import Normalization, Unit
from infsel.operators import FeatureOperator, Stored


@dataclass
class TopK(Normalization):
    """The k largest entries of each row, all others zero, with damping in units of 1 / spectral radius.

    Of equal entries the lower column index is kept first. The result is a sparse matrix of at most n k stored entries
    and in general asymmetric, even where A is symmetric.

    Parameters
    ----------
    k : int >= 1, default=10
        How many features each feature relates to. From n up A stays as it is.

    Examples
    --------
    >>> A = Stored(np.array([[0.0, 3.0, 1.0], [2.0, 0.0, 2.0], [1.0, 5.0, 4.0]]))
    >>> TopK(k=1)(A).to_dense()
    array([[0., 3., 0.],
           [2., 0., 0.],
           [0., 5., 0.]])
    """

    k: int = parameter(Count(), 10)

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """Keep the strongest relations of every feature, found block by block.

        Raises
        ------
        ValueError
            If k is not a whole number from 1 up, or A holds NaN.
        """
        if self.k >= A.shape[0]:
            return A
        blocks = [sp.csr_array(_strongest(rows, int(self.k))) for _, rows in A.row_blocks()]
        return Stored(sp.vstack(blocks, format="csr"))

    def unit(self, A: FeatureOperator) -> Unit:
        """One spectral radius."""
        return Unit(1.0, in_radii=True)


def _strongest(rows: np.ndarray, k: int) -> np.ndarray:
    """The rows with everything but their k largest entries set to zero."""
    if np.isnan(rows).any():
        raise ValueError("the affinity holds NaN, which has no place in an order: its entries must be finite.")
    smallest = np.partition(rows, -k, axis=1)[:, [-k]]  # of those kept
    above, equal = rows > smallest, rows == smallest
    places = k - above.sum(axis=1, keepdims=True)
    kept = above | (equal & (equal.cumsum(axis=1) <= places))
    return np.where(kept, rows, rows.dtype.type(0))
