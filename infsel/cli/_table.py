"""The table that a command works on: features, target and weights, and what there is to say about each."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from infsel._runtime.names import did_you_mean
from infsel._runtime.words import counted, listed
from infsel.cli._errors import BadInput, described, reported, warn, warned
from infsel.cli._many import in_memory, many_of
from infsel.cli._options import Reading
from infsel.cli._source import Source
from infsel.cli._treat import treated
from infsel.datasets import BUNDLED
from infsel.files import FileTable, read_frame
from infsel.files import read_table as read_file
from infsel.files._days import days
from infsel.studies._task import described as task_described
from infsel.targets import is_graded


@dataclass(frozen=True)
class Table:
    """Features, the target if one was named, weights of the rows if a column has them, and sentences about them.

    Columns of the file that are none of those were left out; those of `dates` are numbers of days now. Features that
    stay in their files are a frame of Dask.
    """

    name: str
    X: Any
    y: pd.Series | None
    weights: np.ndarray | None
    said: list[str]
    left_out: list[str]
    n_samples: int
    is_lazy: bool = False
    dates: Sequence[str] = ()
    events: np.ndarray | None = None

    @property
    def target(self) -> object:
        """The name of the target, None without one."""
        return None if self.y is None else self.y.name

    @property
    def given(self) -> Any:
        """The target as selectors take it: times and whether they ended in an event are one."""
        if self.y is None or self.events is None:
            return self.y
        return pd.DataFrame({"event": self.events, "time": self.y.to_numpy()})

    def task(self, asked: str | None) -> tuple[str | None, list[str]]:
        """What the target is for, None without one, and sentences that say so."""
        if self.y is None:
            return None, []
        if self.events is not None:
            times = f"{counted(int(self.events.sum()), 'event')} among {len(self.y)} times of {self.y.name!r}"
            return "survival", [f"task: survival, {times}; the others are censored"]
        if asked == "ordinal" and not (is_numeric_dtype(self.y) or is_graded(self.y)):
            raise ValueError(
                f"--task ordinal: target {self.y.name!r} is text, and nothing says in which order: write its grades as "
                "numbers, or keep ordered categories in a Parquet file."
            )
        return task_described(self.y, asked)


def read_table(source: Source, target: str | None, reading: Reading, weight: str | None = None) -> Table:
    """The table, whose columns are as the user wants them.

    Raises
    ------
    BadInput
        If it cannot be read, or there is nothing to rank.
    """
    name = str(source)
    file, own = _bundled(source) if source.bundled else (_read(source, reading), None)
    for warning in file.warned:
        warn(f"{name}: {warning}")
    target, frame = target or own, file.frame
    dropped, nominal = split(reading.dropped, frame), split(reading.nominal, frame)
    flag, ends = (None, None) if reading.event is None else _event_of(reading.event, frame)
    roles = [column for column in (target, weight, flag) if column is not None]
    check_names(name, frame, file.labels, [*roles, *dropped, *nominal])
    said = list(file.said)
    with reported(name):
        if target is not None and reading.drop_missing_target:
            for column in (target, flag):
                frame, said = _with_target(frame, column, said)
        y = None if target is None else target_of(frame[target], reading.dates)
        events = None if flag is None else _events(frame[flag], ends, target)
        weights = None if weight is None else weights_of(frame[weight])
        X, words = treated(frame.drop(columns={*roles, *dropped} & {*frame.columns}), nominal, reading.dates)
    if target is None:
        words += _guessed_target(X)
    left_out = [str(column) for column in frame.columns if column not in {*X.columns, *roles}]
    dates = [column for column in X.columns if frame[column].dtype.kind in "mM"]
    return Table(name, X, y, weights, said + words, left_out, len(X), dates=dates, events=events)


def _bundled(source: Source) -> tuple[FileTable, str]:
    X, y = BUNDLED[source.place]()
    return read_frame(pd.concat([X, y], axis=1)), str(y.name)


def _read(source: Source, reading: Reading) -> FileTable:
    if source.files:
        return in_memory(many_of(source, reading))
    try:
        with warned(str(source)):
            return read_file(
                source.place,
                separator=reading.separator,
                decimal=reading.decimal,
                encoding=reading.encoding,
                header=reading.header,
                index=reading.index,
                but={name for text in reading.dropped for name in (text, *text.split(","))},
            )
    except OSError as error:
        raise BadInput(f"{source}: cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise BadInput(f"{source}: {error}") from error
    except Exception as error:  # what the readers raise has no end: KeyError, RecursionError, errors of Arrow
        raise BadInput(f"{source}: is not a readable table: {described(error)}") from error


def split(given: Iterable[str], frame: pd.DataFrame) -> list[str]:
    """Names of columns, several of them in one text where that is no name itself."""
    return [name for text in given for name in ([text] if text in frame else text.split(",")) if name]


def check_names(name: str, frame: pd.DataFrame, labels: list[str], wanted: Sequence[str]) -> None:
    """Refuse names that no column and no label of rows has."""
    absent = [column for column in dict.fromkeys(wanted) if column not in frame and column not in labels]
    if not absent:
        return
    near = "".join(did_you_mean(column, frame.columns).rstrip("?") for column in absent)
    end = "?" if near else "."
    also = ""
    if any(column in set(map(str, frame.index)) for column in absent):
        also = " A row is labeled so: are rows and columns exchanged? pandas.DataFrame.T turns the table."
    if frame.shape[1] == 1:
        also += " All cells are in one column: is another separator meant (--sep)?"
    has = listed(frame.columns)
    raise BadInput(f"{name}: no column named {listed(absent)}; it has {has}{near}{end}{also}")


def _event_of(event: str, frame: pd.DataFrame) -> tuple[str, str | None]:
    """The column of --event, and what stands for an event in it where that is said."""
    if event in frame or "=" not in event:
        return event, None
    column, _, ends = event.partition("=")
    return column, ends


def _events(column: pd.Series, ends: str | None, target: str | None) -> np.ndarray:
    """Whether each time ended in an event: maybe all did, but some have to."""
    if column.name == target:
        raise ValueError(f"--event: {target!r} is the target, the times: name the column that says which ended so.")
    check_whole(column)
    text = column.astype(str).str.removesuffix(".0")
    found = sorted(text.unique())
    if ends is not None:
        if ends not in found:
            raise ValueError(f"--event: column {column.name!r} has no {ends!r}; it has {listed(found)}.")
        return (text == ends).to_numpy()
    if not set(found) <= {"0", "1", "True", "False"}:
        raise ValueError(
            f"--event: column {column.name!r} has {listed(found)}: say what stands for an event, "
            f"--event {shlex.quote(f'{column.name}={found[-1]}')}, or have 1 for an event and 0 for a censored time."
        )
    events: np.ndarray = text.isin(["1", "True"]).to_numpy()
    if not events.any():
        raise ValueError(f"--event: column {column.name!r} has no event: every time is censored.")
    return events


def _with_target(frame: pd.DataFrame, target: str | None, said: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The rows that have a target, and a word about the others."""
    if target is None:
        return frame, said
    absent = frame[target].isna()
    if not absent.any():
        return frame, said
    return frame[~absent], [*said, f"left out: {counted(int(absent.sum()), 'row')} without {target!r}"]


