"""What the columns of a table with labels have in common, where no target says where labels stand."""

from __future__ import annotations

import numpy as np

from infsel._kernels import add_values_by_label, collect_by_label
from infsel.statistics import leading_components
from infsel.tables import DenseTable, LackingTable, MixedTable

_STEPS = 10
_VARIES = 1e-3  # of the norm of a start, what columns have of it


def leading_component(table: LackingTable) -> np.ndarray:
    """The first principal component of all columns, in which labels together weigh as one column, (n_samples, 1).

    By ten steps of the power method from the sums of squares of the samples, which no order or name decides; exactly
    where no column varies with these.
    """
    rows, roots = table.each_block(_Rows), np.sqrt(table.counts)
    v = rows.total(_Rows.squares) / roots
    if np.sqrt(rows.total(_Rows.strength, v)) < _VARIES * np.linalg.norm(v):
        return _exactly(table)
    for _ in range(_STEPS):
        v = rows.total(_Rows.step, v)
        v /= np.linalg.norm(v)
    return (v / roots)[:, np.newaxis]


def _exactly(table: LackingTable) -> np.ndarray:
    whole = table.here()
    return leading_components(_Rows(whole).toarray(), 1).directions / np.sqrt(table.counts)[:, np.newaxis]


class _Rows:
    """The rows of all columns of a table, or of a block of it.

    Parameters
    ----------
    table : MixedTable
    """

    def __init__(self, table: MixedTable) -> None:
        self._Z, codes = _unit_rows(table), [own for own in table.label_codes() if own is not None]
        self._labels = _LabelRows(np.stack(codes) if codes else np.zeros((1, len(table)), np.uint8), table.counts)

    def squares(self) -> np.ndarray:
        """The sum over the rows of the squares of their entries."""
        return np.einsum("ij,ij->j", self._Z, self._Z) + self._labels.squares()

    def strength(self, v: np.ndarray) -> np.ndarray:
        """The sum of the squared products with a vector."""
        return np.square(self._Z @ v).sum() + np.square(self._labels.lift(v)).sum()

    def step(self, v: np.ndarray) -> np.ndarray:
        """The sum of the rows, each as often as its product with a vector says."""
        return (self._Z @ v.astype(self._Z.dtype)) @ self._Z + self._labels.project(self._labels.lift(v))

    def toarray(self) -> np.ndarray:
        """The rows written down."""
        return np.concatenate([self._Z, self._labels.toarray()])


def _unit_rows(table: MixedTable) -> np.ndarray:
    """Columns of numbers of norm 1 as rows, and where their gaps are if these are informative."""
    numbers = np.flatnonzero(~table.nominal)
    rows = np.asarray(table.columns(numbers).unit_columns())
    holed = numbers[table.gaps()[numbers] > 0]
    if not (table.informative and len(holed)):
        return rows
    gaps = DenseTable(table.missing[:, holed].astype(table.dtype), table.weights)
    return np.concatenate([rows, np.asarray(gaps.unit_columns())])


class _LabelRows:
    """One row a label, centered where there is one and of norm 1 over the root of how many a column has.

    They are never written down: a product with them takes as long as it takes to read the labels.

    Parameters
    ----------
    codes : ndarray of uint8 of shape (n, n_samples)
        Labels 1, 2, ... and 0 in gaps. Each column has a row of zeros for these before its others.
    weights : ndarray of shape (n_samples,)
    """

    def __init__(self, codes: np.ndarray, weights: np.ndarray) -> None:
        sizes = codes.max(axis=1).astype(np.intp) + 1
        self._codes, self._first = codes, np.cumsum(sizes) - sizes
        self._roots, self._which = np.sqrt(weights), np.repeat(np.arange(len(codes)), sizes)
        sums = self._sums(weights)
        present = np.maximum(self._of_columns(sums), 1e-300)
        self._shares = sums / present
        squares = present * self._shares * (1 - self._shares) * (sizes - 1)[self._which]
        self._scales = np.divide(1, np.sqrt(squares), out=np.zeros(len(sums)), where=squares > 0)

    def lift(self, v: np.ndarray) -> np.ndarray:
        """The products of the rows with a vector."""
        sums = self._sums(self._roots * v)
        return self._scales * (sums - self._shares * self._of_columns(sums))

    def project(self, x: np.ndarray) -> np.ndarray:
        """The sum of the rows, each as often as x says."""
        own = self._scales * x
        return self._roots * self._collected(own - self._of_columns(self._shares * own))

    def squares(self) -> np.ndarray:
        """The sum over the rows of the squares of their entries."""
        own = np.square(self._scales)
        of_all = self._of_columns(own * np.square(self._shares))
        return np.square(self._roots) * self._collected(of_all + (1 - 2 * self._shares) * own)

    def toarray(self) -> np.ndarray:
        """The rows written down."""
        label = np.arange(len(self._which)) - self._first[self._which]
        own = self._codes[self._which]
        rows = (own == label[:, np.newaxis]) - self._shares[:, np.newaxis]
        return rows * (own > 0) * self._roots * self._scales[:, np.newaxis]

    def _sums(self, values: np.ndarray) -> np.ndarray:
        """Sums over the samples of each label, 0 for gaps."""
        sums = np.zeros(len(self._which))
        add_values_by_label(values, self._codes, self._first, sums)
        sums[self._first] = 0
        return sums

    def _collected(self, values: np.ndarray) -> np.ndarray:
        """For each sample the sum of what its labels have."""
        values[self._first] = 0
        found = np.zeros(self._codes.shape[1])
        collect_by_label(values, self._codes, self._first, found)
        return found

    def _of_columns(self, values: np.ndarray) -> np.ndarray:
        """Of each label the sum over all of its column."""
        return np.add.reduceat(values, self._first)[self._which]
