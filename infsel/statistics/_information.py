"""Entropies of binned columns, of pairs of them, and of these with a target."""

from collections.abc import Iterable

import numpy as np

from infsel._kernels import write_pair_sums
from infsel._runtime.threads import in_threads
from infsel._runtime.ties import round_off

_ROWS = 256  # features a thread counts before it asks for more
_SHARE = 2**20  # samples times features that are worth a thread
_BITS = 60  # of the largest sum, so that four of them fit 63
_EPS = float(np.finfo(np.float64).eps)


class Entropies:
    """Information in nats between binned features and one target.

    It depends on how many samples share a cell and on nothing else, to the last bit, if the weights and their sums are
    representable (whole numbers are): not on the order of the samples, or on what bins and classes are called.

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
    resolution : float
        Round-off in any information: that of the entropies, of which it is a difference.
    """

    def __init__(self, codes: np.ndarray, bins: int, y: np.ndarray, weights: np.ndarray) -> None:
        self._codes, self._bins, self._y, self._weights = codes, bins, y, weights
        self.n_classes, self._total = int(y.max()) + 1, float(weights.sum())
        most = max(self._total * np.log(self._total), 1)
        self._unit = 2.0 ** (_BITS - np.frexp(most)[1])  # c log c as a whole number: sums of those are exact
        self._all = np.rint(self._total * np.log(self._total) * self._unit).astype(np.int64)
        nothing = np.zeros(len(y), dtype=np.intp)
        _, self._of_y = self._joint(np.zeros((1, len(y)), dtype=codes.dtype), nothing, 1)
        self._own, with_y = self._joint(codes, nothing, 1)
        self.relevance = self._shared(self._own, self._of_y, with_y)
        self.resolution = float(round_off(max(np.log(self._total), 1), _EPS))

    @property
    def of_features(self) -> np.ndarray:
        """H(f) of every feature f."""
        return self._entropy(self._own)

    @property
    def of_target(self) -> float:
        """H(y)."""
        return float(self._entropy(self._of_y)[0])

    def with_feature(self, j: int) -> tuple[np.ndarray, np.ndarray]:
        """I(f, j; y) and I(f; j) for every feature f."""
        pairs, triples = self._joint(self._codes, self._codes[j].astype(np.intp), self._bins)
        return self._shared(pairs, self._of_y, triples), self._shared(self._own, self._own[j], pairs)

    def _entropy(self, sums: np.ndarray) -> np.ndarray:
        return (self._all - sums) / (self._unit * self._total)

    def _shared(self, one: np.ndarray, other: np.ndarray, both: np.ndarray) -> np.ndarray:
        """Information between two variables from the sums of each and of both."""
        return np.maximum(self._all + both - one - other, 0) / (self._unit * self._total)

    def _joint(self, codes: np.ndarray, x: np.ndarray, n_values: int) -> tuple[np.ndarray, np.ndarray]:
        """Sums of c log c over the counts c of (f, x) and of (f, x, y) for every row f of codes."""
        groups, sums = x * self.n_classes + self._y, np.empty((len(codes), 2), dtype=np.int64)

        def share(starts: Iterable[int]) -> None:
            cells = np.zeros((self._bins, n_values * self.n_classes))
            for start in starts:
                where = slice(start, start + _ROWS)
                write_pair_sums(codes[where], groups, self.n_classes, self._weights, self._unit, cells, sums[where])

        in_threads(share, range(0, len(codes), _ROWS), max(1, _SHARE // (_ROWS * len(groups))))
        return sums[:, 0], sums[:, 1]
