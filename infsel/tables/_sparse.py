"""Sparse tables, whose zeros count but are never written down."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from infsel.embeddings import FilledRows, SparseRows
from infsel.tables import _contents
from infsel.tables._table import Table, by_column

_DENSE = 2**22  # numbers that are written down at once


class SparseTable(Table):
    """Columns of which most numbers are zero.

    Parameters
    ----------
    X : CSC array of shape (n_samples, n_features)
        It is not copied.
    weights, names : ndarray, optional
        As for `Table`.
    """

    has_whole_ranks = False
    is_dense = False
    _remedy = (  # of which the last pickles, unlike a lambda, and takes every format, unlike a method of one
        "X is sparse: pass X.toarray(), or in a Pipeline OneHotEncoder(sparse_output=False), or before this step "
        "FunctionTransformer(operator.methodcaller('toarray'), accept_sparse=True, feature_names_out='one-to-one')"
    )

    def __init__(self, X: sp.csc_array, weights: np.ndarray | None = None, names: np.ndarray | None = None) -> None:
        super().__init__(X.shape, X.dtype, weights, names)
        self._X = X

    def read(self, start: int, stop: int) -> np.ndarray:
        return self._X[:, start:stop].toarray()

    def take(self, index: np.ndarray) -> SparseTable:
        return SparseTable(self._X[:, index])

    def rows(self, index: np.ndarray) -> SparseTable:
        """The table of some samples."""
        return SparseTable(self._X[index], None if self.weights is None else self.weights[index], self.names)

    def __sizeof__(self) -> int:
        return object.__sizeof__(self) + self._X.data.nbytes + self._X.indices.nbytes + self._X.indptr.nbytes

    @property
    def chunk(self) -> int:
        """How many columns are written down at a time."""
        return max(1, _DENSE // max(1, len(self)))

    @property
    def array(self) -> sp.csc_array:
        """The sparse array itself."""
        return self._X

    def by_rows(self) -> sp.csr_array:
        """All numbers as a CSR array."""
        return self._X.tocsr()

    def to_dense(self) -> np.ndarray:
        """All numbers as an ndarray."""
        return self._X.toarray()

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column."""
        return np.ravel(self._X.min(axis=0).toarray()), np.ravel(self._X.max(axis=0).toarray())

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
        _, norms = _centered(_sparse_rows(self._X), self.relative_counts)
        return (norms / np.sqrt(self.relative_counts.sum())).astype(self.dtype)

    @by_column
    def unit_columns(self) -> SparseRows:
        """Centered columns of Euclidean norm 1 as rows, whose Gram matrix correlates; zero for a constant column."""
        return self._unit(_sparse_rows(self._X))

    @by_column
    def unit_ranks(self) -> SparseRows:
        """The same for ranks within each column, ties sharing their mean rank: the zeros of a column are one tie."""
        S = _sparse_rows(self._X)
        entries, zeros = _middles(S, self.relative_counts)
        ranks = (entries - zeros[_row_numbers(S)]).astype(self.dtype)
        return self._unit(sp.csr_array((ranks, S.indices, S.indptr), shape=S.shape))

    def standardized(self) -> SparseRows:
        """Columns as rows of mean 0 and standard deviation 1 with ddof 0, none of which may be constant."""
        S, counts = _in_units(_sparse_rows(self._X)), self.relative_counts
        full = _is_full(S)
        for _ in range(2):  # the first mean is round-off away from the true one
            means, norms = _centered(S, counts)
            S.data -= np.where(full, means, 0)[_row_numbers(S)]  # without a zero to fill nothing need cancel later
        return SparseRows(S, np.where(full, 0, means), np.sqrt(counts.sum()) / norms)

    def positions(self) -> np.ndarray:
        """Share of a column below each value, plus half the share that equals it: in (0, 1), one row a column."""
        return self.places().toarray()

    def places(self) -> FilledRows:
        """The `positions` of the entries, and for each column that of its zeros: one half where it has none."""
        S = _sparse_rows(self._X)
        entries, zeros = (middles / self.total_weight for middles in _middles(S, self.counts))
        zeros[_is_full(S)] = 0.5
        places = entries.astype(self.dtype)
        return FilledRows(sp.csr_array((places, S.indices, S.indptr), shape=S.shape), zeros.astype(self.dtype))

    def contents(self) -> np.ndarray:
        """Whole numbers that are the same for samples that hold the same, and whose order only content decides."""
        return _contents.of_sparse_rows(self.by_rows())

    @by_column
    def majority(self) -> np.ndarray:
        """The share of the samples that hold what more than half of them hold, shape (n_features,); 0 without one."""
        S, counts = _sparse_rows(self._X), self.relative_counts
        order, starts = _runs(S)
        most, row = _of_zeros(S, counts), _row_numbers(S)
        np.maximum.at(most, row[starts], np.add.reduceat(counts[S.indices[order]], starts) if len(starts) else 0)
        return np.where(most > counts.sum() / 2, most / counts.sum(), 0)

    def _unit(self, S: sp.csr_array) -> SparseRows:
        """Rows without their means over their norms, the entries of each sample times the root of its weight."""
        means, norms = _centered(S, self.relative_counts)
        scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=self.varying() & (norms > 0))
        if self.uneven is None:
            return SparseRows(S, means, scale)
        roots = np.sqrt(self.uneven)
        scaled = sp.csr_array((S.data * roots[S.indices].astype(S.dtype), S.indices, S.indptr), shape=S.shape)
        return SparseRows(scaled, means, scale, roots)


