"""How many groups two features share."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from infsel.operators._base import Combination, Index, numbers_of


class SharedGroups(Combination):
    """M M^T off the diagonal and 0 on it, with products in the number of memberships, however large the groups are.

    Parameters
    ----------
    members : CSR array M of shape (n, n_groups)
        1 where a feature belongs to a group.
    """

    nonnegative = True

    def __init__(self, members: sp.csr_array) -> None:
        super().__init__(members.shape[0], members.dtype)
        self.members, self._own = members, np.asarray(members.sum(axis=1), dtype=np.float64)

    def _rows(self, index: Index) -> np.ndarray:
        rows, numbers = (self.members[index] @ self.members.T).toarray(), numbers_of(index)
        rows[np.arange(len(numbers)), numbers] = 0
        return rows

    def _times(self, X: np.ndarray, transposed: bool) -> np.ndarray:
        Y = self.members @ (self.members.T @ X) - (self._own * X.T).T
        return np.maximum(Y, 0) if (X >= 0).all() else Y  # a sum of what is not negative
