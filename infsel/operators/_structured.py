"""Relations with a formula cheaper than their n x n entries."""

from collections.abc import Callable

import numpy as np

from infsel._sparse_rows import Embedding, gram, lift, project
from infsel.operators._base import FeatureOperator, Index
from infsel.operators._gram import Gram
from infsel.operators._sampling import Sampling


class MaxOuter(FeatureOperator):
    """max(s_i, s_j), with products in O(n) after one sort.

    With the features sorted by s, (A x)_i = s_i * (sum of x_j up to i) + (sum of s_j x_j after i).

    Parameters
    ----------
    s : ndarray of shape (n,)
        One value per feature.
    """

    def __init__(self, s: np.ndarray) -> None:
        super().__init__(len(s), s.dtype)
        self.s = s
        self._order = np.argsort(s, kind="stable")
        self.nonnegative = bool((s >= 0).all())

    def _rows(self, index: Index) -> np.ndarray:
        return np.maximum(self.s[index, None], self.s[None, :])

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        s, x = self.s[self._order], np.ravel(x)[self._order]
        after = np.cumsum((s * x)[::-1])[::-1] - s * x
        y = np.empty(len(s))
        y[self._order] = s * np.cumsum(x) + after
        return y

    _rmatvec = _matvec


class LowRank(FeatureOperator):
    """Q K^T, with products in O(n d).

    Parameters
    ----------
    Q, K : ndarray of shape (n, d)
        One query and one key per feature; logits of attention before their softmax.
    nonnegative : bool, optional
        Whether the formula is never negative, so that what is below 0 in a listed row is round-off. By default the
        entries are looked through when somebody asks.
    """

    def __init__(self, Q: np.ndarray, K: np.ndarray, *, nonnegative: bool | None = None) -> None:
        super().__init__(len(Q), np.result_type(Q, K))
        self.Q, self.K = Q, K
        self._clip = bool(nonnegative)
        if nonnegative is not None:
            self.nonnegative = nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.Q[index] @ self.K.T
        return np.maximum(rows, 0, out=rows) if self._clip else rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self.Q @ (self.K.T @ np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self.K @ (self.Q.T @ np.ravel(x))


class Similarity(FeatureOperator):
    """c Z Z^T, symmetric, with products in O(n T) and one copy of Z.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n, T)
        One embedding per feature, C-contiguous: correlations where its rows have norm 1, logits where it holds tokens.
    scale : float, default=1.0
        The number c.
    """

    def __init__(self, Z: Embedding, scale: float = 1.0) -> None:
        super().__init__(len(Z), Z.dtype)
        self.Z, self.scale = Z, Z.dtype.type(scale)
        self._sampling: Sampling | None = None

    def map(self, f: Callable[[np.ndarray], object], *, nonnegative: bool) -> Gram:
        """f applied to each entry, which changes an array of entries in place."""
        A = Gram(self.Z, f, nonnegative=nonnegative, scale=self.scale)
        A.sample(self._sampling)
        return A

    def sample(self, sampling: Sampling | None) -> None:
        """What `map` hands on: the products of this operator itself are linear in n as they are."""
        self._sampling = sampling

    @property
    def sampling(self) -> Sampling | None:
        return self._sampling

    def _rows(self, index: Index) -> np.ndarray:
        return gram(self.scale * self.Z[index], self.Z)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return float(self.scale) * lift(self.Z, project(self.Z, np.ravel(x)))

    _rmatvec = _matvec
