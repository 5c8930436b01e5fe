"""Whatever file a table is in, as a data frame of typed columns and what there is to say about it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from infsel._runtime.names import did_you_mean
from infsel._runtime.words import counted, listed
from infsel.files._binary import read_binary, read_marked
from infsel.files._columns import typed
from infsel.files._encoding import decoded
from infsel.files._notes import Notes
from infsel.files._text import looks_like_data, read_text
from infsel.files._unpack import unpacked

_NAMELESS = re.compile(r"(Unnamed: \d+(_level_\d+|\.\d+)*|)$")
_SAVED = re.compile(r"index|level_0|__index_level_\d+__|x|rownames?|row\.names", re.IGNORECASE)


@dataclass(frozen=True)
class FileTable:
    """A table that was read.

    Attributes
    ----------
    frame : pandas.DataFrame
        Columns of numbers, truth values, categories or dates, named by text, with labels of rows as index.
    said : list of str
        How it was read, and what became of what is unusual in it.
    warned : list of str
        What may be wrong with it.
    labels : list of str
        Columns that are labels of rows now.
    """

    frame: pd.DataFrame
    said: list[str]
    warned: list[str]
    labels: list[str]


def read_table(
    source: str | Path | BinaryIO,
    *,
    separator: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    header: bool = True,
    index: str | None = None,
    but: Collection[str] = (),
) -> FileTable:
    r"""Read a table, whatever it is saved as.

    What the file is, its contents say, not its name: text with cells between commas, semicolons, tabs, bars or blanks;
    Parquet, Feather, spreadsheets, NPY, NPZ, ARFF or JSON records; each of them packed by gzip, bzip2, xz, zstd or zip,
    too. Encoding, separator, decimal sign, comments, lines above the header, marks of missing values, thousands and
    percent signs are recognized and said.

    Parameters
    ----------
    source : str, Path or binary file
        "-" for standard input.
    separator : str, default=None
        What is between the cells of a text, " " for any number of blanks; None to find out.
    decimal : {".", ","}, default=None
        The decimal sign of a text.
    encoding : str, default=None
        Of a text.
    header : bool, default=True
        Whether the first line of a text names the columns; else they are "column 1", "column 2", ...
    index : str, default=None
        Column that labels the rows; None for first columns without a name whose values are all different.
    but : collection of str, default=()
        Columns that nobody will read, and that may hold anything.

    Returns
    -------
    FileTable

    Raises
    ------
    OSError
        If the file cannot be opened.
    ValueError
        If it is no table, with what to do about it.

    Examples
    --------
    >>> import io
    >>> table = read_table(io.BytesIO("größe;art\n1,5;a\n?;b\n2,5;a\n".encode("cp1252")))
    >>> table.said
    ["read with ';', decimal ',' and as cp1252", "'?' as missing: 'größe' (1)"]
    >>> table.frame["größe"].tolist()
    [1.5, nan, 2.5]
    """
    notes = Notes()
    data, packers = unpacked(_bytes(source))
    if not data:
        raise ValueError("the file is empty.")
    frame, has_header = read_binary(data, notes), False
    if frame is None:
        text, name = decoded(data, encoding)
        del data
        if (frame := read_marked(text, notes)) is None:
            frame, decimal = read_text(text, separator, decimal, header, notes)
            has_header = header
        notes.how += [f"as {name}"] if name else []
    notes.how += [f"from {packer}" for packer in packers]
    frame = _named(frame, has_header, notes)
    frame = _without_empty(frame, notes)
    frame = typed(frame, decimal or ".", notes, but)
    frame, labels = _labeled(frame, index, notes)
    return FileTable(frame, notes.lines(), notes.warned, labels)


def read_frame(frame: pd.DataFrame) -> FileTable:
    """A data frame, with columns as those of a file.

    Parameters
    ----------
    frame : pandas.DataFrame
        Named by text.

    Returns
    -------
    FileTable

    Raises
    ------
    ValueError
        If columns hold lists, records or other objects.
    """
    notes = Notes()
    frame = typed(frame, ".", notes)
    return FileTable(frame, notes.lines(), notes.warned, [])


def _bytes(source: str | Path | BinaryIO) -> bytes:
    if isinstance(source, (str, Path)):
        return sys.stdin.buffer.read() if str(source) == "-" else Path(source).read_bytes()
    return source.read()


def _named(frame: pd.DataFrame, header: bool, notes: Notes) -> pd.DataFrame:
    """The frame with names that are text and differ."""
    names = [str(name) for name in frame.columns]
    numbers = header and (looks_like_data([name for name in names if name]) or _among_cells(names, frame))
    asked = f"the first line, {listed(names, most=3)}, is read as names of columns: is a header missing? --no-header"
    repeated = [name for name, count in Counter(names).items() if count > 1 and name]
    if repeated and numbers:
        raise ValueError(f"{asked} reads it as data.")
    if repeated:
        raise ValueError(f"more than one column is named {listed(repeated)}: give each its own name.")
    if numbers:
        notes.warned.append(f"{asked} reads it as data.")
    frame.columns = pd.Index([name or _new_name(k, names) for k, name in enumerate(names)])
    return frame


def _among_cells(names: list[str], frame: pd.DataFrame) -> bool:
    """Whether the name of a column of text is a label that repeats in it."""
    texts = [k for k, dtype in enumerate(frame.dtypes) if names[k] and not is_numeric_dtype(dtype)]
    return any((frame.iloc[:, k].astype(str).str.strip() == names[k]).sum() > 1 for k in texts)


def _new_name(place: int, names: list[str]) -> str:
    """What pandas calls a column without a name."""
    name = f"Unnamed: {place}"
    return f"{name}.1" if name in names else name


def _without_empty(frame: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """The frame without rows that hold nothing, and without a nameless column that holds nothing."""
    if frame.shape[1] < 2:
        return frame
    absent = frame.isna()
    if (rows := absent.all(axis=1)).any():
        notes.said.append(f"left out: {counted(int(rows.sum()), 'empty row')}")
        frame, absent = frame[~rows], absent[~rows]
    gone = absent.all(axis=0)
    empty = [name for name in frame.columns if name.startswith("Unnamed: ") and len(frame) and gone[name]]
    if empty:
        what = "an empty column" if len(empty) == 1 else f"{len(empty)} empty columns"
        why = ", as lines end in separators" if empty == [frame.columns[-1]] else ""
        notes.said.append(f"left out: {what} without a name{why}")
    return frame.drop(columns=empty)


def _labeled(frame: pd.DataFrame, index: str | None, notes: Notes) -> tuple[pd.DataFrame, list[str]]:
    """The frame with labels of rows as index, and the columns that they were."""
    labels: list[str] = []
    if index is not None:
        if index not in frame:
            known = did_you_mean(index, frame.columns) or "."
            raise ValueError(f"--index: no column is named {index!r}; it has {listed(frame.columns)}{known}")
        labels = [index]
    while index is None and len(labels) < frame.shape[1] - 1 and _labels_rows(frame, len(labels)):
        labels.append(str(frame.columns[len(labels)]))
    if not labels:
        return frame, []
    first = frame[labels[0]]
    notes.said.append(f"row labels: {listed(labels)} ({', '.join(map(str, first.iloc[:2]))}, ...)")
    return frame.drop(columns=labels).set_axis(first.to_numpy(), axis=0), labels


def _labels_rows(frame: pd.DataFrame, place: int) -> bool:
    """Whether a column has no name and all different values, or a name that programs give and counts the rows."""
    name, column = str(frame.columns[place]), frame.iloc[:, place]
    if len(column) < 2 or not (column.is_unique and column.notna().all()):
        return False
    if _NAMELESS.match(name):
        return column.dtype.kind != "f" or bool((column == column.round()).all())  # spreadsheets hold 1.0 for 1
    if not _SAVED.fullmatch(name) or column.dtype.kind not in "iu":
        return False
    return bool(column.iloc[0] in (0, 1) and (np.diff(column) == 1).all())
