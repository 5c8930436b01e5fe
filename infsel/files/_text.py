"""Tables of text: CSV, TSV and their relatives."""

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

import pandas as pd

from infsel._runtime.words import counted, first
from infsel.files._dialect import SEPARATORS, Dialect, cells, dialect_of, long_cells
from infsel.files._notes import Notes
from infsel.files._numbers import decimal_of, is_missing, written

_LONG = 2.0**53
_ROWS = 500  # that show how many cells a row has
_CELLS = 20_000  # that show the decimal sign


@long_cells()
def read_text(
    text: str, separator: str | None, decimal: str | None, header: bool, notes: Notes
) -> tuple[pd.DataFrame, str]:
    """The columns of a text, numbers where pandas takes them for numbers, else text; and the decimal sign.

    A column without a name is named "".

    Raises
    ------
    ValueError
        If it is empty, or a row has more cells than there are columns.
    """
    if not text.strip():
        raise ValueError("the file is empty.")
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    dialect = dialect_of(text, SEPARATORS.get(separator or "", separator))
    body, first_line, names = _split(text, dialect, header)
    sample = _sample(body, dialect)
    names = _completed(names, sample)
    decimal = decimal or _decimal(sample, dialect.separator)
    _say_how(notes, dialect, decimal, stated=separator is not None)
    frame = _parsed(body, dialect, decimal, len(names), first_line)
    _warn_of_short_rows(frame, body, dialect, first_line, notes)
    frame.columns = pd.Index(names)
    return frame, decimal


def looks_like_data(names: list[str]) -> bool:
    """Whether a first line holds numbers that no one gives as names; wavelengths and years go up.

    >>> looks_like_data(["3.06", "5.64", "barolo"]), looks_like_data(["400", "402.5", "405"])
    (True, False)
    """
    numbers = [number.value for name in names if (number := written(name, ".")) is not None]
    goes_up = all(a < b for a, b in pairwise(numbers))
    return 2 * len(numbers) > len(names) > 1 and not (goes_up and len(numbers) > 2)


def _split(text: str, dialect: Dialect, header: bool) -> tuple[str, int, list[str]]:
    """The rows as a text, the number of its first line counting from 1, and the names above it."""
    body, line = text, 1
    for _ in range(dialect.begins):
        body, line = body[body.index("\n") + 1 :], line + 1
    names: list[str] = []
    if header:
        lines = io.StringIO(body.lstrip(dialect.comment + " ") if dialect.marked else body)
        taken = _Counted(lines)
        names = [name.strip() for name in next(cells(taken, dialect.separator))]
        body, line = "".join(lines), line + taken.number
    if dialect.comment:
        body = _blank(body, f"{re.escape(dialect.comment)}.*")
    return body, line, names


def _blank(body: str, pattern: str) -> str:
    """The lines without those of a pattern, in whose place are empty ones, so that lines keep their numbers."""
    return re.sub(rf"^{pattern}$", "", body, flags=re.MULTILINE)


class _Counted:
    """Lines that are counted as they are taken."""

    def __init__(self, lines: io.StringIO) -> None:
        self._lines, self.number = lines, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line


def _sample(body: str, dialect: Dialect) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in cells(iter(io.StringIO(body)), dialect.separator):
        if row:
            rows.append(row)
        if len(rows) == _ROWS:
            break
    return rows


def _decimal(sample: list[list[str]], separator: str) -> str:
    signs = (cell for row in sample for cell in row if "," in cell or "." in cell)
    return decimal_of(islice(signs, _CELLS), separator) if any("," in cell for row in sample for cell in row) else "."


def _completed(names: list[str], sample: list[list[str]]) -> list[str]:
    """A name for each cell of a row: one more cell is a label in front, or nothing behind the last separator."""
    width = Counter(map(len, sample)).most_common(1)[0][0] if sample else len(names)
    if not names:
        return [f"column {k + 1}" for k in range(width)]
    if len(names) != width - 1:
        return names
    ends_empty = all(row[-1].strip() == "" for row in sample if len(row) == width)
    return [*names, ""] if ends_empty else ["", *names]


def _say_how(notes: Notes, dialect: Dialect, decimal: str, stated: bool) -> None:
    if dialect.separator != "," or stated:
        shown = {"\t": "tabs", " ": "blanks"}.get(dialect.separator, repr(dialect.separator))
        notes.how.append(f"with {shown}")
    if decimal != ".":
        notes.how.append(f"decimal {decimal!r}" if notes.how else f"with decimal {decimal!r}")
    if dialect.begins and not dialect.comment:
        notes.how.append(f"without {counted(dialect.begins, 'line')} above the header")
    if dialect.comment:
        notes.how.append(f"without lines that begin with {dialect.comment!r}")


def _parsed(body: str, dialect: Dialect, decimal: str, width: int, first_line: int) -> pd.DataFrame:
    options: dict[str, Any] = {
        "sep": r"\s+" if dialect.separator == " " else dialect.separator,
        "decimal": decimal,
        "header": None,
        "names": range(width),
        "index_col": False,
        "skipinitialspace": True,
        "low_memory": False,
    }
    if pd.__version__ < "3":  # which then reads the last digits only if it is asked to
        options["float_precision"] = "round_trip"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # longer rows would be cut
            frame = pd.read_csv(io.StringIO(body), **options)
            if long := _long(frame):
                frame = pd.read_csv(io.StringIO(body), dtype=dict.fromkeys(long, str), **options)
            return frame
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=range(width))
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise _of_rows(body, dialect, width, first_line, error) from error


def _long(frame: pd.DataFrame) -> list[Any]:
    """Columns of numbers so large that whole ones lost their digits as they were read."""
    numbers = frame.select_dtypes("float")
    return numbers.columns[(numbers.abs() >= _LONG).any()].tolist()


def _of_rows(body: str, dialect: Dialect, width: int, first_line: int, error: Exception) -> ValueError:
    """The error of rows that are longer than the header, or never end."""
    long = [(line, n) for line, n in _widths(body, dialect, first_line) if n > width]
    if not long:
        return ValueError(f"a quotation mark may not be closed: {error}.")
    return ValueError(
        f"{first([f'line {line}' for line, _ in long], 3)}: up to {max(n for _, n in long)} cells, but there are "
        f"{counted(width, 'column')}. Put quotation marks around cells that hold {dialect.separator!r}, or say what "
        "separates them with --sep."
    )


def _widths(body: str, dialect: Dialect, first_line: int) -> Iterator[tuple[int, int]]:
    """The line where each row ends, and how many cells it has."""
    lines = _Counted(io.StringIO(body))
    for row in cells(lines, dialect.separator):
        if row:
            yield first_line + lines.number - 1, len(row)


def _warn_of_short_rows(frame: pd.DataFrame, body: str, dialect: Dialect, first_line: int, notes: Notes) -> None:
    width = frame.shape[1]
    if not len(frame) or width < 2 or not frame.iloc[:, -1].isna().any():  # a short row lacks its last cell
        return
    short = [(line, n) for line, n in _widths(body, dialect, first_line) if n < width]
    if short and not all(is_missing(cell) for cell in frame.iloc[:, -1].dropna()):
        line, n = short[0]
        more = f" and {counted(len(short) - 1, 'more line')}" if short[1:] else ""
        notes.warned.append(f"line {line} has {n} of {width} cells{more}: what lacks counts as missing.")
