"""Labels: which of them a column holds, how often, and in an order that their names do not decide."""

from __future__ import annotations

import numpy as np

from infsel._runtime.hashing import mix

_GRID = 2**20  # positions that weights and repetitions put a few units in the last place apart are one number on it


def renumbered(codes: np.ndarray, missing: np.ndarray, weights: np.ndarray, most: int) -> np.ndarray:
    """Labels as 0, 1, ... without those that no sample has; rare ones become one.

    Rare are those that weigh no more than one sample, which say nothing about others, and of more than `most` those
    that weigh no more than the first that is one too many: equally frequent labels share their fate.

    Parameters
    ----------
    codes : ndarray of shape (n_samples,)
        Numbers of labels, whatever they are in the gaps.
    missing : ndarray of bool of shape (n_samples,)
    weights : ndarray of shape (n_samples,)
    most : int

    Returns
    -------
    ndarray of int of shape (n_samples,)
        -1 in the gaps.
    """
    result = np.full(len(codes), -1)
    _, own = np.unique(codes[~missing], return_inverse=True)
    size = np.bincount(own, weights[~missing])
    least = max(1.0, np.sort(size)[-most - 1]) if len(size) > most else 1.0
    own = np.where(size <= least, len(size), np.arange(len(size)))[own]
    own = np.unique(own, return_inverse=True)[1]
    result[~missing] = own
    return result


def places(codes: np.ndarray, weights: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where each sample stands if labels are sorted by what they weigh and hold besides, one half in the gaps.

    Share of the weight of the labels before, plus half that of its own: in (0, 1), and whatever the labels are called.
    Labels that weigh the same are told apart by the samples that have them, if these differ in other columns.

    Parameters
    ----------
    codes : ndarray of int of shape (n_samples,)
        As `renumbered` gives them.
    weights : ndarray of shape (n_samples,)
    others : ndarray of uint64 of shape (n_samples,)
        Hashes of what the samples hold in columns of numbers.
    """
    there = codes >= 0
    size, hashes = np.bincount(codes[there], weights[there]), np.zeros(int(codes.max()) + 1, dtype=np.uint64)
    np.add.at(hashes, codes[there], mix(others[there]))
    order = np.lexsort((mix(hashes), np.rint(size / size.sum() * _GRID)))[::-1]
    below = np.empty(len(size))
    below[order] = np.cumsum(size[order]) - size[order]
    return np.where(there, ((below + size / 2) / size.sum())[codes], 0.5)


def canonical(codes: np.ndarray) -> np.ndarray:
    """Labels numbered in the order in which they appear: the same for columns that differ in their names alone."""
    values, first, own = np.unique(codes, return_index=True, return_inverse=True)
    seen = first.astype(np.intp)
    seen[values < 0] = -1  # gaps are no label
    number = np.empty(len(values), dtype=np.intp)
    number[np.argsort(seen)] = np.arange(len(values)) - int((values < 0).any())
    return number[own]
