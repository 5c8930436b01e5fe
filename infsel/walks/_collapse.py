"""Whether features become alike, hop by hop."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from infsel.embeddings import are_spread
from infsel.operators import FeatureOperator
from infsel.statistics import anisotropy

_AT_ONCE = 2**24  # numbers of what features gather, where rows lie in several processes


def collapse(A: FeatureOperator, Z: Any, n_hops: int) -> np.ndarray:
    """The anisotropy of Z, A Z, A^2 Z, ..., A^n_hops Z: the mean cosine between what two features have gathered.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    Z : ndarray or rows in several processes, of shape (n, T)
        What the features hold at first.
    n_hops : int

    Returns
    -------
    anisotropies : ndarray of shape (n_hops + 1,)
    """
    if are_spread(Z):
        return _of_some_samples_at_a_time(A, Z, n_hops)
    found = [anisotropy(Z)]
    for _ in range(n_hops):
        Z = A.times(Z)
        Z = Z / (np.abs(Z).max() or 1.0)  # cosines have no scale, and powers would leave the range of numbers
        found.append(anisotropy(Z))
    return np.array(found)


def _of_some_samples_at_a_time(A: FeatureOperator, Z: Any, n_hops: int) -> np.ndarray:
    """The same in two passes: one for the norms of the rows, and one for the sum of the rows over their norms."""
    scales, squares, sums = np.zeros(n_hops + 1), np.zeros((n_hops + 1, len(Z))), np.zeros(n_hops + 1)
    for hop, Y in _gathered(A, Z, scales):
        squares[hop] += np.square(Y).sum(axis=1)
    norms = np.sqrt(squares)
    weights = np.divide(1, norms, out=np.zeros_like(norms), where=norms > 0)
    for hop, Y in _gathered(A, Z, scales):
        sums[hop] += np.square(weights[hop] @ Y).sum()
    p = np.count_nonzero(norms, axis=1)
    return np.where(p > 1, (sums - p) / np.maximum(p * (p - 1), 1), 0.0)


def _gathered(A: FeatureOperator, Z: Any, scales: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """What some samples of Z become with each hop, over scales that are those of the first samples."""
    everything, width = np.arange(len(Z))[:, np.newaxis], max(1, _AT_ONCE // len(Z))
    for start in range(0, Z.shape[1], width):
        Y = Z[everything, np.arange(start, min(start + width, Z.shape[1]))].astype(np.float64)
        for hop in range(len(scales)):
            Y = A.times(Y) if hop else Y
            scales[hop] = scales[hop] or np.abs(Y).max() or 1.0
            Y = Y / scales[hop]
            yield hop, Y
