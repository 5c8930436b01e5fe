"""Columns whose samples count more than once, or partly."""

import numpy as np
import scipy.sparse as sp

from infsel.embeddings import SparseRows
from infsel.tables import _moments, _sparse, _varying


def of_dense(X: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """`weighted_unit` of a dense table: centered twice, as the first mean dwarfs the deviations of some columns."""
    shares = weights / weights.sum()
    Z = _moments.unit_columns(X)
    result = (Z - (Z @ shares)[:, np.newaxis]) * np.sqrt(shares)
    norms = np.sqrt(np.einsum("ij,ij->i", result, result))
    norms[~_varying.varying(X)] = np.inf
    return (result / norms[:, np.newaxis]).astype(X.dtype)


def of_sparse(X: sp.csc_array, weights: np.ndarray) -> SparseRows:
    """`weighted_unit` of a sparse table."""
    shares, S = weights / weights.sum(), _sparse.sparse_rows(X)
    means = S @ shares
    row = np.repeat(np.arange(S.shape[0]), np.diff(S.indptr))
    of_entries = shares[S.indices]
    squares = np.bincount(row, of_entries * np.square(S.data - means[row]), minlength=S.shape[0])
    zeros = 1 - np.bincount(row, of_entries, minlength=S.shape[0])
    norms = np.where(_sparse.varying(X), np.sqrt(squares + zeros * means**2), np.inf)
    scaled = sp.csr_array((S.data * np.sqrt(of_entries).astype(S.dtype), S.indices, S.indptr), shape=S.shape)
    return SparseRows(scaled, means, 1 / norms, np.sqrt(shares))
