"""A relation within groups of features, or between them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import scipy.sparse as sp

from infsel.operators._base import FeatureOperator, Index, numbers_of
from infsel.operators._stored import Stored

_FEW = 32  # groups, whose products are quicker taken one by one than whole rows are listed


class Masked(FeatureOperator):
    """A where two features are of one group, or where they are not, and 0 elsewhere.

    With few groups a product takes one product with A for each: rows of a group meet the vector without it, or with
    nothing else. Nothing is subtracted that was added before. With many groups whole rows are listed.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    group : ndarray of int of shape (n,)
        The group of each feature.
    within : bool
        Whether entries within groups stay, or those between them.
    """

    def __init__(self, A: FeatureOperator, group: np.ndarray, within: bool) -> None:
        super().__init__(A.shape[0], A.dtype)
        _, self.group = np.unique(group, return_inverse=True)
        self.within, self.children = within, (A,)

    @cached_property
    def nonnegative(self) -> bool | None:
        return self.children[0].nonnegative or None

    def _rows(self, index: Index) -> np.ndarray:
        kept = (self.group[numbers_of(index)][:, np.newaxis] == self.group) == self.within
        return np.where(kept, self.children[0].rows(index), self.dtype.type(0))

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._by_group(np.ravel(x), False) if self._few else super()._matvec(x)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self._by_group(np.ravel(x), True) if self._few else super()._rmatvec(x)

    @property
    def _few(self) -> bool:
        return int(self.group.max(initial=0)) < _FEW

    def _by_group(self, x: np.ndarray, transposed: bool) -> np.ndarray:
        own = self.group[:, np.newaxis] == np.arange(self.group.max() + 1)
        products = self.children[0].times(np.where(own == self.within, x[:, np.newaxis], 0.0), transposed)
        return products[np.arange(len(x)), self.group]


def masked(A: FeatureOperator, group: np.ndarray, *, within: bool) -> FeatureOperator:
    """A within groups or between them: of a sparse matrix the entries themselves are taken.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    group : ndarray of int of shape (n,)
    within : bool
    """
    if not isinstance(A, Stored) or not sp.issparse(A.matrix):
        return Masked(A, group, within)
    entries = A.matrix.tocoo()
    kept = (group[entries.row] == group[entries.col]) == within
    return Stored(sp.csr_array((entries.data[kept], (entries.row[kept], entries.col[kept])), shape=A.shape))
