"""Which column of a table with gaps and labels each repeats, exactly or nearly."""

from __future__ import annotations

import numpy as np

from infsel.tables import MixedTable

_LEADING = 256  # ranked columns that others are compared with
_SHARED = 0.9**2  # of its variance, from which on one column is a near copy of another
_CLOSE = 1e-5  # associations in single precision, which are one: labels in another order differ by round-off


def repeats_of_blocks(
    table: MixedTable, scaled: np.ndarray, order: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """As `repeats` says, by an association in [0, 1] of labels and by the correlation of numbers.

    The squared association is |P|^2 / (n_f n_g min(k_f, k_g)) with P the products of rows that are orthonormal within
    each column, as one row for numbers (k = 1) and (1[x = l] - p_l) / sqrt(p_l) for labels (k = their number less 1),
    0 in the gaps, and n the weight of the samples that have the column: r^2 between numbers, the correlation ratio
    between numbers and labels, and the square of Cramer's V between labels.

    Parameters
    ----------
    table : MixedTable of shape (n_samples, n_features)
    scaled : ndarray of shape (n_features, n_samples)
        What models see of columns of numbers, 0 in the gaps.
    order, first : ndarray of int
        As of `repeats`.
    """
    repeated, found = np.full(len(first), -1), np.full(len(first), np.nan)
    rows, owner, ranks = _orthogonal(table, scaled, order)
    leading = owner < _LEADING
    P = rows[leading] @ rows.T
    heads, tails = (np.flatnonzero(np.diff(of, prepend=-1)) for of in (owner[leading], owner))
    squares = np.add.reduceat(np.add.reduceat(np.square(P), heads, axis=0), tails, axis=1)
    R = np.sqrt(squares / np.minimum.outer(ranks[: len(heads)], ranks))
    signed = ~table.nominal[order]
    both = np.outer(signed[: len(R)], signed)
    R = np.clip(np.where(both, P[np.ix_(heads, tails)], R), -1, 1)
    R[np.arange(len(R))[:, np.newaxis] >= np.arange(len(order))] = 0  # not with itself and those below
    closest = np.abs(R).max(axis=0)
    above = (np.abs(R) >= closest - _CLOSE).argmax(axis=0)  # of equals the best
    near = np.flatnonzero(np.square(closest) >= _SHARED)
    repeated[order[near]], found[order[near]] = order[above[near]], R[above[near], near]
    copies = np.flatnonzero(first != np.arange(len(first)))
    repeated[copies] = first[copies]
    found[copies] = [_sign(table, scaled, int(copy), int(first[copy])) for copy in copies]
    return repeated, found


def _orthogonal(table: MixedTable, scaled: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of columns whose products with themselves have norm sqrt(k), the place of the column of each, and k."""
    root, rows, ranks = np.sqrt(table.counts), [], []
    for column in order:
        there = ~table.missing[:, column]
        w = table.counts[there]
        if table.nominal[column]:
            codes = table.numbers[there, column].astype(np.intp)
            shares = np.bincount(codes, w) / w.sum()
            labels = np.flatnonzero(shares)
            p = shares[labels, np.newaxis]
            block = np.zeros((len(labels), len(there)))
            block[:, there] = ((codes == labels[:, np.newaxis]) - p) / np.sqrt(p * w.sum())
        else:
            block, z = np.zeros((1, len(there))), scaled[column, there].astype(np.float64)
            z = z - np.average(z, weights=w)
            block[0, there] = z / np.sqrt(w @ np.square(z))
        rows.append(block * root)
        ranks.append(max(1, len(block) - 1))
    owner = np.repeat(np.arange(len(order)), [len(block) for block in rows])
    return np.concatenate(rows).astype(np.float32), owner, np.array(ranks, dtype=float)


def _sign(table: MixedTable, scaled: np.ndarray, one: int, other: int) -> float:
    """1 for copies, -1 for numbers that mirror each other."""
    if table.nominal[one] or table.nominal[other]:
        return 1.0
    z = scaled[one] - np.average(scaled[one], weights=table.counts)
    return float(np.sign((table.counts * z) @ scaled[other]))
