"""Entropies of binned columns, of pairs of them, and of these with a target."""

from collections.abc import Iterable

import numpy as np

from infsel._kernels import write_pair_sums
from infsel._threads import in_threads

_ROWS = 256  # features a thread counts before it asks for more
_SHARE = 2**20  # samples times features that are worth a thread


class Entropies:
    """Information in nats between binned features and one target.

    Parameters
    ----------
    codes : ndarray of int of shape (n_features, n_samples)
        The bin 0, ..., bins - 1 of each value.
    bins : int
    y : ndarray of int of shape (n_samples,)
        Class numbers 0, 1, ...
    weights : ndarray of shape (n_samples,)
        How often each sample counts.

    Attributes
    ----------
    relevance : ndarray of shape (n_features,)
        I(f; y) of every feature f.
    n_classes : int
    """

    def __init__(self, codes: np.ndarray, bins: int, y: np.ndarray, weights: np.ndarray) -> None:
        self._codes, self._bins, self._y, self._weights = codes, bins, y, weights
        self.n_classes, self._total = int(y.max()) + 1, weights.sum()
        self._own, with_y = self._joint(np.zeros(len(y), dtype=np.intp), 1)
        self._of_y = self._entropy(np.bincount(y, weights))
        self.relevance = np.maximum(self._own + self._of_y - with_y, 0)

    def with_feature(self, j: int) -> tuple[np.ndarray, np.ndarray]:
        """I(f, j; y) and I(f; j) for every feature f."""
        pairs, triples = self._joint(self._codes[j].astype(np.intp), self._bins)
        return np.maximum(pairs + self._of_y - triples, 0), np.maximum(self._own + self._own[j] - pairs, 0)

    def _joint(self, x: np.ndarray, n_values: int) -> tuple[np.ndarray, np.ndarray]:
        """Entropies H(f, x) and H(f, x, y) for every feature f."""
        groups, sums = x * self.n_classes + self._y, np.empty((len(self._codes), 2))

        def share(starts: Iterable[int]) -> None:
            cells = np.zeros((self._bins, n_values * self.n_classes))
            for start in starts:
                where = slice(start, start + _ROWS)
                write_pair_sums(self._codes[where], groups, self.n_classes, self._weights, cells, sums[where])

        in_threads(share, range(0, len(self._codes), _ROWS), max(1, _SHARE // (_ROWS * len(groups))))
        return tuple(np.log(self._total) - sums.T / self._total)

    def _entropy(self, counts: np.ndarray) -> float:
        counts = counts[counts > 0]
        return float(np.log(self._total) - counts @ np.log(counts) / self._total)
