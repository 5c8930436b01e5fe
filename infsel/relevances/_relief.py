"""Relevance by the neighbors of each row: alike within its class, apart from the other classes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._kernels import add_distances, weigh_differences
from infsel._runtime.memory import allocate
from infsel._runtime.ranges import Number, parameter
from infsel._runtime.threads import in_threads
from infsel.relevances._base import Relevance
from infsel.tables import as_table
from infsel.targets import output_of

_BLOCK = 64  # columns at a time: of two rows, or of a few hundred samples, they fit the cache
_SHARE = 2**24  # differences that are worth a thread
_MATRICES = 6  # of all pairs of samples, at the same time
_REMEDY = "pass fewer samples, or ReliefF or IteratedRelief, which compare a block of samples at a time"


@dataclass
class SoftRelief(Relevance):
    """Mean difference to rows of other classes less the mean difference to rows of the same class.

    Every row attends to the rows of its own class and, class by class, to the others, by a softmax of -D / t over
    their l1 distances D on columns scaled to [0, 1]. Classes count alike, and so do the classes a row is compared with.
    The margin of a feature lies in [-1, 1] and is about 0 for noise; a constant column gets 0. It sees interactions,
    which no relevance of single columns does. Time is O(n_samples^2 n_features).

    Parameters
    ----------
    temperature : float > 0, default=0.5
        t in standard deviations of the distances. Low temperatures compare the nearest rows only, as Relief does.

    Notes
    -----
    A continuous target has no classes: rows attend to each other by exp(-D / t) times the difference, or one less the
    difference, of their ranks in the target, as in RReliefF.

    References
    ----------
    Kononenko (1994). Estimating attributes: analysis and extensions of RELIEF. ECML.
    Robnik-Sikonja, Kononenko (2003). Theoretical and empirical analysis of ReliefF and RReliefF. Machine Learning 53.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 0.0], [0.1, 1.0], [1.0, 0.0], [0.9, 1.0]])
    >>> SoftRelief()(X, [0, 0, 1, 1]).round(2).tolist()
    [0.8, -0.99]
    """

    separable: ClassVar[bool] = False
    cancels: ClassVar[float] = 1.0

    temperature: float = parameter(Number(low=0), 0.5)

    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        output = output_of(y)
        result, alive = np.zeros(X.shape[1]), as_table(X).varying()
        if alive.any():
            result[alive] = relief_margins(X[:, alive], [output], np.ones(len(X)), self.temperature)
        return result


def relief_margins(X: np.ndarray, outputs: list[np.ndarray], weights: np.ndarray, temperature: float) -> np.ndarray:
    """The margin of each column, which varies, summed over the outputs of the target.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    outputs : list of ndarray of shape (n_samples,)
        Class numbers as integers, or floating-point numbers.
    weights : ndarray of shape (n_samples,)
        How often each sample counts, the copies of a sample being its neighbors too.
    temperature : float
        In standard deviations of the distances.

    Returns
    -------
    margins : ndarray of shape (n_features,)

    Raises
    ------
    MemoryError
        If the matrices of distances and attention cannot fit.
    """
    allocate((_MATRICES, len(X), len(X)), np.dtype(np.float64), "soft Relief between all pairs of samples", _REMEDY)
    unit = _unit_range(X)
    D = _distances(unit)
    pairs = np.outer(weights, weights)
    np.fill_diagonal(pairs, weights * np.maximum(weights - 1, 0))
    mean = np.average(D, weights=pairs)
    spread = np.sqrt(np.average(np.square(D - mean), weights=pairs))
    logits = -D / (temperature * spread) if spread > 0 else np.zeros_like(D)
    with np.errstate(divide="ignore"):
        logits += np.log(pairs / weights[:, np.newaxis])  # a row is no neighbor of itself, but its copies are
    Q = np.zeros_like(D)
    for y in outputs:
        if np.ptp(y) > 0:
            Q += _by_number(logits, y, weights) if y.dtype.kind == "f" else _by_class(logits, y, weights)
    return _differences(unit, Q + Q.T)


def _unit_range(X: np.ndarray) -> np.ndarray:
    """Columns scaled to [0, 1] as rows, in double precision."""
    halves = X.T.astype(np.float64, order="C") / 2  # high - low of the largest numbers overflows
    halves -= halves.min(axis=1, keepdims=True)
    high = halves.max(axis=1, keepdims=True)
    return np.divide(halves, high, out=halves, where=high > 0)


def _distances(unit: np.ndarray) -> np.ndarray:
    """l1 distances between all samples, shape (n_samples, n_samples)."""
    n_features, n_samples = unit.shape

    def share(starts: Iterable[int]) -> np.ndarray:
        total = np.zeros((n_samples, n_samples))
        for start in starts:
            add_distances(np.ascontiguousarray(unit[start : start + _BLOCK].T), total)
        return total

    lower = np.asarray(sum(in_threads(share, range(0, n_features, _BLOCK), _share(n_samples))))
    return lower + lower.T


def _differences(unit: np.ndarray, symmetric: np.ndarray) -> np.ndarray:
    """sum_ij Q_ij |x_i - x_j| for each column x from Q + Q', shape (n_features,)."""
    result = np.zeros(len(unit))

    def share(starts: Iterable[int]) -> None:
        for start in starts:
            weigh_differences(unit[start : start + _BLOCK], symmetric, result[start : start + _BLOCK])

    in_threads(share, range(0, len(unit), _BLOCK), _share(len(symmetric)))
    return result


def _share(n_samples: int) -> int:
    """Blocks of columns that are worth a thread."""
    return max(1, _SHARE // (_BLOCK * n_samples**2))


def _by_class(logits: np.ndarray, codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How much each difference counts: for rows of other classes, and against those of the same."""
    sizes = np.bincount(codes, weights)
    present = np.flatnonzero(sizes)
    Q = np.zeros_like(logits)
    for c in present:
        members = codes == c
        Q[:, members] = _softmax(logits[:, members]) * np.where(members, -1.0, 1 / (len(present) - 1))[:, np.newaxis]
    return Q * (weights / (len(present) * sizes[codes]))[:, np.newaxis]


def _by_number(logits: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    place = as_table(y[:, np.newaxis], weights).positions()[0]
    apart = np.abs(place[:, np.newaxis] - place)
    apart /= apart.max()
    with np.errstate(divide="ignore"):
        Q = _softmax(logits + np.log(apart)) - _softmax(logits + np.log1p(-apart))
    return Q * (weights / weights.sum())[:, np.newaxis]


def _softmax(logits: np.ndarray) -> np.ndarray:
    """Rows that sum to 1, or to 0 where there is nobody to attend to."""
    top = logits.max(axis=1, keepdims=True)
    weights = np.exp(logits - np.where(np.isfinite(top), top, 0))
    total = weights.sum(axis=1, keepdims=True)
    return weights / np.where(total > 0, total, 1)
