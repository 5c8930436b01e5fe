"""Entropies of binned columns, of pairs of them, and of these with a target."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from infsel._kernels import write_pair_sums
from infsel._runtime.threads import in_threads
from infsel._runtime.ties import round_off
from infsel.embeddings import are_spread

_ROWS = 256  # features a thread counts before it asks for more
_SHARE = 2**20  # samples times features that are worth a thread
_BITS = 60  # of the largest sum, so that four of them fit 63
_EPS = float(np.finfo(np.float64).eps)


class One(NamedTuple):
    """A feature as others meet it: its bins, sum of c log c, numbers of all and of free bins, relevance, and gaps."""

    codes: np.ndarray
    own: np.ndarray
    n_bins: np.ndarray
    free: np.ndarray
    relevance: np.ndarray
    gap: np.ndarray


class Entropies:
    """Information in nats between binned features and one target.

    It depends on how many samples share a cell and on nothing else, to the last bit, if the weights and their sums are
    representable (whole numbers are): not on the order of the samples, or on what bins and classes are called.

    A feature may have more than `bins` bins, of labels. Each of these costs what it gives by chance, and no information
    is less than 0: n samples in r of c cells give (c - 1) / (2 n) nats a row of cells in the mean of the chi squared
    approximation, or H(y) / n, the most that one sample gives, if that is more. Two features may have as many pairs of
    bins as `bins` allow both.

    Parameters
    ----------
    codes : ndarray of int of shape (n_features, n_samples)
        The bin 0, 1, ... of each value.
    bins : int
        Up to which bins cost nothing.
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

    References
    ----------
    Miller (1955). Note on the bias of information estimates. Information Theory in Psychology.
    """

    def __init__(self, codes: np.ndarray, bins: int, y: np.ndarray, weights: np.ndarray) -> None:
        self._codes, self._y, self._weights = codes, y, weights
        self.n_classes, self._total = int(y.max()) + 1, float(weights.sum())
        most = max(self._total * np.log(self._total), 1)
        self._unit = 2.0 ** (_BITS - np.frexp(most)[1])  # c log c as a whole number: sums of those are exact
        self._all = np.rint(self._total * np.log(self._total) * self._unit).astype(np.int64)
        self._nothing = np.zeros(len(y), dtype=np.intp)
        self._of_y = self._joint(np.zeros((1, len(y)), dtype=codes.dtype), self._nothing, 1)[1]
        self._own, self._with_y, self._n_bins = self._joint(codes, self._nothing, 1)
        self._free = self._free_bins(bins)
        self._cost = max((self.n_classes - 1) / 2, self.of_target) / self._total
        self.relevance = self._charged(self._alone(), self._n_bins - self._free, 0.0)
        self.resolution = _resolution(self._total)

    @property
    def of_features(self) -> np.ndarray:
        """H(f) of every feature f."""
        return self._entropy(self._own)

    @property
    def of_target(self) -> float:
        """H(y)."""
        return float(self._entropy(self._of_y)[0])

    def one(self, j: int) -> One:
        """What others need to know of a feature."""
        return One(self._codes[j], self._own[j], self._n_bins[j], self._free[j], self.relevance[j], self._gap(j))

    def with_target(self, j: One) -> np.ndarray:
        """I(f, j; y) for every feature f."""
        pairs, triples, n_pairs = self._with(j)
        floor = np.maximum(self.relevance, j.relevance)
        return self._charged(self._both(j, pairs, triples), n_pairs - self._free * j.free, floor)

    def given(self, j: One) -> np.ndarray:
        """I(f; y | j) for every feature f."""
        return self.with_target(j) - j.relevance

    def shared(self, j: One) -> np.ndarray:
        """I(f; j) for every feature f, with the degrees of freedom of the cells that are not empty."""
        pairs, _, n_pairs = self._with(j)
        degrees = n_pairs - self._n_bins - j.n_bins + 1 - (self._free - 1) * (j.free - 1)
        information = self._between(j, pairs)
        return np.where(degrees > 0, np.maximum(information - degrees / (2 * self._total), 0), information)

    def _free_bins(self, bins: int) -> np.ndarray:
        """How many bins of each feature cost nothing."""
        return np.minimum(self._n_bins, bins)

    def _alone(self) -> np.ndarray:
        """I(f; y) as it is counted."""
        return self._information(self._own, self._of_y, self._with_y)

    def _both(self, j: One, pairs: np.ndarray, triples: np.ndarray) -> np.ndarray:
        """I(f, j; y) as it is counted."""
        return self._information(pairs, self._of_y, triples)

    def _between(self, j: One, pairs: np.ndarray) -> np.ndarray:
        """I(f; j) as it is counted."""
        return self._information(self._own, j.own, pairs)

    def _charged(self, information: np.ndarray, beyond: np.ndarray, floor: np.ndarray | float) -> np.ndarray:
        """Information less what so many bins cost, where there are any."""
        return np.where(beyond > 0, np.maximum(information - beyond * self._cost, floor), information)

    def _entropy(self, sums: np.ndarray) -> np.ndarray:
        return (self._all - sums) / (self._unit * self._total)

    def _information(self, one: np.ndarray, other: np.ndarray, both: np.ndarray) -> np.ndarray:
        """Information between two variables from the sums of each and of both."""
        return self._nats(self._all + both - one - other)

    def _nats(self, sums: np.ndarray) -> np.ndarray:
        return np.maximum(sums, 0) / (self._unit * self._total)

    def _with(self, j: One) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self._joint(self._codes, j.codes, int(j.codes.max()) + 1)

    def _gap(self, j: int) -> np.ndarray:
        """Where feature j is missing: no feature is."""
        return self._nothing

    def _joint(self, codes: np.ndarray, x: np.ndarray, n_values: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Sums of c log c over the counts c of (f, x) and (f, x, y) for every row f, and how many (f, x) there are."""
        groups, sums = x.astype(np.intp) * self.n_classes + self._y, np.empty((len(codes), 3), dtype=np.int64)
        levels = codes.max(axis=1, initial=0).astype(np.intp) + 1

        def share(starts: Iterable[int]) -> None:
            for start in starts:
                where = slice(start, start + _ROWS)
                cells = np.zeros((levels[where].max(), n_values * self.n_classes))
                write_pair_sums(
                    codes[where], groups, self.n_classes, self._weights, self._unit, levels[where], cells, sums[where]
                )

        in_threads(share, range(0, len(codes), _ROWS), max(1, _SHARE // (_ROWS * len(groups))))
        return sums[:, 0], sums[:, 1], sums[:, 2]


class PresentEntropies(Entropies):
    """Information of features with gaps, of which nothing is known: that beyond what the gaps say themselves.

    I(f; y | G_f), with G_f where f is missing, is the information of the samples that have f times their share of all.
    So it is with two: I(f, j; y | G_f, G_j), and I(f; j | G_f, G_j), which is that of the samples that have both.

    Parameters
    ----------
    codes, bins, y, weights
        As for `Entropies`; a gap is a bin.
    gaps : ndarray of bool of shape (n_features, n_samples)
        Where they are.
    """

    def __init__(self, codes: np.ndarray, bins: int, y: np.ndarray, weights: np.ndarray, gaps: np.ndarray) -> None:
        self._has_gaps = np.asarray(gaps.any(axis=1))
        self._rows = np.flatnonzero(self._has_gaps)
        self._gaps = np.ascontiguousarray(gaps[self._rows]).view(np.uint8)
        self._row = np.cumsum(self._has_gaps) - 1
        super().__init__(codes, bins, y, weights)

    @property
    def of_features(self) -> np.ndarray:
        """H(f | G_f) of every feature f."""
        return super().of_features - self._entropy(self._of_gaps)

    def given(self, j: One) -> np.ndarray:
        """I(f; y | j, G_f) for every feature f."""
        pairs, triples, n_pairs = self._with(j)
        before = self._gaps_with(j.codes)
        information = self._nats(before[0] + triples - pairs - before[1])
        return self._charged(information, n_pairs - self._free * j.free, 0.0)

    def _free_bins(self, bins: int) -> np.ndarray:
        return np.minimum(self._n_bins - self._has_gaps, bins) + self._has_gaps

    def _alone(self) -> np.ndarray:
        self._of_gaps, with_y = self._gaps_with(self._nothing)
        return self._nats(self._of_gaps + self._with_y - self._own - with_y)

    def _both(self, j: One, pairs: np.ndarray, triples: np.ndarray) -> np.ndarray:
        both, with_y = self._gaps_with(j.gap)
        return self._nats(both + triples - pairs - with_y)

    def _between(self, j: One, pairs: np.ndarray) -> np.ndarray:
        gap = j.gap
        f_and_gap = self._joint(self._codes, gap, 2)[0] if gap.any() else self._own
        return self._nats(pairs + self._gaps_with(gap)[0] - f_and_gap - self._gaps_with(j.codes)[0])

    def _gap(self, j: int) -> np.ndarray:
        return self._gaps[self._row[j]] if self._has_gaps[j] else self._nothing

    def _gaps_with(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sums over the counts of (G_f, x) and of (G_f, x, y) for every feature f."""
        n_values = int(x.max()) + 1
        alone = self._joint(np.zeros((1, len(x)), np.uint8), x, n_values)
        some = self._joint(self._gaps, x, n_values)
        found = [np.full(len(self._codes), sums[0]) for sums in alone[:2]]
        for sums, of_gaps in zip(found, some, strict=False):
            sums[self._rows] = of_gaps
        return found[0], found[1]


class SpreadEntropies:
    """`Entropies` of features in blocks that lie elsewhere, each of which meets one feature at a time.

    Parameters
    ----------
    codes : distributed rows of shape (n_features, n_samples)
        They let a function make something of each block (`each`).
    bins, y, weights
        As for `Entropies`.
    gaps : distributed rows of shape (n_features, n_samples) or None
        As for `PresentEntropies`; None where no feature has any.
    """

    def __init__(self, codes: Any, bins: int, y: np.ndarray, weights: np.ndarray, gaps: Any) -> None:
        known = (bins, y, weights)
        self._blocks = codes.each(Entropies, *known) if gaps is None else codes.each(_beside, *known, beside=gaps)
        self.relevance = self._blocks.joined(attrgetter("relevance"))
        self.n_classes = int(y.max()) + 1
        self.resolution = _resolution(float(weights.sum()))

    def one(self, j: int) -> One:
        """What others need to know of a feature."""
        found: One = self._blocks.of(j, Entropies.one)
        return found

    def with_target(self, j: One) -> np.ndarray:
        """I(f, j; y) for every feature f."""
        return np.asarray(self._blocks.joined(Entropies.with_target, j))

    def given(self, j: One) -> np.ndarray:
        """I(f; y | j) for every feature f."""
        return np.asarray(self._blocks.joined(_given, j))

    def shared(self, j: One) -> np.ndarray:
        """I(f; j) for every feature f."""
        return np.asarray(self._blocks.joined(Entropies.shared, j))


def _given(entropies: Entropies, j: One) -> np.ndarray:
    return entropies.given(j)


def _beside(codes: np.ndarray, gaps: np.ndarray, bins: int, y: np.ndarray, weights: np.ndarray) -> PresentEntropies:
    return PresentEntropies(codes, bins, y, weights, gaps)


def entropies_of(codes: Any, bins: int, y: np.ndarray, weights: np.ndarray, gaps: Any) -> Any:
    """Those of features whose gaps are bins like others, where none are given here; else those given the gaps."""
    if are_spread(codes):
        return SpreadEntropies(codes, bins, y, weights, gaps)
    if gaps is None or not gaps.any():
        return Entropies(codes, bins, y, weights)
    return PresentEntropies(codes, bins, y, weights, gaps)


def _resolution(total: float) -> float:
    return float(round_off(max(np.log(total), 1), _EPS))