def _sparse_rows(X: sp.csc_array) -> sp.csr_array:
    """The columns as rows, without explicit zeros."""
    S = sp.csr_array(X.T)
    if S.has_canonical_format and S.data.all():
        return S
    S = S.copy()  # what follows works in place, and others share the numbers
    S.sum_duplicates()
    S.eliminate_zeros()
    return S


def _in_units(S: sp.csr_array) -> sp.csr_array:
    """The rows in double precision, each over a power of two that keeps squares from overflow and loses no digit."""
    row, highest = _row_numbers(S), np.zeros(S.shape[0])
    np.maximum.at(highest, row, np.abs(S.data))
    data = np.ldexp(S.data.astype(np.float64), -np.frexp(highest)[1][row])
    return sp.csr_array((data, S.indices, S.indptr), shape=S.shape)


def _is_full(S: sp.csr_array) -> np.ndarray:
    """Which rows hold no zero."""
    return np.diff(S.indptr) == S.shape[1]


def _centered(S: sp.csr_array, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each row and Euclidean norm of what is left without it, zeros included."""
    row, of_entries, total = _row_numbers(S), counts[S.indices], counts.sum()
    means = np.bincount(row, of_entries * S.data, minlength=S.shape[0]) / total
    squares = np.bincount(row, of_entries * np.square(S.data - means[row]), minlength=S.shape[0])
    zeros = np.maximum(total - np.bincount(row, of_entries, minlength=S.shape[0]), 0)
    return means, np.sqrt(squares + zeros * means**2)


def _middles(S: sp.csr_array, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What counts less than each entry in its row and half of what equals it, and the same of the zeros of the row."""
    row, (order, starts) = _row_numbers(S), _runs(S)
    unit = np.ldexp(1.0, np.frexp(counts.sum())[1] - 52)
    own = np.rint(counts / unit).astype(np.int64)[S.indices[order]]
    above = np.cumsum(own)  # it wraps around, which differences within a row do not notice
    below = above - own
    ends = np.r_[starts[1:], len(order)] - 1
    first = below[S.indptr[row[starts]]]
    middles = np.repeat(((below[starts] - first) + (above[ends] - first)) * (unit / 2), ends - starts + 1)
    negative = np.bincount(row[S.data < 0], counts[S.indices[S.data < 0]], minlength=S.shape[0])
    zeros, entries = _of_zeros(S, counts), np.empty(len(order))
    entries[order] = middles + np.where(S.data[order] > 0, zeros[row], 0)
    return entries, negative + zeros / 2


def _runs(S: sp.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """An order of the entries in which equal ones of a row are neighbors, and where each run of them starts."""
    row = _row_numbers(S)
    order = np.lexsort((S.data, row))  # which leaves every entry in its own row
    values = S.data[order]
    return order, np.flatnonzero(np.r_[True, (row[1:] != row[:-1]) | (values[1:] != values[:-1])][: len(order)])


def _of_zeros(S: sp.csr_array, counts: np.ndarray) -> np.ndarray:
    """How much the zeros of each row count."""
    return counts.sum() - np.bincount(_row_numbers(S), counts[S.indices], minlength=S.shape[0])


def _row_numbers(S: sp.csr_array) -> np.ndarray:
    """The row of each entry."""
    return np.repeat(np.arange(S.shape[0]), np.diff(S.indptr))
