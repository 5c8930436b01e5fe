"""Which column of a table with gaps and labels each repeats, exactly or nearly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infsel.embeddings import MixedRows
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
    nominal = table.nominal[order]
    rows, ranks = _orthogonal(table, scaled, order)
    R = np.sqrt(_squares(rows, nominal) / np.minimum.outer(ranks[:_LEADING], ranks))
    numbers = np.flatnonzero(~nominal)
    R[np.ix_(numbers[numbers < _LEADING], numbers)] = rows.numbers[: (numbers < _LEADING).sum()] @ rows.numbers.T
    R = np.clip(R, -1, 1)
    R[np.arange(len(R))[:, np.newaxis] >= np.arange(len(order))] = 0  # not with itself and those below
    closest = np.abs(R).max(axis=0)
    above = (np.abs(R) >= closest - _CLOSE).argmax(axis=0)  # of equals the best
    near = np.flatnonzero(np.square(closest) >= _SHARED)
    repeated[order[near]], found[order[near]] = order[above[near]], R[above[near], near]
    copies = np.flatnonzero(first != np.arange(len(first)))
    repeated[copies] = first[copies]
    found[copies] = [_sign(table, scaled, int(copy), int(first[copy])) for copy in copies]
    return repeated, found


def _orthogonal(table: MixedTable, scaled: np.ndarray, order: np.ndarray) -> tuple[MixedRows, np.ndarray]:
    """Rows of columns whose products with themselves have norm sqrt(k), and k of each column."""
    nominal, n = table.nominal[order], table.present_weight()[order]
    z = scaled[order[~nominal]].astype(np.float64)
    there = ~table.missing.T[order[~nominal]]
    z = np.where(there, z - (z @ table.counts / n[~nominal])[:, np.newaxis], 0)
    z /= np.sqrt(np.square(z) @ table.counts)[:, np.newaxis]
    labels = [
        (codes, shares, 1 / np.sqrt(shares * weight))
        for weight, (codes, shares) in zip(n[nominal], (codes_of(table, f) for f in order[nominal]), strict=True)
    ]
    sizes = np.ones(len(order), dtype=np.intp)
    sizes[nominal] = [len(shares) for _, shares, _ in labels]
    labeled = np.repeat(nominal, sizes)
    rows = rows_of(table, [z], labels, labeled).by_sample(np.sqrt(table.counts))
    return rows, np.maximum(1, sizes - 1).astype(float)


def _squares(rows: MixedRows, nominal: np.ndarray) -> np.ndarray:
    """`block_norms` of the leading columns and all, in their order."""
    places = np.argsort(np.argsort(nominal, kind="stable"))  # numbers come first
    stays = np.empty(len(rows), dtype=bool)
    stays[~rows.labeled] = np.flatnonzero(~nominal) < _LEADING
    stays[rows.labeled] = np.repeat(np.flatnonzero(nominal) < _LEADING, rows.sizes)
    leading = np.argsort(np.argsort(nominal[:_LEADING], kind="stable"))
    return rows[stays].block_norms(rows)[np.ix_(leading, places)]


def codes_of(table: MixedTable, column: int) -> tuple[np.ndarray, np.ndarray]:
    """The labels 1, 2, ... of a column that occur, 0 in gaps, and the share of each of what is there."""
    codes = np.where(table.missing[:, column], 0, table.numbers[:, column] + 1).astype(np.intp)
    weights = np.bincount(codes, table.counts)
    there = weights > 0
    there[0] = True
    return (np.cumsum(there) - 1)[codes], weights[there][1:] / weights[1:].sum()


def rows_of(
    table: MixedTable, numbers: list[np.ndarray], labels: Sequence[tuple[np.ndarray, ...]], labeled: np.ndarray
) -> MixedRows:
    """Rows of numbers, and of labels from their codes, shares and factors, which `labeled` says of each row."""
    T = len(table)
    codes, shares, factors = zip(*labels, strict=True) if labels else ((), (), ())
    return MixedRows(
        np.concatenate([np.empty((0, T), table.dtype), *numbers]).astype(table.dtype, copy=False),
        np.array(codes, dtype=np.int32).reshape(-1, T),
        np.array([len(of) for of in shares], dtype=np.intp),
        np.concatenate([np.empty(0), *shares]),
        np.concatenate([np.empty(0), *factors]),
        np.ones(T),
        labeled,
    )


def _sign(table: MixedTable, scaled: np.ndarray, one: int, other: int) -> float:
    """1 for copies, -1 for numbers that mirror each other."""
    if table.nominal[one] or table.nominal[other]:
        return 1.0
    z = scaled[one] - np.average(scaled[one], weights=table.counts)
    return float(np.sign((table.counts * z) @ scaled[other]))
