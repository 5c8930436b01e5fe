"""The F statistic of the analysis of variance, and of the regression on numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from infsel.statistics._blocks import WIDTH
from infsel.statistics._class_sums import class_sums, class_sums_of_present
from infsel.tables import Table, as_table

_LEAST = float(np.finfo(np.float64).eps)
_CLOSE = 0.5  # share explained from which 1 less that share begins to lose digits


Floats = np.ndarray | float


def f_ratio(between: Floats, within: Floats, n_samples: Floats, n_parameters: np.ndarray | int) -> np.ndarray:
    """F = (between / (n_parameters - 1)) / (within / (n_samples - n_parameters)) from sums of squares.

    Nothing within counts as a share of 2^-52 of all squares, anything else as at least 2^-51: what is explained
    perfectly rates 2^52 (n_samples - n_parameters) / (n_parameters - 1), all of it alike, and twice as much as anything
    that is not can. Where nothing varies F is 0.
    """
    total = np.where(between + within > 0, between + within, np.inf)
    unexplained = np.where(within > 0, np.maximum(within / total, 2 * _LEAST), _LEAST)
    degrees = np.maximum(n_samples - n_parameters, 1)  # classes of one sample each leave none, and no variance within
    return np.asarray(between / total / (n_parameters - 1) / (unexplained / degrees))


def f_of_classes(X: Any, codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """F of each column by class, shape (n_features,).

    Parameters
    ----------
    X : array or table of shape (n_samples, n_features)
    codes : ndarray of int of shape (n_samples,)
        Class numbers 0, 1, ..., all of which occur.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    """
    return np.asarray(as_table(X).by_blocks(_of_table, codes, weights))


def _of_table(table: Table, codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    counts = np.bincount(codes, weights)
    sums = class_sums(table, codes, weights, _exponents(table.extremes()))
    return f_ratio(*sums.between_and_within(counts), counts.sum(), len(counts))


def f_of_present(X: np.ndarray, codes: np.ndarray, weights: np.ndarray, extremes: Sequence[np.ndarray]) -> np.ndarray:
    """The same of the samples that have each column, which is NaN for others; 0 where they are of one class."""
    sums, counts = class_sums_of_present(X, codes, weights, _exponents(extremes))
    n_classes = np.count_nonzero(counts, axis=0)
    F = f_ratio(*sums.between_and_within(counts), counts.sum(axis=0), np.maximum(n_classes, 2))
    return np.where(n_classes > 1, F, 0)


def _exponents(extremes: Sequence[np.ndarray]) -> np.ndarray:
    """Powers of two change no digit and keep the squares of huge and tiny numbers representable."""
    return np.asarray(np.clip(np.frexp(np.maximum(np.abs(extremes[0]), np.abs(extremes[1])))[1], -1022, None))


def f_of_numbers(X: Any, numbers: np.ndarray, weights: np.ndarray, explained: np.ndarray) -> np.ndarray:
    """F of the regression of each column, which varies, on numbers, shape (n_features,).

    Parameters
    ----------
    X : array or table of shape (n_samples, n_features)
    numbers : ndarray of shape (n_samples,)
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    explained : ndarray of shape (n_features,)
        Share of each column's variance that the numbers explain. Where it is near 1, what is left is computed anew.
    """
    table, left, close = as_table(X), 1 - explained, np.flatnonzero(explained > _CLOSE)
    target = _unit(numbers[:, np.newaxis], weights)[0]
    if len(close):
        left[close] = table.columns(close).by_blocks(_unexplained, target, weights)
    return f_ratio(1 - left, left, weights.sum(), 2)


def _unexplained(table: Table, target: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of the variance of each column that is left without what the target explains."""
    left = []
    for start in range(0, table.shape[1], WIDTH):
        some = table.columns(np.arange(start, min(start + WIDTH, table.shape[1])))
        Z = _unit(some.to_dense().astype(np.float64), weights)
        left.append(np.square(Z - np.outer(Z @ target, target)).sum(axis=1))
    return np.concatenate(left)


def _unit(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(as_table(X, weights).unit_columns())
