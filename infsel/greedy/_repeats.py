"""Which column each column repeats, exactly or nearly."""

from collections.abc import Callable
from typing import Any

import numpy as np

from infsel.embeddings import Filled, Written, are_spread, lift, row_blocks, written

Scores = Callable[[Filled | Written], Written]

_LEADING = 256  # ranked columns that others are compared with
_SHARED = 0.9**2  # of its variance, from which on one column is a near copy of another
_ENTRIES = 2**22
_ULPS = 2**12


def repeats(
    rows: Filled | Written, scores: Scores, counts: np.ndarray, order: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What each column repeats, -1 where it is nothing, and their correlation, NaN there; both (n_features,).

    An exact copy repeats what it is a copy of. Any other ranked column repeats the one with the largest absolute
    correlation among the 256 best of those above it, if that is .9 or more.

    Parameters
    ----------
    rows : ndarray, FilledRows or SparseRows of shape (n_features, n_samples)
        One column of the table a row.
    scores : callable
        What some of these rows become for a model.
    counts : ndarray of shape (n_samples,)
        How often each sample counts.
    order : ndarray of int of shape (n_ranked,)
        Columns from best to worst, none a copy of another.
    first : ndarray of int of shape (n_features,)
        What each column is a copy of: itself where it is none.
    """
    repeated, correlation = np.full(len(first), -1), np.full(len(first), np.nan)
    copies = np.flatnonzero(first != np.arange(len(first)))
    repeated[copies] = first[copies]
    correlation[copies] = [_sign(rows[np.array([copy, first[copy]])], counts) for copy in copies]
    R = _with_leading(rows, scores, counts, order)
    R[np.arange(len(R))[:, np.newaxis] >= np.arange(len(order))] = 0  # not with itself and those below
    closest = np.abs(R).max(axis=0)
    above = (np.abs(R) >= closest - _ULPS * np.finfo(R.dtype).eps).argmax(axis=0)  # of equals the best
    near = np.flatnonzero(np.square(closest) >= _SHARED)
    repeated[order[near]], correlation[order[near]] = order[above[near]], R[above[near], near]
    return repeated, correlation


def _sign(pair: Filled | Written, counts: np.ndarray) -> float:
    """1 for two rows that rise together, -1 for one that mirrors the other."""
    one, other = written(pair)
    return float(np.sign((counts * (one - np.average(one, weights=counts))) @ other))


def _with_leading(rows: Any, scores: Scores, counts: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Correlations of the first rows in the order with all; shape (n_leading, n_rows)."""
    if are_spread(rows):
        products, sums, squares = _of_spread(rows, scores, counts, order)
    else:
        products, sums, squares = _moments(rows[order], scores, counts)
    total = counts.sum()
    norms = np.sqrt(squares - sums**2 / total)
    R = (products - np.outer(sums[: len(products)], sums / total)) / np.outer(norms[: len(products)], norms)
    return np.clip(R, -1, 1)


def _moments(rows: Filled | Written, scores: Scores, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Products of the first scores with all, sums and squares of all; of rows that are written down by samples."""
    if not isinstance(rows, np.ndarray):
        return _of_some(scores(rows), counts)
    width = max(1, _ENTRIES // len(rows))
    products, sums, squares = _of_some(scores(rows[:, :width]), counts[:width])
    for start in range(width, len(counts), width):
        more = _of_some(scores(rows[:, start : start + width]), counts[start : start + width])
        products, sums, squares = products + more[0], sums + more[1], squares + more[2]
    return products, sums, squares


def _of_spread(
    rows: Any, scores: Scores, counts: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same of rows in several processes, which are taken as they lie there."""
    columns = np.sort(order)
    Z: Any = scores(rows[columns])
    weights, place = counts.astype(Z.dtype), np.searchsorted(columns, order)
    first, back = np.unique(place[:_LEADING], return_inverse=True)  # in the order in which they lie: few pieces
    products = Z[first].map(_weighted, weights).gram(Z)[np.ix_(back, place)]
    return products, lift(Z, weights)[place], Z.joined(_squares, weights)[place]


def _weighted(Z: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return Z * weights


def _squares(Z: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("fi,fi,i->f", Z, Z, weights))


def _of_some(Z: Written, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    weights = counts.astype(Z.dtype)
    leading = written(Z[:_LEADING]) * weights
    squares = np.concatenate([_squares(block, weights) for _, block in row_blocks(Z)])
    return lift(Z, np.ascontiguousarray(leading.T)).T, lift(Z, weights), squares
