"""How a text separates its cells, and where its table begins."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from infsel.files._numbers import written

SEPARATORS = {"tab": "\t", "\\t": "\t", "space": " ", "whitespace": " ", "comma": ",", "semicolon": ";", "pipe": "|"}
_CANDIDATES = ("\t", ";", "|", ",")  # of several that fit the first; blanks only where none of them does
_LINES = 500  # that show the dialect
_CLEAR = 0.8  # share of lines of one width that makes it the width of a table
_COMMENTS = ("#", "%")
_MERGED = 4  # rows that may have merged cells, and that of the names


@dataclass(frozen=True)
class Dialect:
    """How to read a text: " " separates by any number of blanks.

    Attributes
    ----------
    separator : str
    begins : int
        Lines above the header.
    comment : str
        What lines that are no rows begin with, "" where there are none.
    marked : bool
        Whether the header is behind such a mark.
    """

    separator: str
    begins: int = 0
    comment: str = ""
    marked: bool = False


def dialect_of(text: str, separator: str | None) -> Dialect:
    """Find the dialect from the first lines of a text; `separator` where it is known."""
    lines = list(islice(_lines(text), _LINES))
    begins = next((k for k, line in enumerate(lines) if line.strip()), 0)
    if (stated := re.fullmatch(r"sep=(.)\s*", lines[begins])) is not None:  # what spreadsheets write above tables
        return Dialect(separator or stated[1], begins + 1)
    comment = next((mark for mark in _COMMENTS if lines[begins].startswith(mark)), "")
    rows = [(k, line) for k, line in enumerate(lines) if line.strip() and not (comment and line.startswith(comment))]
    if not rows:
        raise ValueError("it holds no rows, only comments.")
    separator = separator or _separator([line for _, line in rows])
    head = _commented_header(lines, rows, comment, separator) if comment else None
    if head is not None:
        return Dialect(separator, head, comment, marked=True)
    return Dialect(separator, rows[_titles([line for _, line in rows], separator)][0], comment)


@contextmanager
def long_cells() -> Iterator[None]:
    """Let cells be of any length inside, as a line is one where something else separates."""
    most = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(most)


def cells(lines: Iterator[str] | list[str], separator: str) -> Iterator[list[str]]:
    """The cells of each line that has some; a quoted one may go on in the next line."""
    if separator == " ":
        lines = (" ".join(line.split()) + "\n" for line in lines)
    yield from csv.reader(lines, delimiter=separator, skipinitialspace=True)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _separator(lines: list[str]) -> str:
    fits = [(_fit(lines, candidate), candidate) for candidate in _CANDIDATES]
    fit, best = max(fits, key=lambda each: each[0])  # the first of several
    blanks = _fit(lines, " ")
    if fit[0] or not (blanks[0] and blanks[1] >= _CLEAR):
        return best if fit[0] or fit[1] >= _CLEAR else ","
    return " "


def _fit(lines: list[str], separator: str) -> tuple[bool, float]:
    """Whether the first line has the cells of a table, or one less, and the share of lines that have its width."""
    widths = [len(row) for row in cells(lines, separator) if row]
    width, count = Counter(widths).most_common(1)[0]
    if width < 2:
        return False, 0.0
    return widths[0] >= 2 and widths[0] in (width, width - 1), count / len(widths)


def _titles(lines: list[str], separator: str) -> int:
    rows = list(cells(lines, separator))
    return titles(rows) if len(rows) == len(lines) else 0  # a cell goes on


def titles(rows: list[list[str]]) -> int:
    """How many rows are above the names of a table of several columns: of one cell, or of merged cells.

    >>> titles([["Report", "", ""], ["size", "", ""], ["length", "width", "kind"], *[["1", "2", "a"]] * 9])
    2
    """
    widths = [sum(cell.strip() != "" for cell in row) for row in rows]
    if Counter(widths).most_common(1)[0][0] < 2:  # one column
        return 0
    first = next(k for k, width in enumerate(widths) if width > 1 or not rows[k][0].strip())
    alone = next(k for k, row in enumerate(rows) if len(row) > 1)
    return alone if _has_numbers(rows[first]) else _below_merged(rows, first)


def _has_numbers(row: list[str]) -> bool:
    return any(written(cell, ".") is not None for cell in row)


def _below_merged(rows: list[list[str]], first: int) -> int:
    """The row of names, each there and once, below rows most of whose cells are empty; without one the first row."""
    for k, row in enumerate(rows[first : first + _MERGED], first):
        names = [cell.strip() for cell in row]
        empty = names.count("")
        if _has_numbers(row) or (not empty and len(set(names)) < len(names)):
            return first
        if not empty:
            return k
        if empty < 2 or 2 * empty < len(names):  # one has no name, as of labels of rows
            return first
    return first


def _commented_header(lines: list[str], rows: list[tuple[int, str]], comment: str, separator: str) -> int | None:
    """The line above the rows, if it names their columns behind the mark and the first row does not."""
    last = max((k for k in range(rows[0][0]) if lines[k].startswith(comment)), default=None)
    if last is None:
        return None
    names = next(cells([lines[last].lstrip(comment).strip()], separator), [])
    first = next(cells([rows[0][1]], separator))
    is_header = len(names) == len(first) > 1 and any(re.fullmatch(r"[+-]?\d[\d.,e+-]*", cell) for cell in first)
    return last if is_header and not all(re.fullmatch(r"[+-]?[\d.]+", name) for name in names) else None
