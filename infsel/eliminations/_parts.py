"""Samples in an order that only their content decides, and parts of them that each stand for all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from infsel._runtime.threads import in_threads
from infsel.eliminations._base import RowModel

_GRID = 2**20  # positions that weights and repetitions put a few units in the last place apart are one number on it
_DRAWS = 32
_BLOCK = 2**16
_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio
_BETTER = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


def distinct(X: np.ndarray, outputs: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Samples sorted by what they hold, and where in that order those begin that differ from the one before.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    outputs : list of ndarray of shape (n_samples,)

    Returns
    -------
    order : ndarray of int of shape (n_samples,)
    starts : ndarray of int of shape (n_distinct,)
    """
    rows = np.ascontiguousarray(X + 0.0)  # -0.0 equals 0.0, but its bytes do not
    whole = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))[:, 0]
    keys = [np.unique(whole, return_inverse=True)[1], *outputs]
    order = np.lexsort(keys[::-1])
    new = np.any([np.diff(key[order], prepend=np.nan) != 0 for key in keys], axis=0)
    return order, np.flatnonzero(new)


def deal(places: np.ndarray, output: np.ndarray, n_parts: int) -> list[np.ndarray]:
    """Parts of the samples that represent all classes, or the whole range of numbers, in proportion.

    Which sample belongs to which part depends on what it holds, not on where it stands or how its class is called:
    samples are dealt out in turn, class by class or in the order of their numbers, and within those in the order of a
    hash of their positions.

    Parameters
    ----------
    places : ndarray of shape (n_features, n_samples)
        `positions` of the values of each column, no two samples of one class alike.
    output : ndarray of shape (n_samples,)
        Class numbers, or numbers.
    n_parts : int

    Returns
    -------
    list of ndarray of int
        Samples of each part, in ascending order.
    """
    alike, apart = _hashes(places)
    order = np.lexsort((apart, alike))
    if output.dtype.kind == "f":
        order = order[np.argsort(output[order], kind="stable")]
    else:  # classes by the hash of their first sample
        _, first, code = np.unique(output[order], return_index=True, return_inverse=True)
        order = order[np.argsort(first[code], kind="stable")]
    return [np.sort(order[k::n_parts]) for k in range(n_parts)]


def random_signs(places: np.ndarray) -> np.ndarray:
    """Random signs, 1 or -1, that depend on what each sample holds, shape (n_samples, 32).

    Parameters
    ----------
    places : ndarray of shape (n_features, n_samples)
        `positions` of the values of each column, in whatever order the columns are.
    """
    alike, width = np.zeros(places.shape[1], np.uint64), max(1, _BLOCK // places.shape[1])
    for start in range(0, len(places), width):  # whole blocks: a column at a time would take longer than to hash it
        alike += _mix(np.rint(places[start : start + width] * _GRID).astype(np.uint64)).sum(axis=0, dtype=np.uint64)
    bits = _mix(alike)[:, np.newaxis] >> np.arange(_DRAWS, dtype=np.uint64)
    return 1 - 2 * (bits & np.uint64(1)).astype(np.float64)


class PooledRidge(RowModel):
    """Models on parts of the samples, whose importances add up.

    Parameters
    ----------
    parts : list of RowModel
    """

    def __init__(self, parts: list[RowModel]) -> None:
        self._parts = parts
        self.null_errors = np.concatenate([part.null_errors for part in parts])
        self.counts = np.concatenate([part.counts for part in parts])

    @property
    def errors(self) -> np.ndarray:  # type: ignore[override]
        """Part after part."""
        return np.concatenate([part.errors for part in self._parts])

    def importance(self) -> np.ndarray:
        """The sum over the parts."""
        total = over_parts(lambda part: part.importance(), self._parts)
        self.resolution = float(sum(part.resolution for part in self._parts))
        return total

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        for part in self._parts:
            part.restrict(stays)


def over_parts(measure: Callable[[Any], np.ndarray], parts: Sequence[Any]) -> np.ndarray:
    """The sum of what is measured on each part, always in the same order of adding."""

    def share(some: Iterable[Any]) -> list[np.ndarray]:
        return [measure(part) for part in some]

    shares = in_threads(share, parts, smallest_share=1)
    return np.sum([shares[k % len(shares)][k // len(shares)] for k in range(len(parts))], axis=0)


def _hashes(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two hashes of each sample: one that the order of the columns leaves alone, and one that tells columns apart."""
    alike, apart = np.zeros((2, places.shape[1]), np.uint64)
    for f, column in enumerate(places):
        mixed = _mix(np.rint(column * _GRID).astype(np.uint64))
        alike += mixed  # modulo 2^64: no order of adding matters
        apart += _mix(mixed + np.uint64((f + 1) * _ODD % 2**64))
    return _mix(alike), apart


def _mix(numbers: np.ndarray) -> np.ndarray:
    """A bijection of 64-bit integers after which neighbors have nothing in common (SplitMix64).

    Steele, Lea, Flood (2014). Fast splittable pseudorandom number generators. OOPSLA.
    """
    mixed = numbers + np.uint64(_ODD)
    for shift, factor in zip((30, 27), _BETTER, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
