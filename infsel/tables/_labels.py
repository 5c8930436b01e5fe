"""Labels: which of them a column holds, how often, and in an order that their names do not decide."""

from __future__ import annotations

import numpy as np

from infsel._runtime.hashing import mix

_GRID = 2**20  # positions that weights and repetitions put a few units in the last place apart are one number on it


_FEWEST = 2  # samples of a label that says something about others
_MANY = 200  # labels, of which those say too little that fewer than five samples have
_FEWEST_OF_MANY = 5
_MOST = 255  # labels that a byte holds beside a gap


def pool_numbers(totals: np.ndarray) -> np.ndarray:
    """What becomes of labels, from what those samples weigh that have each: 0, 1, ..., and rare ones are one, the last.

    Rare are labels that weigh less than 2 samples: what one sample has alone says nothing about others. In a column of
    more than 200 labels those are that weigh less than 5, and if more than 255 are left then the lightest, those of
    equal weight together. So no more depends on what labels are called, or on the order of the samples; a label a
    sample is a constant; and pooling again changes nothing.

    Parameters
    ----------
    totals : ndarray of shape (n_labels,)

    Returns
    -------
    ndarray of int of shape (n_labels,)
    """
    rare = totals < (_FEWEST_OF_MANY if np.count_nonzero(totals) > _MANY else _FEWEST)
    if np.count_nonzero(~rare) + int(totals[rare].any()) > _MOST:
        rare |= totals <= np.sort(totals)[-_MOST]
    return np.where(rare, np.count_nonzero(~rare), np.cumsum(~rare) - 1)


def indicators(there: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """1 where a sample has each of the labels 0, 1, ..., 0 where it has another, NaN in the gaps: one column a label.

    Parameters
    ----------
    there : ndarray of bool of shape (n_samples,)
        Which samples have a label.
    labels : ndarray of int of shape (n_present,)
        Theirs. If nobody has one, there is one column of gaps.

    Returns
    -------
    ndarray of shape (n_samples, n_labels)
    """
    result = np.full((len(there), int(labels.max(initial=0)) + 1), np.nan)
    result[there] = np.equal.outer(labels, np.arange(result.shape[1]))
    return result


def places(codes: np.ndarray, weights: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where each sample stands if labels are sorted by what they weigh and hold besides, one half in the gaps.

    Share of the weight of the labels before, plus half that of its own: in (0, 1), and whatever the labels are called.
    Labels that weigh the same are told apart by the samples that have them, if these differ in other columns.

    Parameters
    ----------
    codes : ndarray of int of shape (n_samples,)
        -1 in the gaps.
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
    codes = codes.astype(np.intp) + 1  # gaps are no label
    first = np.full(int(codes.max(initial=0)) + 1, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # the first sample of each label is written last
    number = np.empty(len(first), dtype=np.intp)
    number[1 + np.argsort(first[1:], kind="stable")] = np.arange(len(first) - 1)
    number[0] = -1
    return number[codes]
