"""Tables as people have them: entries are missing, and some columns hold labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from infsel._kernels import write_gap_sums
from infsel.embeddings import AssociatedRows, Embedding
from infsel.tables import _mixed_bins, _mixed_copies, _mixed_places
from infsel.tables._associated import columns_of
from infsel.tables._dense import DenseTable
from infsel.tables._lacking import LackingTable
from infsel.tables._present import standard_deviation, unit_columns, unit_ranks
from infsel.tables._table import Table, by_column, remembered

KINDS = ("numeric", "boolean", "ordinal", "nominal")


class MixedTable(LackingTable):
    """Numbers of which some are missing, and labels, in memory.

    A statistic of one column is that of the samples which have it. Where columns become rows that enter products, a gap
    holds 0: the mean of what is there. Labels have no order, and rare ones of a column are one (`pooled`).

    What reads the numbers of such columns themselves (`read`, `chunks`, `array`) is refused, because NaN would go
    unnoticed: `numbers` has them.

    Parameters
    ----------
    numbers : ndarray of shape (n_samples, n_features)
        Single or double precision, NaN where an entry is missing; a nominal column holds 0, ..., n_labels - 1, in no
        order. It is not copied.
    kinds : ndarray of str of shape (n_features,), default=None
        "numeric", "boolean", "ordinal" or "nominal"; None for numbers throughout. All but the last are numbers.
    informative : bool, default=False
        Whether a gap is a value of its own, rather than nothing known.
    weights, names : ndarray, optional
        As for `Table`.
    """

    def __init__(
        self,
        numbers: np.ndarray,
        kinds: np.ndarray | None = None,
        informative: bool = False,
        weights: np.ndarray | None = None,
        names: np.ndarray | None = None,
    ) -> None:
        super().__init__(numbers.shape, numbers.dtype, weights, names)
        self.numbers, self.informative = numbers, informative
        self.kinds = np.full(self.shape[1], "numeric") if kinds is None else np.asarray(kinds)

    def take(self, index: np.ndarray) -> MixedTable:
        return MixedTable(self.numbers[:, index], self.kinds[index], self.informative)

    def rows(self, index: np.ndarray) -> MixedTable:
        """The table of some samples."""
        weights = None if self.weights is None else self.weights[index]
        return MixedTable(self.numbers[index], self.kinds, self.informative, weights, self.names)

    def here(self) -> MixedTable:
        """The table itself, which is in this process."""
        return self

    def blocks_here(self) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns at once, NaN in the gaps."""
        yield slice(0, self.shape[1]), self.numbers

    def read(self, start: int, stop: int) -> np.ndarray:
        """Columns without gaps and labels; others are refused."""
        self._require_all(start, stop)
        return self.numbers[:, start:stop]

    def chunks(self, width: int | None = None) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns at once, if none has gaps or labels."""
        yield slice(0, self.shape[1]), self.read(0, self.shape[1])

    @property
    def array(self) -> np.ndarray:
        """All numbers, if no column has gaps or labels."""
        return self.read(0, self.shape[1])

    def simplified(self) -> Table:
        """A plain table where nothing is missing and no column holds labels, else itself."""
        return self if self.missing.any() or self.nominal.any() else self._dense(self.numbers)

    @property
    def missing(self) -> np.ndarray:
        """Which entries are missing, as a mask of the shape of the table."""
        return self._gone().T

    @by_column
    def _gone(self) -> np.ndarray:
        return np.isnan(self.numbers.T, order="C")

    @by_column
    def gaps(self) -> np.ndarray:
        """How many entries of each column are missing, shape (n_features,)."""
        return np.count_nonzero(self.missing, axis=0)

    def sums_in_gaps(self, values: np.ndarray) -> np.ndarray:
        """Sums of values, of shape (k, n_samples), over the gaps of each column, shape (n_features, k)."""
        sums = np.empty((self.shape[1], len(values)))
        write_gap_sums(self._gone(), np.ascontiguousarray(values, dtype=np.float64), sums)
        return sums

    @by_column
    def present_weight(self) -> np.ndarray:
        """What the samples that have each column weigh, shape (n_features,)."""
        if self.weights is None:
            return len(self) - self.gaps() * 1.0
        return np.asarray(self.counts.sum() - self.sums_in_gaps(self.counts[np.newaxis])[:, 0])

    @by_column
    def n_labels(self) -> np.ndarray:
        """How many labels each nominal column may hold, whether or not a sample has it; 0 for numbers."""
        highest = self.extremes()[1]
        return np.where(self.nominal, highest + 1, 0).astype(np.intp)

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column, 0 where it has none."""
        gone = self.missing.all(axis=0)
        low, high = np.fmin.reduce(self.numbers), np.fmax.reduce(self.numbers)
        return np.where(gone, 0, low), np.where(gone, 0, high)

    @by_column
    def varying(self) -> np.ndarray:
        """Which columns hold more than one value, or label as in `pooled`; a gap is one where it is informative."""
        result = np.array(super().varying())
        if self.informative:
            result |= (self.gaps() > 0) & (self.gaps() < len(self))
        for column in np.flatnonzero(self.nominal):
            result[column] = self.label_codes()[column].max() > 1
        return result

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of what is there, with ddof 0; of labels that of a column of 0 and 1 as mixed as they are.

        For labels of shares p that is sqrt((1 - sum p^2) / 2).
        """
        result = standard_deviation(self.numbers, self.counts, self.extremes())
        counts = self.counts
        for column in np.flatnonzero(self.nominal):
            result[column] = _mixed_bins.deviation(self.label_codes()[column], counts)
        return result

    def complete(self) -> DenseTable:
        """The table with the mean of what is there in place of each gap.

        Raises
        ------
        InvalidParameter
            If there are columns of labels.
        """
        self._require_numbers()
        means = self.counts @ np.where(self.missing, 0, self.numbers) / np.maximum(self.present_weight(), 1e-300)
        return self._dense(np.where(self.missing, means.astype(self.dtype), self.numbers))

    @by_column
    def unit_columns(self) -> np.ndarray:
        """Centered columns of Euclidean norm 1 as rows, 0 in the gaps."""
        self._require_numbers()
        return unit_columns(self.numbers, self.counts, self.extremes())

    @by_column
    def unit_ranks(self) -> np.ndarray:
        """The same of ranks among what is there."""
        self._require_numbers()
        return unit_ranks(self.numbers, self.counts)

    def correlating(self, correlation: str) -> Embedding:
        """Rows whose products say how far two columns are associated, see `AssociatedRows`; unit rows without either.

        Where gaps are informative, one of a label is a label of its own, and of a number a second dimension.
        """
        if not self._lacking.any():
            return self.complete().correlating(correlation)
        return self.associations(self._checked(correlation))

    def associations(self, correlation: str) -> AssociatedRows:
        """The same rows also where no column has gaps or labels."""
        return self._informed() if correlation == "mutual-information" else self._associated(correlation)

    @by_column
    def _associated(self, correlation: str) -> AssociatedRows:
        return AssociatedRows(columns_of(self, correlation), self.dtype)

    def standardized(self) -> np.ndarray:
        """Columns as rows, of which what is there has mean 0 and standard deviation 1, with 0 in the gaps."""
        root = np.sqrt(self.present_weight() / self.total_weight)
        return self._emptied(self.complete().standardized() * root[:, np.newaxis].astype(self.dtype))

    def ranks(self) -> np.ndarray:
        """Ranks among what is there, NaN in the gaps."""
        self._require_numbers()
        return self._dense(self.numbers).ranks()

    def positions(self) -> np.ndarray:
        """Share of what is there below each value, plus half the share that equals it, and one half in the gaps."""
        positions = (self.ranks() - 0.5) / np.maximum(self.present_weight(), 1e-300)
        return np.where(self.missing, 0.5, positions).T.astype(self.dtype)

    def places(self) -> np.ndarray:
        """The `positions`; of labels in an order that their names do not decide, and one half in the gaps."""
        return _mixed_places.places(self)

    def contents(self) -> np.ndarray:
        """Whole numbers that are the same for samples that hold, and lack, the same."""
        return _mixed_places.contents(self)

    @by_column
    def majority(self) -> np.ndarray:
        """The share of what is there that holds what more than half of it holds; 0 without such a value."""
        return _mixed_places.majority(self)

    def pooled(self) -> MixedTable:
        """The table where rare labels of a column are one, and informative gaps of labels one more label.

        Rare are labels that one sample has alone; in columns of more than 200 labels those that weigh less than 5
        samples; and those that are too many for a byte. What labels are called decides nothing.
        """
        if not (self.nominal.any() or self.informative):
            return self
        table = MixedTable(*_mixed_bins.pooled_numbers(self), self.informative, self.weights, self.names)
        table._known["label_codes",] = self.label_codes()  # to pool them again changes nothing
        return table

    @by_column
    def binned(self, bins: int) -> np.ndarray:
        """The bin of each value, shape (n_features, n_samples): labels are bins, and so are gaps, the last of a column.

        There may be more than so many bins of labels.
        """
        return _mixed_bins.binned(self, bins)

    def labels(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """Each column of labels, which samples have one, and theirs as 0, 1, ..., all of which occur, as in `pooled`.

        A gap is a label where it is informative.
        """
        return _mixed_bins.labels(self.label_codes())

    @by_column
    def label_codes(self) -> np.ndarray:
        """For each column of labels these as bytes 1, 2, ..., with 0 in gaps, and None for one of numbers."""
        return _mixed_bins.label_codes(self)

    def unknown(self) -> np.ndarray | None:
        """Where an entry is missing of which nothing is known; None where gaps are informative."""
        return None if self.informative else self.missing.T

    @remembered
    def originals(self) -> np.ndarray:
        """The same as of any table; gaps are in the same samples, and labels are the same but for their names."""
        return _mixed_copies.originals(self)

    def _emptied(self, rows: Any) -> np.ndarray:
        """The rows with 0 in the gaps, where round-off is."""
        rows = np.array(rows)
        rows[self.missing.T] = 0
        return rows

    def _dense(self, numbers: np.ndarray) -> DenseTable:
        return DenseTable(numbers, self.weights, self.names)
