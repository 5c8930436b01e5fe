"""Samples in an order that only their content decides, and parts of them that each stand for all."""

from collections.abc import Callable, Iterable

import numpy as np

from infsel._runtime.threads import in_threads

_GRID = 2**20  # positions that weights and repetitions put a few units in the last place apart are one number on it
_ODD = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio
_PIECE = 2**14  # samples
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
    rows = X + 0.0  # -0.0 equals 0.0, but its bits do not
    keys = _contents(rows)
    order = np.argsort(keys, kind="stable")
    if (np.diff(keys[order]) > 0).all():
        return order, np.arange(len(X))
    keys = _repeats(rows, keys)
    everything = [keys, *outputs]
    order = np.lexsort(everything[::-1])
    new = np.any([np.diff(key[order].astype(np.float64), prepend=np.nan) != 0 for key in everything], axis=0)
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
        Samples of each part, in an order that only their content decides.
    """
    alike, apart = _hashes(places)
    order = np.lexsort((apart, alike))
    if output.dtype.kind == "f":
        order = order[np.argsort(output[order], kind="stable")]
    else:  # classes by the hash of their first sample
        _, first, code = np.unique(output[order], return_index=True, return_inverse=True)
        order = order[np.argsort(first[code], kind="stable")]
    return [order[k::n_parts] for k in range(n_parts)]


def column_order(places: np.ndarray) -> np.ndarray:
    """The columns in an order that neither theirs nor that of the samples decides, `places` being as `deal` reads them.

    Sums over columns in this order come out the same, to the last bit, wherever the columns stand.
    """
    alike = _hashes(places)[0]
    return np.argsort([_mix(alike + _on_grid(column)).sum() for column in places], kind="stable")


def _hashes(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two hashes of each sample: one that the order of the columns leaves alone, and one that tells columns apart."""
    return tuple(_in_pieces(places.shape[1], 2, lambda some: _hashes_of(places[:, some])))


def _hashes_of(places: np.ndarray) -> np.ndarray:
    alike, apart = hashes = np.zeros((2, places.shape[1]), np.uint64)
    for f, column in enumerate(places):
        mixed = _mix(_on_grid(column))
        alike += mixed  # modulo 2^64: no order of adding matters
        apart += _mix(mixed + np.uint64((f + 1) * _ODD % 2**64))
    hashes[0] = _mix(alike)
    return hashes


def _contents(rows: np.ndarray) -> np.ndarray:
    """A hash of the numbers of each row."""
    bits = rows.view(f"u{rows.itemsize}")

    def of(some: slice) -> np.ndarray:
        total = np.zeros((1, len(bits[some])), np.uint64)
        for f, column in enumerate(np.ascontiguousarray(bits[some].T)):
            total += _mix(column + np.uint64((f + 1) * _ODD % 2**64))
        return total

    return _in_pieces(len(rows), 1, of)[0]


def _repeats(rows: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Numbers of rows that are equal for equal rows alone: the order of their hashes, or of all if those collide."""
    order = np.argsort(keys, kind="stable")
    again = np.flatnonzero(np.diff(keys[order]) == 0)
    if (rows[order[again]] != rows[order[again + 1]]).any():
        whole = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))[:, 0]
        return np.unique(whole, return_inverse=True)[1]
    numbers = np.empty(len(keys), np.intp)
    numbers[order] = np.cumsum(np.diff(keys[order], prepend=keys[order[:1]]) > 0)
    return numbers


def _in_pieces(n_samples: int, n_lines: int, of: Callable[[slice], np.ndarray]) -> np.ndarray:
    """What a function says of pieces of the samples that stay in cache, side by side."""
    result = np.empty((n_lines, n_samples), np.uint64)

    def share(starts: Iterable[int]) -> None:
        for start in starts:
            some = slice(start, start + _PIECE)
            result[:, some] = of(some)

    in_threads(share, range(0, n_samples, _PIECE), smallest_share=2)
    return result


def _on_grid(places: np.ndarray) -> np.ndarray:
    return np.rint(places * _GRID).astype(np.uint64)


def _mix(numbers: np.ndarray) -> np.ndarray:
    """A bijection of 64-bit integers after which neighbors have nothing in common (SplitMix64).

    Steele, Lea, Flood (2014). Fast splittable pseudorandom number generators. OOPSLA.
    """
    mixed = numbers + np.uint64(_ODD)
    for shift, factor in zip((30, 27), _BETTER, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