def target_of(y: pd.Series, dates: bool) -> pd.Series:
    """The target that a column is, whole and with something to predict."""
    if y.dtype.kind in "mM":
        if not dates:
            raise ValueError(f"target {y.name!r} is a date: --dates predicts numbers of days.")
        y = days(y)
    check_whole(y)
    if is_numeric_dtype(y) and not is_bool_dtype(y) and (infinite := np.isinf(y.to_numpy(dtype=np.float64))).any():
        place = int(infinite.argmax()) + 1
        raise ValueError(f"target {y.name!r} is infinite or too large to compute with in data row {place}.")
    if y.nunique() < 2 and len(y) > 1:
        raise ValueError(f"target {y.name!r} has one value, {y.iloc[0]!s}: there is nothing to predict.")
    if isinstance(y.dtype, pd.CategoricalDtype) and not y.cat.ordered:
        return y.astype(object)
    return y.astype(bool) if is_bool_dtype(y) else y


def check_whole(y: pd.Series) -> None:
    """Refuse a target that is missing somewhere."""
    absent = y.isna().to_numpy()
    if absent.all() and len(y):
        raise ValueError(f"target {y.name!r} is empty.")
    if absent.any():
        rows = np.flatnonzero(absent) + 1
        more = f", ... ({len(rows)} rows)" if len(rows) > 5 else ""
        raise ValueError(
            f"target {y.name!r} is missing in data row {', '.join(map(str, rows[:5]))}{more}: fill it in, or leave "
            "those rows out with --drop-missing-target."
        )


def weights_of(column: pd.Series) -> np.ndarray:
    """The weights that a column holds, none of them missing."""
    if not is_numeric_dtype(column):
        raise ValueError(f"--weight: column {column.name!r} is not numeric: weights are numbers from 0 up.")
    weights = column.to_numpy(dtype=np.float64, na_value=np.nan)
    wrong = ~(weights >= 0) | np.isinf(weights)
    if wrong.any():
        place = int(wrong.argmax())
        raise ValueError(
            f"--weight: column {column.name!r} is {weights[place]:g} in data row {place + 1}: weights are numbers from "
            "0 up, none of them missing."
        )
    return weights


_TARGETS = {"target", "y", "label", "labels", "class", "outcome", "response", "diagnosis", "species", "survived"}


def _guessed_target(X: pd.DataFrame) -> list[str]:
    """A question about the column that looks like a target: by its name, or the only one of labels, first or last."""
    named = [name for name in X.columns if name.casefold() in _TARGETS]
    labels = [name for name in X.columns if isinstance(X[name].dtype, pd.CategoricalDtype)]
    ends = {X.columns[0], X.columns[-1]} if X.shape[1] else set()
    guess = named[:1] or (labels if len(labels) == 1 and labels[0] in ends else [])
    return [
        f"is {name!r} the target? Then --target {shlex.quote(name)}; it is ranked with the others" for name in guess
    ]
