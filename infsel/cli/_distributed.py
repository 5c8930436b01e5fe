"""The table of a command that stays where workers have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype, is_string_dtype

from infsel._runtime.words import counted, first
from infsel.cli._errors import BadInput, reported
from infsel.cli._many import fits, many_of
from infsel.cli._options import Reading
from infsel.cli._source import Source
from infsel.cli._table import Table, check_names, read_table, split, target_of, weights_of
from infsel.cli._treat import differs_in_most
from infsel.distributed import require_dask
from infsel.files import ManyFiles, read_frame


def reader_where_it_fits(
    source: Source, target: str | None, reading: Reading, weight: str | None, workers: int | None
) -> Callable[[], Table]:
    """What reads the table: into memory, or lazily several files where there are workers, or too little memory.

    What options and the names of columns alone make wrong is said at once, before a cluster starts.

    Raises
    ------
    BadInput
        If it cannot be read, or there is nothing to rank.
    """
    if not source.files:
        return partial(read_table, source, target, reading, weight)
    many = many_of(source, reading)
    if workers is None and fits(many):
        return partial(read_table, source, target, reading, weight)
    dropped, roles = split(reading.dropped, many.frame._meta), [role for role in (target, weight) if role is not None]
    check_names(str(source), many.frame._meta, [], [*roles, *dropped])
    if reading.nominal or reading.dates or reading.event:
        why = "is larger: leave them out" if workers is None else "stays in its files: leave out --workers, or them"
        raise BadInput(f"{source}: --nominal, --dates and --event are for tables in memory, and this one {why}.")
    return partial(_lazily, str(source), many, target, weight, dropped, reading.drop_missing_target)


def _lazily(
    name: str,
    many: ManyFiles,
    target: str | None,
    weight: str | None,
    dropped: Sequence[str],
    drop_missing_target: bool,
) -> Table:
    frame, roles = many.frame, [role for role in (target, weight) if role is not None]
    said = [f"{many.said}, a block of columns at a time"]
    if target is not None and drop_missing_target:
        frame = frame.dropna(subset=[target])
        said.append(f"left out: rows without {target!r}")
    with reported(name):
        narrow = frame[roles or list(frame.columns[:1])].compute()
        vectors = read_frame(narrow.reset_index(drop=True)).frame
        y = None if target is None else target_of(vectors[target], False)
        weights = None if weight is None else weights_of(vectors[weight])
    X = frame[[column for column in frame.columns if column not in {*roles, *dropped}]]
    X, left_out = _ranked(X, said)
    if X.shape[1] == 0:
        raise BadInput(f"{name}: has no column to rank.")
    return Table(name, X, y, weights, said, [*left_out, *dropped], len(vectors), is_lazy=True)


def _ranked(X: Any, said: list[str]) -> tuple[Any, list[str]]:
    """The columns of numbers, truth values and text; sentences tell of text, and name the others."""
    types = X._meta.dtypes
    odd = [name for name, kind in types.items() if not (_is_number(kind) or _is_text(kind))]
    if odd:
        which = first([f"{name!r} ({types[name]})" for name in odd])
        said.append(f"left out: {which}, neither numbers nor text: --dates ranks days of a table in memory")
    levels = _levels(X[[name for name, kind in types.items() if _is_text(kind)]])
    free = [name for name, found in levels.items() if differs_in_most(*found)]
    if free:
        which = first([f"{name!r} ({levels[name][0]} in {levels[name][1]} rows)" for name in free])
        said.append(f"left out: {which}, text that differs in most rows")
    kept = [f"{name!r} ({counted(levels[name][0], 'level')})" for name in levels if name not in free]
    if kept:
        said.append(f"text as categories: {first(kept)}")
    return X.drop(columns=[*odd, *free]), [*odd, *free]


def _levels(X: Any) -> dict[str, tuple[int, int]]:
    """How many labels each column has, and in how many rows."""
    if not X.shape[1]:
        return {}
    columns = [(X[name].nunique(), X[name].count()) for name in X.columns]
    found = require_dask().compute(*(number for both in columns for number in both))
    return {name: (int(found[2 * k]), int(found[2 * k + 1])) for k, name in enumerate(X.columns)}


def _is_number(kind: Any) -> bool:
    return bool(is_numeric_dtype(kind) or is_bool_dtype(kind))


def _is_text(kind: Any) -> bool:
    return isinstance(kind, pd.CategoricalDtype) or is_string_dtype(kind)
