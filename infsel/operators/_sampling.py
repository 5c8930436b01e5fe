"""Products that a sample of the columns estimates, in linear time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from infsel._progress import stage
from infsel._sparse_rows import gram, squared_norms
from infsel._threads import in_threads

if TYPE_CHECKING:
    from infsel.operators._gram import Gram


@dataclass
class Sampling:
    """Which part of a Gram matrix its products read. The operators of one affinity share one.

    Attributes
    ----------
    landmarks : ndarray of int
        Increasing numbers of the features that stand for all of them.
    exact : ndarray of int or None
        Increasing numbers of features: with them a product is exact there and has no meaning elsewhere.
    """

    landmarks: np.ndarray
    exact: np.ndarray | None = None


def sampled_product(A: Gram, x: np.ndarray, sampling: Sampling) -> np.ndarray:
    """A x from the columns of the landmarks, or exactly in a few rows.

    The mean over the landmarks stands for the mean over all other features, as in Nystrom's method for integral
    equations, while what a feature gives to itself is exact: kernels such as exp peak on the diagonal.

    Parameters
    ----------
    A : Gram of shape (n, n)
    x : ndarray of shape (n,) or (n, k), float64

    Returns
    -------
    ndarray of the shape of x
    """
    n, everyone = len(x), np.arange(len(x))
    y = np.zeros_like(x)
    if sampling.exact is not None:
        rows = sampling.exact
        y[rows] = _from_others(A, rows, everyone, x)
    else:
        marks = sampling.landmarks
        others = np.full(n, len(marks))
        others[marks] -= 1  # a landmark is no other to itself
        y = _times((n - 1) / others, _from_others(A, everyone, marks, x))
        rows = everyone
    y[rows] += _times(_diagonal(A, rows), x[rows])
    return y


def _from_others(A: Gram, rows: np.ndarray, columns: np.ndarray, x: np.ndarray) -> np.ndarray:
    """What the features `columns` bring to each of `rows`, none to itself."""
    y, x, Z = np.zeros((len(rows), *x.shape[1:])), x[columns], A.Z[columns]

    def share(starts: Iterable[int]) -> None:
        scratch = np.empty(A.tile**2, A.dtype)
        for a in starts:
            i, own = rows[a : a + A.tile], slice(a, a + A.tile)
            P = A.Z[i]
            for b in range(0, len(columns), A.tile):
                j = columns[b : b + A.tile]
                entries = scratch[: len(i) * len(j)].reshape(len(i), len(j))
                gram(P, Z[b : b + A.tile], out=entries)
                A.map(entries)
                at = np.minimum(np.searchsorted(j, i), len(j) - 1)
                entries[np.flatnonzero(j[at] == i), at[j[at] == i]] = 0
                y[own] += entries @ x[b : b + A.tile]
            advance(len(i))

    with stage("product with landmarks", len(rows)) as advance:
        in_threads(share, range(0, len(rows), A.tile), smallest_share=2)
    return y


def _diagonal(A: Gram, rows: np.ndarray) -> np.ndarray:
    if A.diagonal is not None:
        return A.diagonal[rows].astype(np.float64)
    entries = squared_norms(A.Z[rows])
    A.map(entries)
    return entries.astype(np.float64)


def _times(weights: np.ndarray, x: np.ndarray) -> np.ndarray:
    return weights.reshape(-1, *[1] * (x.ndim - 1)) * x
