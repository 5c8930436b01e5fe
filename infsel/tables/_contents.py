"""Samples that hold the same."""

import numpy as np
import scipy.sparse as sp

from infsel._runtime.hashing import mix_with_place
from infsel.embeddings import sums_of_columns


def of_rows(X: np.ndarray) -> np.ndarray:
    """Whole numbers that are equal for equal rows alone, and whose order only the numbers in the rows decide."""
    rows = X + 0.0  # -0.0 equals 0.0, but its bits do not
    bits = rows.view(f"u{rows.itemsize}").T
    hashes = sums_of_columns(lambda numbers, column: mix_with_place(numbers, column)[np.newaxis], bits)[0]
    order = np.argsort(hashes, kind="stable")
    again = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    if (rows[order[again]] == rows[order[again + 1]]).all():
        return hashes
    whole = np.ascontiguousarray(rows).view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))[:, 0]
    return np.unique(whole, return_inverse=True)[1]


def of_sparse_rows(X: sp.csr_array) -> np.ndarray:
    """The same of a CSR array, however its zeros and entries are stored."""
    X = X.copy()
    X.sum_duplicates()
    X.eliminate_zeros()
    starts = zip(X.indptr[:-1], X.indptr[1:], strict=True)
    rows = [X.indices[i:j].tobytes() + X.data[i:j].tobytes() for i, j in starts]
    number = {row: k for k, row in enumerate(sorted(set(rows)))}
    return np.array([number[row] for row in rows])
