"""What is known of each pair of columns from two groups."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FEWEST = 10  # samples that two columns have in common, below which nothing is known of them
Some = np.ndarray | float
EPS = float(np.finfo(np.float64).eps)


class Pairs(NamedTuple):
    """How far columns of one group, in rows, are associated with those of another: arrays of shape (n, m).

    Attributes
    ----------
    squares : ndarray
        Squared associations, corrected for the bias of labels, which may leave less than 0.
    signs : ndarray
        -1 between numbers of which one falls where the other rises, else 1.
    n : ndarray
        What the samples weigh that have both.
    chance : ndarray
        What `squares` are in the mean where columns are independent.
    known : ndarray of bool
        Whether enough samples have both and both vary there.
    explained, freedom : ndarray
        What n times as much follows a chi squared distribution of so many degrees of freedom, where columns are
        independent.
    """

    squares: np.ndarray
    signs: np.ndarray
    n: np.ndarray
    chance: np.ndarray
    known: np.ndarray
    explained: np.ndarray
    freedom: np.ndarray

    @property
    def T(self) -> Pairs:
        """The pairs seen from the other group."""
        return Pairs(*(each.T for each in self))


def left_of(squares: np.ndarray, sums: np.ndarray, n: np.ndarray, n_samples: int) -> np.ndarray:
    """Squared deviations, sum w x^2 - (sum w x)^2 / n, 0 where only round-off is left of rows of norm 1."""
    left = squares - sums * sums / n
    return np.where(left > lost(n_samples), left, 0)


def lost(n_samples: int) -> float:
    """Up to what squared deviations of so many samples are round-off."""
    return 4 * n_samples * EPS


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The quotient, 0 where nothing is below."""
    return np.divide(above, below, out=np.zeros(np.broadcast_shapes(above.shape, below.shape)), where=below > 0)


def epsilon_squared(explained: Some, n: Some, k: Some) -> np.ndarray:
    """What eta squared is without the part that k labels of n samples explain by chance, in the mean."""
    return np.asarray(1 - (1 - explained) * (n - 1) / np.maximum(n - k, 1e-300))


def corrected_information(information: Some, entropies: tuple[Some, Some], n: Some, k: Some, m: Some) -> np.ndarray:
    """Mutual information over the mean of both entropies, each less what chance makes of k and m labels (Miller).

    0 where a column has so many labels that nothing is left of its entropy; below 0 where there is less than chance
    makes.
    """
    n = np.maximum(np.asarray(n), 1e-300)
    first, second = entropies[0] - np.square(k - 1) / (2 * n), entropies[1] - np.square(m - 1) / (2 * n)
    mean = np.where(np.minimum(first, second) > 0, (first + second) / 2, 0)
    return ratio(np.asarray(information - (k - 1) * (m - 1) / (2 * n)), mean)


def corrected_v(contingency: Some, n: Some, k: Some, m: Some) -> np.ndarray:
    """V squared of Cramer, from chi squared over n of k and m labels, without the part of chance (Bergsma).

    0 where a column has as many labels as samples; below 0 where there is less than chance makes.
    """
    freedom = np.maximum(np.asarray(n) - 1, 1e-300)
    rows, columns = k - 1 - np.square(k - 1) / freedom, m - 1 - np.square(m - 1) / freedom
    return ratio(np.asarray(contingency - (k - 1) * (m - 1) / freedom), np.minimum(rows, columns))
