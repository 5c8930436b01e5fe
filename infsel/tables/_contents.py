"""Samples that hold the same."""

import numpy as np
import scipy.sparse as sp

from infsel._runtime.hashing import mix_with_place
from infsel.embeddings import sums_of_columns


def of_rows(X: np.ndarray) -> np.ndarray:
    """Whole numbers that are equal for equal rows alone, and whose order only the numbers in the rows decide."""
    rows = X + 0.0  # -0.0 equals 0.0, but its bits do not
    hashes = sums_of_columns(hashed, rows.view(f"u{rows.itemsize}").T)[0]
    one, other = with_equal(hashes)
    if (rows[one] == rows[other]).all():
        return hashes
    whole = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))[:, 0]
    return np.unique(whole, return_inverse=True)[1]


def bits_of(columns: np.ndarray) -> np.ndarray:
    """The numbers of columns, one a row, as whole numbers; equal ones are equal."""
    return (columns + 0.0).view(f"u{columns.itemsize}")


def hashed(numbers: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Hashes of numbers in their columns, shape (1, ...), whose sum tells samples apart."""
    return mix_with_place(numbers, column)[np.newaxis]


def with_equal(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of samples of one hash, which are equal unless this is chance."""
    order = np.argsort(hashes, kind="stable")
    again = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    return order[again], order[again + 1]


def of_sparse_rows(X: sp.csr_array) -> np.ndarray:
    """The same of a CSR array, however its zeros and entries are stored."""
    X = X.copy()
    X.sum_duplicates()
    X.eliminate_zeros()
    starts = zip(X.indptr[:-1], X.indptr[1:], strict=True)
    rows = [X.indices[i:j].tobytes() + X.data[i:j].tobytes() for i, j in starts]
    number = {row: k for k, row in enumerate(sorted(set(rows)))}
    return np.array([number[row] for row in rows])
