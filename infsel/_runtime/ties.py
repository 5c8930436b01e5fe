"""Which numbers differ by round-off alone."""

from typing import TypeVar

import numpy as np

Size = TypeVar("Size", float, np.ndarray)

_ULPS = 128
_LONGEST = 4


def round_off(size: Size, eps: float) -> Size:
    """How far apart two results may lie that differ by round-off, from the size of the numbers that they are made of.

    128 units in the last place, `eps` being the relative precision of these numbers.
    """
    return size * (_ULPS * eps)


def round_off_of_squares(squares: np.ndarray, size: float, eps: float) -> np.ndarray:
    """The same for squares of numbers that are sums, with both signs, of squares up to `size`."""
    error = round_off(1.0, eps)
    return np.square(np.sqrt(squares) * (1 + error) + np.sqrt(size) * error) - squares


def settle_within(values: np.ndarray, resolution: float | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give numbers that differ only by round-off one value, and those within round-off of zero the value 0.

    Neighbors among the sorted numbers are one tie, worth its largest member, if they are no farther apart than the
    resolution of one of them. A chain of such neighbors more than four resolutions long is no tie but a continuum of
    distinct numbers, and stays as it is.

    Parameters
    ----------
    values : ndarray of shape (n,)
    resolution : float or ndarray of shape (n,)
        The round-off in each of them.

    Returns
    -------
    settled : ndarray of shape (n,)
    order : ndarray of int of shape (n,)
        An order in which they fall.

    Examples
    --------
    >>> settled, order = settle_within(np.array([0.3, 1.0, 0.3 + 1e-9, -1e-9]), 1e-8)
    >>> settled.tolist(), order.tolist()
    ([0.300000001, 1.0, 0.300000001, 0.0], [1, 2, 0, 3])
    """
    widths = np.broadcast_to(resolution, values.shape)
    equal = np.ndim(resolution) == 0
    order = np.argsort(-values) if equal else np.lexsort((widths, -values))  # the same whoever comes first
    descending, widths, settled = values[order], widths[order], values.copy()
    apart = descending[:-1] - descending[1:] > np.maximum(widths[:-1], widths[1:])
    if not apart.all():  # hardly ever
        starts = np.flatnonzero(np.r_[True, apart])
        lengths = np.diff(starts, append=len(values))
        longest = _LONGEST * np.maximum.reduceat(widths, starts)
        tied = descending[starts] - descending[starts + lengths - 1] <= longest
        settled[order] = np.where(np.repeat(tied, lengths), np.repeat(descending[starts], lengths), descending)
    settled[np.abs(settled) <= resolution] = 0
    return settled, order


def first_of_best(values: np.ndarray, among: np.ndarray, resolution: float | np.ndarray) -> int:
    """The first of the largest numbers among those that the mask holds, ties settled as by `settle_within`."""
    widths = np.broadcast_to(resolution, values.shape)
    # a chain of neighbors that begins at the largest and leaves these is too long for a tie
    reach = (_LONGEST + 1) * widths[among].max()
    near = np.flatnonzero(among & (values >= values[among].max() - reach))
    settled, _ = settle_within(values[near], widths[near])
    return int(near[settled.argmax()])
