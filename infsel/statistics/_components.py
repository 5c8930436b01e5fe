"""What all columns have in common: their mean correlation, and their leading principal components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from scipy.linalg import eigh

from infsel.embeddings import Embedding, are_associated, are_spread, association, gram, lift, project, squared_norms

_SHARE, _PARTICIPATION = 0.1, 0.3
_HEIGHT = 1024
_ULPS = 64


@dataclass(frozen=True)
class Components:
    """Leading principal components of a standardized table.

    Attributes
    ----------
    shares : ndarray of shape (k,)
        Of the variance of all columns, the largest first.
    participations : ndarray of shape (k,)
        (sum v^2)^2 / (p sum v^4) for the loadings v of p columns: 1 where all take part alike, 1 / p where one does.
    directions : ndarray of shape (n_samples, k)
        The components among the samples, orthonormal.
    """

    shares: np.ndarray
    participations: np.ndarray
    directions: np.ndarray

    @property
    def n_common(self) -> int:
        """How many lead that hold more than .1 of the variance and in which more than .3 of the columns take part."""
        common = (self.shares > _SHARE) & (self.participations > _PARTICIPATION)
        return int(np.argmin([*common, False]))


def leading_components(Z: Any, k: int) -> Components:
    """The first k principal components of columns that stand as rows of norm 1, from the smaller side of Z.

    Parameters
    ----------
    Z : ndarray of shape (n, n_samples)
        Centered columns of norm 1, or of zeros, which take no part.
    k : int
        No more than there are samples and columns.
    """
    p = np.count_nonzero(squared_norms(Z) > 0)
    if are_spread(Z):
        variances, directions, loadings = _leading_of_spread(Z, k)
    elif len(Z) >= Z.shape[1]:
        variances, directions = _leading(reduce(np.add, (P.T @ P for _, P in _blocks(Z))), k)
        loadings = np.concatenate([P @ directions for _, P in _blocks(Z)])
    else:
        W = Z.astype(np.float64)
        variances, loadings = _leading(W @ W.T, k)
        directions, _ = np.linalg.qr(W.T @ loadings)
    squares = np.square(loadings)
    spread = np.maximum(p * np.square(squares).sum(axis=0), np.finfo(np.float64).tiny)
    return Components(variances / p, squares.sum(axis=0) ** 2 / spread, directions)


def without_components(Z: Any, directions: np.ndarray) -> Any:
    """Rows of norm 1 less their part along these directions, at norm 1 again; of zeros where nothing is left."""
    if are_spread(Z):
        return Z.map(without_components, directions)
    result = np.empty_like(Z)
    for where, P in _blocks(Z):
        for _ in range(2):  # the first time leaves the round-off of what it takes
            P -= (P @ directions) @ directions.T
        norms = np.sqrt(squared_norms(P))
        norms[norms <= _ULPS * np.finfo(Z.dtype).eps] = np.inf
        result[where] = P / norms[:, None]
    return result


def anisotropy(Z: Embedding) -> float:
    """Mean cosine between different rows, those of zeros aside: (|sum_j u_j|^2 - p) / (p (p - 1)), in O(n T).

    Parameters
    ----------
    Z : ndarray or implicit rows of shape (n, T)
        Of standardized columns it is their mean correlation: above 0 where all share a drift.

    References
    ----------
    Ethayarajh (2019). How Contextual are Contextualized Word Representations? EMNLP.

    Examples
    --------
    >>> anisotropy(np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 3.0]])).__round__(3)
    0.471
    """
    if are_associated(Z):  # whatever else of them an affinity reads
        Z = Z.read_as(association).presuming(0.0)
    norms = np.sqrt(squared_norms(Z).astype(np.float64))
    p = int(np.count_nonzero(norms))
    if p < 2:
        return 0.0
    weights = np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)
    return float((weights @ lift(Z, project(Z, weights)) - p) / (p * (p - 1)))


def _leading(S: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k largest eigenvalues, none below 0, and their eigenvectors as columns."""
    values, vectors = eigh(S, subset_by_index=[len(S) - k, len(S) - 1])
    return np.maximum(values[::-1], 0), np.ascontiguousarray(vectors[:, ::-1])


def _leading_of_spread(Z: Any, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The k largest variances, their directions among the samples, and what columns have of these."""
    if len(Z) >= Z.shape[1]:
        variances, directions = _leading(Z.inner(), k)
        return variances, directions, lift(Z, directions)
    variances, loadings = _leading(gram(Z, Z).astype(np.float64), k)
    return variances, np.linalg.qr(project(Z, loadings))[0], loadings


def _blocks(Z: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """All rows in double precision, some at a time, which may be overwritten."""
    for start in range(0, len(Z), _HEIGHT):
        yield slice(start, start + _HEIGHT), Z[start : start + _HEIGHT].astype(np.float64)
