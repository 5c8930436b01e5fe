"""Data frames of Dask as arrays of numbers, by what the types of their columns and all partitions say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np

from infsel.distributed import require_dask
from infsel.estimators.base._dask_labels import Look, Places, look_at, needs_a_look, placed, places_of, whole
from infsel.estimators.base._entries import is_plain, precision_of, read_by_column
from infsel.estimators.base._frames import blanked
from infsel.estimators.base._given import of_series
from infsel.estimators.base._kinds import asked_kinds, read_columns

Numbers = tuple[Any, np.ndarray]


def numbers_of_frame(X: Any, kinds: Any, names: Sequence[str], skipped: np.ndarray) -> Numbers:
    """The array of numbers that a frame is, lazily, and the kinds of its columns; what is skipped is blank.

    The rows of each partition are counted, for which one column is read, or those of which only what they hold says
    what that is: then what differs in each partition comes here.

    Raises
    ------
    ValueError
        If columns cannot be read: the message names all of them. It may be a TypeError, too.
    """
    asked = {number: kind for number, kind in asked_kinds(kinds, names).items() if not skipped[number]}
    columns = _columns(blanked(X._meta, skipped))
    looked = [k for k, each in enumerate(columns) if needs_a_look(each, asked.get(k), _has_known_categories)]
    n_rows, looks = _looked(X, looked, [asked.get(k) for k in looked])
    given = list(map(of_series, columns))
    for k, found in zip(looked, looks, strict=True):
        given[k] = whole(found, columns[k], names[k])
    read = read_columns(given, asked, names)
    places = {k: places_of(given[k], asked.get(k), read[k]) for k in looked}
    precision = precision_of([column.dtype for column in columns])
    reading = _Reading(
        names=list(names),
        kinds={names[k]: kind for k, kind in asked.items() if places.get(k) is None} or None,
        skipped=skipped,
        places={k: found for k, found in places.items() if found is not None},
        precision=precision,
    )
    return _array(X, n_rows, reading, len(names), precision), np.array([column.kind for column in read])


def _columns(frame: Any) -> list[nw.Series[Any]]:
    return list(nw.from_native(frame, eager_only=True).iter_columns())


def _looked(X: Any, columns: Sequence[int], asked: Sequence[Any]) -> tuple[list[int], list[list[Look]]]:
    """How many rows each partition has, and what each holds in some columns."""
    require = require_dask()
    look = require.delayed(partial(_look, asked=asked), pure=True)
    found = require.compute(*map(look, _partitions(X.iloc[:, list(columns) or [0]])))
    return [n for n, _ in found], [list(of_column) for of_column in zip(*(looks for _, looks in found), strict=True)]


def _look(part: Any, asked: Sequence[Any]) -> tuple[int, list[Look]]:
    return len(part), look_at(_columns(part)[: len(asked)], asked)


def _array(X: Any, n_rows: Sequence[int], read: Callable[[Any], np.ndarray], width: int, precision: np.dtype) -> Any:
    """What is read of each partition, one below the other.

    Partitions are taken as they are: where Dask optimizes, it merges files of which few columns are read, and the
    counts of one column would belong to other partitions than the numbers.
    """
    array = require_dask("dask.array")
    delayed = require_dask().delayed
    given, call = delayed(read, pure=True, traverse=False), delayed(_called, pure=True)  # labels travel once
    parts = (call(given, part) for part in _partitions(X))
    return array.concatenate(
        [
            array.from_delayed(part, (rows, width), meta=np.empty((0, width), precision))
            for part, rows in zip(parts, n_rows, strict=True)
        ]
    )


def _called(read: Callable[[Any], np.ndarray], part: Any) -> np.ndarray:
    return read(part)


def _partitions(X: Any) -> list[Any]:
    """Delayed partitions, of files read with the columns alone that are needed."""
    return list(X.simplify().to_delayed(optimize_graph=False))


def _has_known_categories(column: Any) -> bool:
    return bool(require_dask("dask.dataframe.utils").has_known_categories(column))


@dataclass(frozen=True)
class _Reading:
    """How some rows become numbers.

    Attributes
    ----------
    names : list of str
    kinds : dict or None
        What a user says of columns of which each row says what it stands for.
    skipped : ndarray of bool
    places : mapping
        The numbers of the labels of the other columns, by the numbers of these.
    precision : dtype
    """

    names: list[str]
    kinds: Mapping[str, Any] | None
    skipped: np.ndarray
    places: Mapping[int, Places]
    precision: np.dtype

    def __call__(self, part: Any) -> np.ndarray:
        """The numbers of some rows."""
        blank = self.skipped.copy()
        blank[list(self.places)] = True
        columns, numbers = _columns(part) if self.places else [], self._by_row(blanked(part, blank), blank)
        for k, places in self.places.items():
            numbers[:, k] = placed(columns[k], places)
        return numbers

    def _by_row(self, part: Any, blank: np.ndarray) -> np.ndarray:
        if self.kinds is None and is_plain(part):
            return np.array(part.to_numpy(dtype=self.precision))
        return read_by_column(part, self.kinds, self.names, blank)[0].astype(self.precision, copy=False)
