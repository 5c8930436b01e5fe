"""A file as a frame whose columns have distinct names, or one line that says what is wrong with the file."""

import re
import stat
import warnings
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import click
import pandas as pd

from infsel.cli._errors import BadInput, described, warn, warned

_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_BEGINNINGS = {
    b"\xff\xfe": "is UTF-16: save it as UTF-8",
    b"\xfe\xff": "is UTF-16: save it as UTF-8",
    b"\x1f\x8b": "is compressed by gzip: unpack it",
    b"PK\x03\x04": "is a zip archive or a spreadsheet: unpack it, or save it as CSV",
    b"BZh": "is compressed by bzip2: unpack it",
    b"\xfd7zXZ": "is compressed by xz: unpack it",
    b"\x28\xb5\x2f\xfd": "is compressed by zstd: unpack it",
    b"PAR1": "is a Parquet file: let its name end in .parquet",
}
_REMEDIES = {
    ";": "save it with ',' between cells and '.' in numbers",
    "|": "save it with ',' between cells",
    "\t": "let its name end in .tsv",
    ",": "let its name end in .csv",
}
_FRACTION = re.compile(r"[+-]?\d*[.,]\d+(e[+-]?\d+)?", re.IGNORECASE)


def read_frame(path: Path) -> pd.DataFrame:
    """The table in a CSV, TSV or Parquet file, its columns named by text."""
    suffix = path.suffix.lower()
    if suffix != ".parquet" and suffix not in _SEPARATORS:
        raise BadInput(f"{path}: the file must end in .csv, .tsv or .parquet.")
    try:
        _check_file(path)
        with warned(str(path)):
            data = pd.read_parquet(path) if suffix == ".parquet" else _read_text(path, _SEPARATORS[suffix])
    except click.ClickException:
        raise
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}.") from error
    except Exception as error:  # what the readers raise has no end: KeyError, RecursionError, errors of Arrow
        raise BadInput(f"{path}: is not a readable {suffix[1:]} table: {described(error)}") from error
    data.columns = pd.Index([str(name) for name in data.columns])
    _check_names(path, list(data.columns))
    return data


def _check_file(path: Path) -> None:
    """Refuse what is no file with something in it before a reader waits for it."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        address = re.match(r"\w{2,}:/", str(path))
        hint = ": addresses are not read, download it first" if address else ""
        raise BadInput(f"{path}: no such file{hint}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise BadInput(f"{path}: cannot be read: it is a folder.")
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(f"{path}: cannot be read: it is a pipe or a device: write it to a file first.")
    if status.st_size == 0:
        raise BadInput(f"{path}: is not a readable {path.suffix[1:]} table: the file is empty.")


def _check_names(path: Path, names: list[str]) -> None:
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise BadInput(f"{path}: more than one column is named {repeated[0]!r}: give each its own name.")
    if 2 * sum(_FRACTION.fullmatch(name) is not None for name in names) > len(names) > 1:
        warn(f"{path}: the first line, {', '.join(names[:3])}, ..., is read as names of columns: is a header missing?")


def _read_text(path: Path, separator: str) -> pd.DataFrame:
    _check_text(path)
    _check_separator(path, separator)
    options: dict[str, Any] = {"sep": separator, "skipinitialspace": True, "encoding": "utf-8-sig"}
    # pandas renames repeated columns without a word, so the header is read as a row of its own
    header = pd.read_csv(path, header=None, nrows=1, dtype=str, **options).iloc[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # rows longer than the header would be cut
        try:
            data = pd.read_csv(path, index_col=False, low_memory=False, **options)
        except pd.errors.ParserWarning as error:
            raise ValueError(
                f"rows have more cells than the first line, which names {len(header)} columns: remove lines above the "
                "header, and write decimals with a point."
            ) from error
    data.columns = pd.Index([f"Unnamed: {k}" if pd.isna(name) else name.strip() for k, name in enumerate(header)])
    return data


def _check_text(path: Path) -> None:
    """Refuse other encodings and packed files, by name where they have one."""
    with path.open("rb") as file:
        start = file.read(8)
    for beginning, what in _BEGINNINGS.items():
        if start.startswith(beginning):
            raise ValueError(f"it {what}.")
    try:
        with path.open(encoding="utf-8") as file:
            if any("\0" in block for block in iter(lambda: file.read(1 << 20), "")):
                raise ValueError("it holds NUL characters: it is damaged, or no UTF-8 text.")  # pandas 2 cuts cells
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.object[error.start]:#04x} is no UTF-8 text: save it as UTF-8.") from error


def _check_separator(path: Path, separator: str) -> None:
    """Refuse cells between other separators, which would be read as a single column."""
    with path.open(encoding="utf-8-sig") as file:
        lines = [line for line in islice(file, 2) if line.strip()]
    if not lines or separator in lines[0]:
        return
    for other, remedy in _REMEDIES.items():
        if all(other in line for line in lines):
            raise ValueError(f"it looks separated by {other!r}, not by {separator!r}: {remedy}.")
