"""Where columns lie: numbers, points or times, from an array, by names, or read from the names themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.spatial import KDTree

from infsel._runtime.names import did_you_mean
from infsel._runtime.ranges import is_number

NANOSECOND = np.timedelta64(1, "ns")
_SECOND = 1e9  # nanoseconds
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WAYS = "pass one number, time or point a column, a mapping from column names to them, 'names' or 'order'"


@dataclass(frozen=True)
class Length:
    """Lengths along positions, as a range of a parameter."""

    words: str = "pass a number above 0 (np.inf for no limit), or a timedelta above 0 where positions are times"

    def holds(self, value: Any) -> bool:
        """Whether the value is such a length."""
        if isinstance(value, np.timedelta64 | timedelta):
            return bool(np.timedelta64(value) > np.timedelta64(0))
        return is_number(value) and value > 0


@dataclass(frozen=True)
class Positions:
    """Points, one a column.

    Attributes
    ----------
    points : ndarray of shape (n_features, n_dimensions)
        Counted from the lowest, so that their differences keep all digits; times are in seconds.
    timed : bool
        Whether they are times.
    """

    points: np.ndarray
    timed: bool = False

    def at(self, columns: np.ndarray) -> Positions:
        """Those of some columns."""
        return replace(self, points=self.points[columns])

    def length(self, name: str, value: Any) -> float:
        """A length along the positions as a number: a time difference in seconds where they are times.

        Raises
        ------
        TypeError
            If the positions are times and the length is none, or the other way round.
        """
        if isinstance(value, np.timedelta64 | timedelta):
            if not self.timed:
                raise TypeError(f"{name}={value!r}, but positions are numbers: pass a number in their unit.")
            return float(np.timedelta64(value) / NANOSECOND) / _SECOND
        if self.timed and value != np.inf:
            raise TypeError(f"{name}={value!r}, but positions are times: pass a timedelta, such as timedelta(hours=2).")
        return float(value)

    def written(self, lengths: Any) -> Any:
        """Such numbers in the unit of the user: time differences where positions are times."""
        if not self.timed:
            return lengths
        return np.rint(np.multiply(lengths, _SECOND)).astype("timedelta64[ns]")

    def windows(self, values: np.ndarray, reach: int) -> np.ndarray:
        """The values of each column and its `reach` neighbors on either side, mirrored at the ends: (n, 2 reach + 1).

        Raises
        ------
        ValueError
            If the positions have no order, or there are too few.
        """
        line = self.points[:, 0]
        if self.points.shape[1] > 1 or len(np.unique(line)) < len(line) or len(line) <= reach:
            raise ValueError(
                f"patch={reach!r} needs more than {reach} columns, each at a place of its own on a line: pass such "
                "positions, or patch=0."
            )
        order = np.argsort(line)
        patches = np.empty((len(line), 2 * reach + 1))
        patches[order] = sliding_window_view(np.pad(values[order], reach, mode="reflect"), 2 * reach + 1)
        return patches

    def usual_distance(self) -> float:
        """Median distance of a column to its k-th nearest neighbor, k = sqrt(n_features).

        Along a line that is about sqrt(n_features) / 2 neighbors on each side. More columns make it narrower, but let
        it average over more of them.

        Raises
        ------
        ValueError
            If it is 0.
        """
        n = len(self.points)
        k = min(n, int(np.ceil(np.sqrt(n))) + 1)  # the first is the point itself
        distance = float(np.median(KDTree(self.points).query(self.points, k=[k])[0])) if n > 1 else 1.0
        if distance == 0:
            raise ValueError(
                "scale='auto' is 0: most columns share their position with many others; pass a number above 0."
            )
        return distance


def read_positions(positions: Any, names: np.ndarray | None, n_features: int) -> Positions:
    """The positions of the columns of a table.

    Raises
    ------
    ValueError
        If there is not one finite position a column, or a name that is asked for has none.
    TypeError
        If they are not numbers or times.
    """
    texts = None if names is None else [str(name) for name in names]  # NumPy's own strings show as such
    if isinstance(positions, str):
        if positions == "order":
            return _points(np.arange(n_features), n_features)
        return _points(_from_names(positions, texts), n_features)
    if isinstance(positions, Mapping) or _is_labeled(positions):
        return _points(_by_name(positions, texts), n_features)
    return _points(positions, n_features)


def _is_labeled(positions: Any) -> bool:
    """Whether it is a series or frame with names for its rows."""
    return hasattr(positions, "loc") and all(isinstance(label, str) for label in positions.index)


def _points(values: Any, n_features: int) -> Positions:
    array = _plain(np.asarray(values))
    if array.ndim not in (1, 2) or len(array) != n_features or array.size == 0:
        raise ValueError(
            f"positions has shape {array.shape}, but the table has {n_features} columns: pass one position a column, "
            f"shape ({n_features},) or ({n_features}, n_dimensions)."
        )
    points, timed = array.reshape(n_features, -1), array.dtype.kind in "mM"
    bad = np.flatnonzero((np.isnat(points) if timed else ~np.isfinite(points)).any(axis=1))
    if len(bad):
        raise ValueError(
            f"positions[{bad[0]}] is {array[bad[0]]!s}: every column needs a position; leave columns without one out."
        )
    if timed:
        since = (points - points.min()).astype("timedelta64[ns]")
        return Positions(since / NANOSECOND / _SECOND, True)
    wide = points.astype({"f": np.float64, "i": np.int64, "u": np.uint64}[points.dtype.kind])  # whole ones stay so
    return Positions((wide - wide.min(axis=0)).astype(np.float64))


def _plain(array: np.ndarray) -> np.ndarray:
    """Numbers, datetime64 or timedelta64; Python's own dates become datetime64, in UTC where they know their zone."""
    if array.dtype.kind == "O" and array.size:
        if all(isinstance(value, date) for value in array.flat):
            return np.array([np.datetime64(_in_utc(value), "ns") for value in array.flat]).reshape(array.shape)
        if all(isinstance(value, timedelta | np.timedelta64) for value in array.flat):
            return array.astype("timedelta64[ns]")
    if array.dtype.kind not in "uifmM":
        text = array.dtype.kind in "US" or any(isinstance(value, str) for value in array.flat)
        shown = "text" if text else f"of dtype {array.dtype}"
        raise TypeError(f"positions are {shown}: {_WAYS}.")
    return array


