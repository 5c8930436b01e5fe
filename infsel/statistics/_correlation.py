"""Correlation of columns with a target."""

from collections.abc import Callable
from typing import Any

import numpy as np

from infsel.embeddings import Embedding, lift
from infsel.targets import unit_vectors

Product = Callable[[Any, np.ndarray], np.ndarray]


def row_by_row(Z: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Z v, each row by itself: a matrix product would round equal rows differently."""
    return (Z * v).sum(axis=1)


def projections(Z: Embedding, output: np.ndarray, weights: np.ndarray, product: Product = lift) -> np.ndarray:
    """Products of unit rows with the unit vectors of the classes, or of the centered numbers, (n_columns, n).

    Parameters
    ----------
    Z : ndarray or implicit rows of shape (n, n_samples)
        Centered columns of norm 1, weighted, as rows.
    output : ndarray of shape (n_samples,)
        Class codes 0, 1, ..., all of which occur, or floating-point numbers that vary.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    product : callable, default=lift
        How rows are multiplied by a vector.
    """
    directions = np.sqrt(weights) * unit_vectors(output, weights).T
    return np.stack([product(Z, u.astype(Z.dtype)).astype(np.float64) for u in directions])


def squared_correlations(Z: Embedding, output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Squared correlation of each column with each class against the rest, or with the numbers, (n_columns, n)."""
    squares = np.square(projections(Z, output, weights))
    if output.dtype.kind != "f":  # rows of Z have mean 0, so that only the norm of an indicator changes by centering it
        squares /= 1 - np.bincount(output, weights)[:, np.newaxis] / weights.sum()
    return np.minimum(squares, 1)


def explained(Z: Embedding, output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Share of each column's variance that the output explains linearly (eta squared), shape (n,)."""
    return np.minimum(np.square(projections(Z, output, weights)).sum(axis=0), 1)
