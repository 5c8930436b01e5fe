"""Files that are one table together, read where the tasks of Dask run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from infsel._runtime.words import counted, listed
from infsel.distributed import require_dask
from infsel.files._types import common, family

_SUFFIXES = {".parquet": "Parquet", ".pq": "Parquet", ".csv": "CSV", ".tsv": "CSV", ".txt": "CSV"}
_CELL = 8  # bytes of a number
_TEXT = 2  # bytes that a byte of text takes in memory, about


@dataclass(frozen=True)
class ManyFiles:
    """Files that are one table.

    Attributes
    ----------
    frame : dask.dataframe.DataFrame
        Nothing of it is read but the names and types of its columns.
    said : str
        How it is read.
    n_bytes : int
        What it takes in memory, about.
    """

    frame: Any
    said: str
    n_bytes: int


def read_many(
    paths: Sequence[str], *, separator: str | None = None, decimal: str | None = None, encoding: str | None = None
) -> ManyFiles:
    """Several Parquet files, or several of text, as one lazy data frame of Dask.

    Parameters
    ----------
    paths : sequence of str
        All of one format, with the same columns.
    separator, decimal, encoding : str, default=None
        Of text: ``,`` (a tab in .tsv files), ``.`` and UTF-8 where they are None.

    Returns
    -------
    ManyFiles

    Raises
    ------
    ImportError
        If Dask is not installed; the message says how it is.
    ValueError
        If they are of several formats, of one that is not read so, or their columns differ by
        name, or hold numbers in one file and text in another: the message names a file.
    """
    formats = {_SUFFIXES.get(Path(path).suffix.lower()) for path in paths}
    if formats == {"Parquet"}:
        frame, n_bytes = _parquet(paths)
    elif formats == {"CSV"}:
        frame, n_bytes = _text(paths, separator, decimal, encoding)
    else:
        found = listed(dict.fromkeys(Path(path).suffix for path in paths))
        raise ValueError(
            f"files that end in {found}: several files are one table where all are Parquet (.parquet) or all are text "
            "(.csv, .tsv), else name one file."
        )
    [kind] = formats
    return ManyFiles(frame, f"read {counted(len(paths), f'{kind} file')} through Dask", n_bytes)


def _parquet(paths: Sequence[str]) -> tuple[Any, int]:
    import pyarrow.parquet as pq

    dd = require_dask("dask.dataframe")
    footers = [_opened(path, pq.read_metadata) for path in paths]
    columns = [{field.name: field.type for field in footer.schema.to_arrow_schema()} for footer in footers]
    _check_names(paths, columns)
    types = {name: _one_type(paths, name, [each[name] for each in columns]) for name in columns[0]}
    frame = dd.read_parquet(list(paths)).astype({name: kind for name, kind in types.items() if kind is not None})
    return frame, _CELL * sum(footer.num_rows for footer in footers) * len(types)


def _one_type(paths: Sequence[str], name: str, types: Sequence[Any]) -> Any:
    """The type of a column in all files, None where they are read as one.

    Raises
    ------
    ValueError
    """
    try:
        return common(types)
    except ValueError as error:
        there = [k for k, each in enumerate(types) if family(each) != "nothing"]
        other = next(k for k in there if family(types[k]) != family(types[there[0]]))
        raise ValueError(
            f"{paths[other]}: column {name!r} is of type {types[other]}, and of {types[there[0]]} in "
            f"{paths[there[0]]}: write both as numbers or both as text, or leave it out of all files."
        ) from error


def _text(paths: Sequence[str], separator: str | None, decimal: str | None, encoding: str | None) -> tuple[Any, int]:
    dd = require_dask("dask.dataframe")
    usual = "\t" if Path(paths[0]).suffix.lower() == ".tsv" else ","
    how: dict[str, Any] = {"sep": separator or usual, "decimal": decimal or ".", "encoding": encoding or "utf-8"}
    heads = [_opened(path, lambda path: pd.read_csv(path, nrows=0, **how)) for path in paths]
    _check_names(paths, [list(map(str, head.columns)) for head in heads])
    # a column of whole numbers may have a gap in a later file
    frame = dd.read_csv(list(paths), assume_missing=True, **how)
    return frame, _TEXT * sum(Path(path).stat().st_size for path in paths)


def _opened(path: str, read: Any) -> Any:
    try:
        return read(path)
    except Exception as error:  # what the readers raise has no end: KeyError, RecursionError, errors of Arrow
        raise ValueError(f"{path}: is not readable ({type(error).__name__}: {error}).") from error


def _check_names(paths: Sequence[str], columns: Sequence[Collection[str]]) -> None:
    """Refuse files whose columns differ by name from those of the first.

    Raises
    ------
    ValueError
    """
    first = columns[0]
    for path, others in zip(paths, columns, strict=True):
        if absent := [name for name in first if name not in others]:
            raise ValueError(
                f"{path}: has no column {listed(absent)}, which {paths[0]} has: files of one table have the same."
            )
        if more := [name for name in others if name not in first]:
            raise ValueError(
                f"{path}: has a column {listed(more)}, which {paths[0]} has not: files of one table have the same."
            )
