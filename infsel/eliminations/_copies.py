"""Columns that repeat another."""

import numpy as np

_TOLERANCE = 1e-12


def first_copies(Z: np.ndarray) -> np.ndarray:
    """For each row of Z the first row that equals it or is its mirror image, itself where there is none before.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
        None of them zero. Rows count as equal if they are proportional.

    Returns
    -------
    first : ndarray of int of shape (n_features,)
    """
    tolerance = max(_TOLERANCE, 8 * float(np.finfo(Z.dtype).eps))
    group, first = np.zeros(len(Z), dtype=np.intp), np.arange(len(Z))
    for seed in range(2):  # by chance two rows meet in one direction, hardly in two
        group = _split(group, _keys(Z, seed), tolerance)
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    for members in np.split(order, np.cumsum(sizes)[:-1]):
        if len(members) > 1:
            _settle(Z, members, tolerance, first)
    return first


def _keys(Z: np.ndarray, seed: int) -> np.ndarray:
    """A number in [0, 1] that copies and mirror images share."""
    direction = np.random.default_rng(seed).standard_normal(Z.shape[1])
    return np.abs(Z @ (direction / np.linalg.norm(direction)).astype(Z.dtype)) / np.sqrt(np.einsum("fi,fi->f", Z, Z))


def _split(group: np.ndarray, keys: np.ndarray, tolerance: float) -> np.ndarray:
    """Number the groups anew, apart where the next key of the same group is out of reach."""
    order = np.lexsort((keys, group))
    apart = (np.diff(group[order]) > 0) | (np.diff(keys[order]) > tolerance)
    result = np.empty_like(group)
    result[order] = np.cumsum(np.r_[False, apart])
    return result


def _settle(Z: np.ndarray, suspects: np.ndarray, tolerance: float, first: np.ndarray) -> None:
    unit = Z[suspects] / np.linalg.norm(Z[suspects], axis=1, keepdims=True)
    while len(suspects):
        same = np.abs(unit @ unit[0]) >= 1 - tolerance
        same[0] = True
        first[suspects[same]] = suspects[0]
        suspects, unit = suspects[~same], unit[~same]
