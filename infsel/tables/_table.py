"""What every table offers: columns, blocks of them, and statistics of each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from copy import copy
from functools import partial, wraps
from threading import RLock
from typing import Any, ClassVar, Self, TypeVar, cast

import numpy as np

from infsel._runtime.memory import allocate
from infsel._runtime.ranges import InvalidParameter
from infsel.embeddings import AssociatedRows, Embedding, Filled, Written, written
from infsel.tables import _binned, _contents, _copies, _informed, _ranks, _standardize, _varying
from infsel.tables._blocks import Process, for_blocks
from infsel.tables._whole import Whole

Method = TypeVar("Method", bound=Callable[..., Any])

BINS = 5  # of a column whose information is asked for
_CHUNK_BYTES = 2**25
_MOST = 3 * 2**24  # n (n^2 - 1), up to which single precision holds the products of whole ranks


def remembered(method: Method) -> Method:
    """Let a statistic of a table be computed once for each of its settings; arrays become read-only."""
    return _recalling(method, False)


def by_column(method: Method) -> Method:
    """The same of a statistic with one entry or row a column, which a part of a table may take from the whole."""
    return _recalling(method, True)


def _recalling(method: Method, shared: bool) -> Method:
    @wraps(method)
    def recalled(table: Table, *settings: Hashable) -> Any:
        key, known = (method.__name__, *settings), table._known
        with table._lock:  # who asks while another computes the same waits for it
            if key not in known:
                found = table._part_of_known(key) if shared else None
                known[key] = _frozen(method(table, *settings) if found is None else found)
            return known[key]

    return cast("Method", recalled)


class Table(ABC):
    """Numbers of n_samples x n_features that know the statistics of their columns.

    A kind of table writes two methods: `read`, which brings columns into memory, and `take`, which makes a table of
    some of them. Everything else follows, a block of columns at a time; a kind overrides a statistic where it knows
    better. What was computed once is remembered, so a table must not change.

    Parameters
    ----------
    shape : tuple of int
        Numbers of samples and columns.
    dtype : dtype
        Precision of the statistics.
    weights : ndarray of shape (n_samples,), default=None
        How often each sample counts, more than 0; None for once each.
    names : ndarray of str of shape (n_features,), default=None
        What the columns are called.

    Attributes
    ----------
    weights : ndarray of shape (n_samples,) or None
        None where every sample counts once.
    """

    has_samples: ClassVar[bool] = True  # or nothing but sums over them
    is_dense: ClassVar[bool] = True
    is_plain: ClassVar[bool] = True  # every entry is a number, and there
    is_distributed: ClassVar[bool] = False  # over processes that keep their columns
    _remedy: ClassVar[str]  # of a table that is not

    def __init__(
        self, shape: tuple[int, int], dtype: Any, weights: np.ndarray | None = None, names: np.ndarray | None = None
    ) -> None:
        self.shape, self.dtype = (int(shape[0]), int(shape[1])), np.dtype(dtype)
        self.weights = _telling(weights)
        self.names = names
        self._know_nothing()

    @abstractmethod
    def read(self, start: int, stop: int) -> np.ndarray:
        """The columns from `start` to before `stop` in memory, shape (n_samples, stop - start)."""

    @abstractmethod
    def take(self, index: np.ndarray) -> Self:
        """A table of the columns with these numbers; `columns` sees to their names and to the weights."""

    def __len__(self) -> int:
        return self.shape[0]

    def __sizeof__(self) -> int:
        """Bytes, by which a cluster tells what it should send once and not with every task."""
        return object.__sizeof__(self) + self.shape[0] * self.shape[1] * self.dtype.itemsize

    def __getstate__(self) -> dict[str, Any]:
        """The numbers without what was computed of them."""
        return {name: value for name, value in vars(self).items() if name not in ("_known", "_lock", "_part_of")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = state
        self._know_nothing()

    def _know_nothing(self) -> None:
        self._known, self._lock = dict[Hashable, Any](), RLock()
        self._part_of: tuple[Table, np.ndarray] | None = None

    def _part_of_known(self, key: Hashable) -> Any:
        """What the table that this is a part of knows of these columns, None where it knows nothing."""
        if self._part_of is None:
            return None
        whole, columns = self._part_of
        found = whole._known.get(key)
        if found is None:
            return None
        return tuple(each[columns] for each in found) if isinstance(found, tuple) else found[columns]

    @property
    def total_weight(self) -> float:
        """How many samples there are, each as often as it counts."""
        return float(self.shape[0] if self.weights is None else self.weights.sum())

    @property
    def counts(self) -> np.ndarray:
        """The weights, also where each is 1."""
        return np.ones(self.shape[0]) if self.weights is None else self.weights

    @property
    def relative_counts(self) -> np.ndarray:
        """The weights but for a factor that all have in common, each 1 where they are equal."""
        return np.ones(self.shape[0]) if self.uneven is None else self.uneven

    @property
    def uneven(self) -> np.ndarray | None:
        """The weights where they differ: equal ones do not move a mean, and leave its digits alone."""
        even = self.weights is None or bool((self.weights == self.weights[0]).all())
        return None if even else self.weights

    def columns(self, index: np.ndarray) -> Table:
        """The table of some columns, by numbers or as a mask; weights and names go along."""
        index = np.flatnonzero(index) if np.asarray(index).dtype == bool else np.asarray(index)
        if len(index) == self.shape[1] and (index == np.arange(len(index))).all():
            return self
        part = self.take(index)
        part.weights, part.names = self.weights, None if self.names is None else self.names[index]
        part._part_of = self, index
        return part

    def rows(self, index: np.ndarray) -> Table:
        """The table of some samples, by numbers or as a mask; it reads them where this table does."""
        return _SomeRows(self, np.arange(len(self))[index])

    def weighted(self, weights: np.ndarray | None) -> Self:
        """The same samples, each of which counts as often as its weight says."""
        other = copy(self)
        other.weights = _telling(weights)
        return other

    @property
    def chunk(self) -> int:
        """How many columns are in memory at a time."""
        return max(1, _CHUNK_BYTES // (max(1, len(self)) * self.dtype.itemsize))

    def chunks(self, width: int | None = None) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns in order, each chunk with where it lies: what is in memory at once, else `width` or as usual."""
        n_features, width = self.shape[1], self.chunk if width is None else width
        for start in range(0, n_features, width):
            where = slice(start, min(start + width, n_features))
            yield where, self.read(where.start, where.stop)

    def blocks(self, process: Process) -> None:
        """Call `process(where, rows, work)` for blocks of the columns, in any order and in several threads.

        `rows` holds the columns `where` as contiguous rows in double precision, `work` has the same shape, and both may
        be overwritten. What becomes of one row must not depend on the others.
        """
        for where, chunk in self.chunks():
            for_blocks(chunk, process if where.start == 0 else partial(_shifted, process, where.start))

    def by_blocks(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function(table, *arguments)` makes of the table: one entry a column, or several arrays of those.

        A table that is distributed lets it have one block of columns after the other, each as a table of its own, where
        it is. So what becomes of one column must not depend on the others.
        """
        return function(self, *arguments)

    def rows_by_blocks(self, function: Callable[..., np.ndarray], dtype: Any, *arguments: Any) -> Any:
        """The same of a function that makes a row of this precision of each column; they stay where the block is."""
        return function(self, *arguments)

    def numbers_by_blocks(self, function: Callable[..., np.ndarray], sizes: np.ndarray) -> Any:
        """The same of a function that makes so many columns of numbers of each column; of a distributed one a table."""
        return function(self)

    def each_block(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function makes of each block, where it stays: what others make of it is summed up (`total`)."""
        return Whole(function(self, *arguments))

    @property
    def array(self) -> Any:
        """All numbers in memory: an ndarray, or a CSC array of a sparse table."""
        remedy = "use an affinity and a relevance that rate one column after the other"
        table = allocate(self.shape, self.dtype, "the whole table in memory", remedy)
        for where, chunk in self.chunks():
            table[:, where] = chunk
        return table

    def by_rows(self) -> Any:
        """All numbers in a form from which samples are taken quickly: an ndarray, or a CSR array."""
        return self.array

    def to_dense(self) -> np.ndarray:
        """All numbers as an ndarray."""
        return np.asarray(self.array)

    def require_dense(self, who: str, otherwise: str = "") -> None:
        """Refuse sparse tables and moments, whose numbers are not written down one by one.

        Parameters
        ----------
        who : str
            What needs every number of every sample, for the message.
        otherwise : str, default=""
            What to do without them, as the end of a sentence.

        Raises
        ------
        InvalidParameter
            A ValueError and a TypeError; the message says how a table, or a step of a Pipeline, becomes dense.
        """
        if not self.is_dense:
            raise InvalidParameter(f"{who} needs a dense table and {self._remedy}{otherwise}.")

    def require_plain(self, who: str, otherwise: str = "") -> None:  # noqa: B027
        """Refuse tables with gaps or columns of labels; `who` and `otherwise` as for `require_dense`.

        Raises
        ------
        InvalidParameter
            The message names a column and says how it becomes one of numbers.
        """

    @by_column
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest number of each column, NaN where it holds one."""
        low, high = zip(*(_varying.extremes(chunk) for _, chunk in self.chunks()), strict=True)
        return np.concatenate(low), np.concatenate(high)

    @by_column
    def varying(self) -> np.ndarray:
        """Which columns hold more than one value, as a mask of shape (n_features,).

        Values that differ by a few units in the last place are the same value: ranks would amplify that round-off to
        full strength.
        """
        return _varying.differ(*self.extremes(), self.dtype)

    @by_column
    def standard_deviation(self) -> np.ndarray:
        """Standard deviation of each column with ddof 0, shape (n_features,), in the precision of the table."""
        return _standardize.standard_deviation(self)

    def standardized(self) -> Written:
        """Columns as rows of mean 0 and standard deviation 1 with ddof 0, none of which may be constant.

        Of a sparse table they are `SparseRows` in double precision.
        """
        return _standardize.standardized(self)

    @by_column
    def unit_columns(self) -> Embedding:
        """Centered columns of Euclidean norm 1 as rows, shape (n_features, n_samples): their Gram matrix correlates.

        The entry of a sample is multiplied by the root of its weight, after the weighted mean is gone, so that whole
        weights give the Gram matrix of a table with repeated samples. A constant column correlates with nothing: its
        row is zero. Of a sparse table they are `SparseRows`, of moments `ScatterRows`.
        """
        return _standardize.unit_columns(self)

    @by_column
    def unit_ranks(self) -> Embedding:
        """The unit columns of `ranks`, whose Gram matrix holds Spearman's correlations."""
        return _standardize.unit_ranks(self)

    def correlating(self, correlation: str) -> Embedding:
        """Rows of norm 1 whose Gram matrix holds Spearman's or Pearson's correlations, shape (n_features, n_samples).

        Or rows known by the normalized mutual information of any two, of `BINS` bins of equal weight each.

        Raises
        ------
        ValueError
            If `correlation` is not "spearman", "pearson" or "mutual-information".
        """
        if self._checked(correlation) == "mutual-information":
            return self._informed()
        return self.correlating_rows(correlation)

    def correlating_rows(self, correlation: str) -> Embedding:
        """The same of "spearman" or "pearson" for whoever reads entries of the rows and not their products alone."""
        return self.unit_ranks() if correlation == "spearman" else self.unit_columns()

    @by_column
    def _informed(self) -> AssociatedRows:
        return AssociatedRows(_informed.columns_of(written(self.binned(BINS)), self.unknown(), self.counts), self.dtype)

    @staticmethod
    def _checked(correlation: str) -> str:
        if correlation not in ("spearman", "pearson", "mutual-information"):
            raise ValueError(f"correlation={correlation!r}: choose 'spearman', 'pearson' or 'mutual-information'.")
        return correlation

    @property
    def has_whole_ranks(self) -> bool:
        """Whether Gram matrices of `whole_ranks` are free of round-off: no partial sum exceeds the product of norms.

        These are at most n (n^2 - 1) / 3 for n samples, and single precision holds every whole number up to 2^24.
        """
        n = self.total_weight
        return n * (n * n - 1) <= _MOST and bool((self.counts == np.rint(self.counts)).all())

    @by_column
    def whole_ranks(self) -> tuple[np.ndarray, np.ndarray]:
        """Twice the centered ranks as rows of whole numbers in single precision, and the norms of the rows.

        The Gram matrix of the rows, over the norms, holds Spearman's correlations. A sample that counts several times
        stands there as often. A constant column is a row of zeros.
        """
        return _standardize.whole_ranks(self)

    def ranks(self) -> np.ndarray:
        """Ranks within each column, ties sharing their mean rank, in the shape of the table; see `write_ranks`."""
        return _ranks.ranks(self)

    def positions(self) -> np.ndarray:
        """Share of a column below each value, plus half the share that equals it: in (0, 1), one row a column."""
        return _ranks.positions(self)

    def places(self) -> Filled:
        """The `positions`; of a sparse table those of its entries, and for each column that of its zeros."""
        return self.positions()

    def contents(self) -> np.ndarray:
        """Whole numbers that are the same for samples that hold the same, and whose order only content decides."""
        return _contents.of_rows(self.by_rows())

    def pooled(self) -> Table:
        """The table itself; of one with labels that where rare ones are one: see `MixedTable`."""
        return self

    @by_column
    def majority(self) -> np.ndarray:
        """The share of the samples that hold what more than half of them hold, shape (n_features,); 0 without one."""
        return _ranks.majority(self)

    @by_column
    def binned(self, bins: int) -> np.ndarray:
        """The bin 0, ..., bins - 1 that each value of a column lies in, shape (n_features, n_samples)."""
        return _binned.binned(self, bins)

    def simplified(self) -> Table:
        """The same as a plain table, where it has no gaps and no columns of labels."""
        return self

    def unknown(self) -> np.ndarray | None:
        """Where an entry is missing of which nothing is known, shape (n_features, n_samples); None where none is."""
        return None

    @remembered
    def originals(self) -> np.ndarray:
        """For each column the first one that it equals up to shift, scale, sign and round-off, shape (n_features,)."""
        return _copies.originals(self.unit_columns())


class _SomeRows(Table):
    """Some samples of another table."""

    def __init__(self, whole: Table, index: np.ndarray) -> None:
        weights = None if whole.weights is None else whole.weights[index]
        super().__init__((len(index), whole.shape[1]), whole.dtype, weights, whole.names)
        self._whole, self._index = whole, index

    def read(self, start: int, stop: int) -> np.ndarray:
        return self._whole.read(start, stop)[self._index]

    def take(self, index: np.ndarray) -> _SomeRows:
        return _SomeRows(self._whole.take(index), self._index)

    @property
    def chunk(self) -> int:
        return self._whole.chunk


def _telling(weights: np.ndarray | None) -> np.ndarray | None:
    """The weights, None where every sample counts once."""
    return None if weights is None or (weights == 1).all() else weights


def _frozen(result: Any) -> Any:
    for array in result if isinstance(result, tuple) else (result,):
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return result


def _shifted(process: Process, by: int, where: slice, rows: np.ndarray, work: np.ndarray) -> None:
    process(slice(where.start + by, where.stop + by), rows, work)
