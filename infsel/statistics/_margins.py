"""Margins: how much farther a column sees each sample from other classes, or numbers, than from its own."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import numpy as np

from infsel.statistics._sample_distances import SampleDistances
from infsel.statistics._sparse_distances import SparseDistances
from infsel.tables import as_table


class Neighbors(ABC):
    """What the neighbors of a sample count in its margin, which grows with the distance to some and falls with others.

    Shares are of all samples: margins add up to a mean over them.
    """

    @abstractmethod
    def attend(self, logits: np.ndarray, start: int) -> None:
        """Replace how near each sample lies by what it counts, signed, for a block of rows.

        Parameters
        ----------
        logits : ndarray of shape (n_rows, n_samples)
            How near each sample lies and how often it is met: the logarithm of what it counts. In place: memory for
            another block costs as much as the numbers.
        start : int
            Number of the first row.
        """


class ClassNeighbors(Neighbors):
    """Samples of the other classes, class by class, against those of the own class.

    Parameters
    ----------
    codes : ndarray of int of shape (n_samples,)
        Class numbers, not all of which need occur.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    balanced : bool
        Whether classes count alike, both as those of the rows and as those met. Otherwise rows do, and another class k
        counts pi_k / (1 - pi) for a row whose class has the share pi of the samples, as in ReliefF.
    """

    def __init__(self, codes: np.ndarray, weights: np.ndarray, balanced: bool) -> None:
        self._codes = np.unique(codes, return_inverse=True)[1]
        self._weights, self._balanced = weights, balanced
        self._sizes = np.bincount(self._codes, weights)
        self._members = [_indices(self._codes == k) for k in range(len(self._sizes))]

    def classes(self, start: int, n_rows: int) -> Iterator[tuple[Any, np.ndarray]]:
        """The members of each class, a slice where they are neighbors, and what it counts for each row, signed."""
        own, weights = (values[start : start + n_rows] for values in (self._codes, self._weights))
        n_classes, shares = len(self._sizes), self._sizes / self._weights.sum()
        count = weights / (n_classes * self._sizes[own] if self._balanced else self._weights.sum())
        for k, members in enumerate(self._members):
            other = 1 / (n_classes - 1) if self._balanced else shares[k] / (1 - shares[own])
            yield members, count * np.where(own == k, -1, other)

    def attend(self, logits: np.ndarray, start: int) -> None:
        for members, share in self.classes(start, len(logits)):
            A = softmax(logits[:, members])
            A *= share[:, np.newaxis]
            logits[:, members] = A


class NumberNeighbors(Neighbors):
    """Samples in proportion to how far apart their numbers rank, against those in proportion to how close they do.

    Parameters
    ----------
    numbers : ndarray of shape (n_samples,)
        They vary.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    """

    def __init__(self, numbers: np.ndarray, weights: np.ndarray) -> None:
        self._place = as_table(numbers[:, np.newaxis], weights).positions()[0]
        self._place /= np.ptp(self._place)
        self._shares = weights / weights.sum()

    def attend(self, logits: np.ndarray, start: int) -> None:
        rows = slice(start, start + len(logits))
        apart = np.abs(self._place[rows, np.newaxis] - self._place)
        with np.errstate(divide="ignore"):
            A = softmax(logits + np.log(apart))
            logits += np.log1p(-np.minimum(apart, 1))
        np.subtract(A, softmax(logits), out=logits)
        logits *= self._shares[rows, np.newaxis]


def neighbors_of(output: np.ndarray, weights: np.ndarray) -> Neighbors:
    """Those by class, classes counting alike, or by number, as the output that was read holds codes or numbers."""
    return NumberNeighbors(output, weights) if output.dtype.kind == "f" else ClassNeighbors(output, weights, True)


def soft_margins(
    distances: SampleDistances | SparseDistances, neighbors: list[Neighbors], temperature: float
) -> np.ndarray:
    """Margins to neighbors chosen by a softmax of -D / t, added up over several kinds of neighbors.

    Parameters
    ----------
    distances : SampleDistances or SparseDistances
    neighbors : list of Neighbors
    temperature : float
        t in standard deviations of the distances D.

    Returns
    -------
    margins : ndarray of shape (n_features,)
        0 for a constant column.
    """
    if not neighbors:
        return np.zeros(len(distances.alive))
    width = temperature * distances.deviation()
    with np.errstate(divide="ignore"):
        met, copies = np.log(distances.weights), np.log(np.maximum(distances.weights - 1, 0))

    def attend(D: np.ndarray, start: int) -> None:
        own = np.arange(len(D))
        np.divide(D, -width if width > 0 else -np.inf, out=D)
        near = D[own, start + own] + copies[start + own]  # no neighbor of itself, but its copies are
        D += met
        D[own, start + own] = near
        others = [D.copy() for _ in neighbors[1:]]
        for kind, A in zip(neighbors, [D, *others], strict=True):
            kind.attend(A, start)
        for A in others:
            D += A

    return distances.margins(attend)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows in proportion to exp(logits) that sum to 1, or to 0 where there is nobody to attend to; in place."""
    highest = logits.max(axis=1, keepdims=True)
    logits -= np.where(np.isfinite(highest), highest, 0)
    np.exp(logits, out=logits)
    totals = logits.sum(axis=1, keepdims=True)
    logits /= np.where(totals > 0, totals, 1)
    return logits


def _indices(members: np.ndarray) -> slice | np.ndarray:
    """The numbers of the members; a slice, which copies nothing, where they are neighbors."""
    found = np.flatnonzero(members)
    return slice(found[0], found[-1] + 1) if found[-1] - found[0] + 1 == len(found) else found
