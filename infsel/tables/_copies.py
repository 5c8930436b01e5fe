"""Columns that say the same: equal up to shift, scale and sign."""

import numpy as np

from infsel.embeddings import Embedding, are_spread, lift, pick_rows

_ULPS = 64
_PROJECTIONS = 3
_ENTRIES = 2**20


def originals(Z: Embedding) -> np.ndarray:
    """For each unit row the first one that it equals up to sign and round-off, itself if none, shape (n_features,)."""
    group = _lookalikes(Z)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    leader = np.empty_like(order)
    leader[order] = np.repeat(order[starts], np.diff(starts, append=len(order)))
    follows = np.flatnonzero(leader != np.arange(len(leader)))
    alone = follows[~_parallel(Z, follows, leader[follows])]
    leader[alone] = alone
    return leader


def told_apart(first: np.ndarray, *keys: np.ndarray) -> np.ndarray:
    """`originals` among columns that agree in each of the keys, which are numbers of shape (n_features,)."""
    _, same = np.unique(np.stack([first, *keys], axis=1), axis=0, return_inverse=True)
    found = np.full(len(first), len(first))
    np.minimum.at(found, same, np.arange(len(first)))
    return found[same]


def leaders(first: np.ndarray, precedence: np.ndarray | None) -> np.ndarray:
    """`originals` led by the column of the lowest precedence among those that are equal, in place of the first."""
    if precedence is None:
        return first
    order = np.lexsort((precedence, first))
    starts = order[np.diff(first[order], prepend=-1) != 0]
    leader = np.empty_like(first)
    leader[first[starts]] = starts
    return leader[first]


def with_copies(order: np.ndarray, first: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The columns that `order` ranks and their copies, which come behind, or right behind others of their group.

    Parameters
    ----------
    order : ndarray of int of shape (n_ranked,)
        Columns of which none is a copy, from best to worst, those of a group one after the other.
    first : ndarray of int of shape (n_features,)
        What each column is a copy of: itself where it is none.
    group : ndarray of int of shape (n_features,)
        Number of the group of each column. Copies follow in the order of what they copy, and so do groups of copies.

    Returns
    -------
    ndarray of int
    """
    place = np.full(len(first), -1)
    place[order] = np.arange(len(order))
    place = place[first]
    columns = np.flatnonzero(place >= 0)
    if len(columns) == len(order):
        return order
    place += len(order) * (first != np.arange(len(first)))
    start = np.full(int(group.max()) + 1, 2 * len(order))
    np.minimum.at(start, group[columns], place[columns])
    return columns[np.lexsort((place[columns], group[columns], start[group[columns]]))]


def _lookalikes(Z: Embedding) -> np.ndarray:
    """Group numbers of rows that lie equally far from some random planes, as rows do that are equal up to sign."""
    rng, group = np.random.default_rng(0), np.zeros(len(Z), dtype=np.intp)
    resolution = _ULPS * np.finfo(Z.dtype).eps
    for _ in range(_PROJECTIONS):
        normal = rng.standard_normal((1, Z.shape[1]))[0].astype(Z.dtype)
        distance: np.ndarray = np.abs(lift(Z, normal))
        order = np.lexsort((distance, group))
        apart = (np.diff(group[order]) != 0) | (np.diff(distance[order]) > resolution)
        group[order] = np.r_[0, np.cumsum(apart)]
    return group


def _parallel(Z: Embedding, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Whether rows a[i] and b[i] are equal up to sign and round-off, a block at a time."""
    if are_spread(Z) and len(a):
        return np.asarray(Z.beside(_equal, a, b))  # type: ignore[union-attr]
    same = np.empty(len(a), dtype=bool)
    width = max(1, _ENTRIES // Z.shape[1])
    for start in range(0, len(a), width):
        where = slice(start, start + width)
        same[where] = _equal(pick_rows(Z, a[where]), pick_rows(Z, b[where]))
    return same


def _equal(P: np.ndarray, Q: np.ndarray) -> np.ndarray:
    signs = np.where(np.einsum("ij,ij->i", P, Q) < 0, -1, 1).astype(P.dtype)[:, np.newaxis]
    return np.asarray(np.abs(P - signs * Q).max(axis=1) <= _ULPS * np.finfo(P.dtype).eps)