def _in_utc(moment: date) -> date:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).replace(tzinfo=None)
    return moment


def _by_name(positions: Any, names: list[str] | None) -> list[Any]:
    """What a mapping says, in the order of the columns."""
    if names is None:
        raise ValueError(
            "positions are given by the names of columns, but X has none: pass a data frame, or an array of positions."
        )
    if not isinstance(positions, Mapping):
        if not positions.index.is_unique:
            raise ValueError("positions has repeated labels: give each column one position.")
        positions = dict(zip(positions.index, positions.to_numpy(), strict=True))
    for name in names:
        if name not in positions:
            known = [key for key in positions if isinstance(key, str)]
            hint = did_you_mean(name, known) or "."
            raise ValueError(f"positions has none for {name!r}, a column of X: add it, or leave the column out{hint}")
    return [positions[name] for name in names]


def _from_names(positions: str, names: list[str] | None) -> list[Any]:
    """The one number in each name, with the same text around it everywhere, or dates.

    Raises
    ------
    ValueError
        If there are no names, or one is ambiguous.
    """
    if positions != "names":
        raise ValueError(f"positions={positions!r}: {_WAYS}.")
    if names is None:
        raise ValueError("positions='names', but the columns of X have none: pass a data frame, or an array.")
    if all(_DATE.match(name) for name in names):
        return [_date_in(name) for name in names]
    parts = [_number_in(name) for name in names]
    for name, (before, _, after) in zip(names, parts, strict=True):
        if (before, after) != (parts[0][0], parts[0][2]):
            raise ValueError(
                f"positions='names': the text around the number differs between columns {names[0]!r} and {name!r}, and "
                "may be another quantity or unit; rename them alike, or pass an array or a mapping."
            )
    return [number for _, number, _ in parts]


def _number_in(name: str) -> tuple[str, float, str]:
    """What stands before it, the number, and what stands after it."""
    found = list(_NUMBER.finditer(name))
    if len(found) != 1:
        raise ValueError(
            f"positions='names': column {name!r} holds {len(found) or 'no'} numbers, where one is due, or a date such "
            "as 2024-05-31; rename it, or pass an array or a mapping."
        )
    before, after = name[: found[0].start()], name[found[0].end() :]
    number = float(found[0].group())
    if before in ("-", "+"):  # a sign, where nothing else could be meant
        return "", -number if before == "-" else number, after
    return before, number, after


def _date_in(name: str) -> datetime:
    try:
        return datetime.fromisoformat(name)
    except ValueError:
        raise ValueError(
            f"positions='names': column {name!r} begins like a date but is none; write dates as 2024-05-31 or "
            "2024-05-31 08:00, or pass an array or a mapping."
        ) from None
