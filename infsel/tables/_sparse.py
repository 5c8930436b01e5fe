"""Statistics of the columns of a sparse table, whose zeros count but are never written down."""

import numpy as np
import scipy.sparse as sp

from infsel.embeddings import SparseRows
from infsel.tables._varying import differ


def varying(X: sp.csc_array) -> np.ndarray:
    """Which columns hold more than one value, as a mask of shape (n_features,)."""
    return differ(*extremes(X), X.dtype)


def extremes(X: sp.csc_array) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest number of each column."""
    return np.ravel(X.min(axis=0).toarray()), np.ravel(X.max(axis=0).toarray())


def standard_deviation(X: sp.csc_array) -> np.ndarray:
    """Standard deviation of each column with ddof 1, shape (n_features,), in the precision of X."""
    _, norms = _centered(sparse_rows(X))
    return (norms / np.sqrt(X.shape[0] - 1)).astype(X.dtype)


def unit_columns(X: sp.csc_array) -> SparseRows:
    """Centered columns of Euclidean norm 1 as rows, whose Gram matrix correlates; zero for a constant column."""
    S = sparse_rows(X)
    means, norms = _centered(S)
    return SparseRows(S, means, _inverse(np.where(varying(X), norms, 0)))


def unit_ranks(X: sp.csc_array) -> SparseRows:
    """The same for ranks within each column, ties sharing their mean rank: the zeros of a column are one tie."""
    S = sparse_rows(X)
    row, n_samples = np.repeat(np.arange(S.shape[0]), np.diff(S.indptr)), S.shape[1]
    order = np.lexsort((S.data, row))
    position = np.arange(len(order)) - S.indptr[row]  # lexsort leaves every entry in its own row
    sorted_data = S.data[order]
    starts = np.flatnonzero(np.r_[True, (row[1:] != row[:-1]) | (sorted_data[1:] != sorted_data[:-1])][: len(order)])
    ends = np.r_[starts[1:], len(order)] - 1
    lengths = ends - starts + 1
    among_entries = np.repeat((position[starts] + position[ends]) / 2 + 1, lengths)
    n_zeros, n_negative = n_samples - np.diff(S.indptr), np.bincount(row[S.data < 0], minlength=S.shape[0])
    zero_rank = n_negative + (n_zeros + 1) / 2
    ranks = np.empty(len(order))
    ranks[order] = among_entries + np.where(sorted_data > 0, n_zeros[row], 0) - zero_rank[row]
    R = sp.csr_array((ranks.astype(X.dtype), S.indices, S.indptr), shape=S.shape)
    means, norms = _centered(R)
    return SparseRows(R, means, _inverse(norms))


def sparse_rows(X: sp.csc_array) -> sp.csr_array:
    """The columns as rows, without explicit zeros."""
    S = sp.csr_array(X.T)
    S.sum_duplicates()
    S.eliminate_zeros()
    return S


def _centered(S: sp.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each row and Euclidean norm of what is left without it, zeros included."""
    means = S.sum(axis=1, dtype=np.float64) / S.shape[1]
    row = np.repeat(np.arange(S.shape[0]), np.diff(S.indptr))
    squares = np.bincount(row, np.square(S.data - means[row]), minlength=S.shape[0])
    return means, np.sqrt(squares + (S.shape[1] - np.diff(S.indptr)) * means**2)


def _inverse(norms: np.ndarray) -> np.ndarray:
    return np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
