"""Writing a report so that a file is there whole or not at all, and nothing else is touched."""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from infsel._runtime.files import replacing
from infsel.cli._errors import BadInput, described, warn

if TYPE_CHECKING:
    import pandas as pd

_WRITERS: Mapping[str, Callable[[pd.DataFrame, Path], object]] = {
    ".csv": lambda frame, path: frame.to_csv(path, index=False, quoting=_quoting(frame)),
    ".json": lambda frame, path: frame.to_json(path, orient="records", indent=2, double_precision=15),
    ".parquet": lambda frame, path: frame.to_parquet(path, index=False),
}
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def check_output(path: Path, table: Path | None, suffixes: Iterable[str] = _WRITERS) -> None:
    """Refuse a path that cannot be written, or that holds the table, before any work is done for it."""
    if path.suffix.lower() not in suffixes:
        raise BadInput(f"{path}: the output must end in {', '.join(suffixes)}.")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {str(path.parent)!r}.")
    place = _place(path)
    if place.exists() and table is not None and table.exists() and place.samefile(table):
        raise BadInput(f"{path}: is the table itself, which would be lost: choose another --output.")
    if os.path.lexists(place) and not place.is_file():
        raise BadInput(f"{path}: cannot be written: it is no file.")
    if place.exists() and not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise BadInput(f"{path}: cannot be written: it is read-only.")
    if not os.access(place.parent, os.W_OK) or (place.exists() and not os.access(place, os.W_OK)):
        raise BadInput(f"{path}: cannot be written: permission denied.")


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table in the format that the path names."""
    suffix = path.suffix.lower()
    inert = _inert(frame, path) if suffix == ".csv" else frame
    put(path, lambda partial: _WRITERS[suffix](inert, partial))


def put(path: Path, fill: Callable[[Path], object]) -> None:
    """Write a file that takes the place, the mode and the owner of the one that was there, links followed."""
    place = _place(path)
    try:
        with replacing(place) as partial:
            if place.exists():
                _inherit(place, partial)
            fill(partial)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}.") from error
    except (ValueError, MemoryError) as error:
        raise BadInput(f"{path}: cannot be written: {described(error)}") from error


def _place(path: Path) -> Path:
    return Path(os.path.realpath(path))  # of links in a circle pathlib raises an error of another kind in each version


def _inherit(place: Path, partial: Path) -> None:
    status = place.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root may give files away
            os.chown(partial, status.st_uid, status.st_gid)
    partial.chmod(stat.S_IMODE(status.st_mode))


def _quoting(frame: pd.DataFrame) -> Literal[0, 2]:
    """Quotes around every name where one returns the carriage, which the csv module takes for the end of a row."""
    returns = "feature" in frame and frame["feature"].astype(str).str.contains("\r", regex=False).any()
    return csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL


def _inert(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Names that a spreadsheet would run as formulas, with an apostrophe in front (OWASP, CSV injection)."""
    if "feature" not in frame:  # names of columns are what others chose
        return frame
    risky = frame["feature"].astype(str).str.startswith(_FORMULA)
    if not risky.any():
        return frame
    warn(
        f"{path}: {risky.sum()} names begin like a formula of a spreadsheet, the first is "
        f"{frame['feature'][risky].iloc[0]!r}, and have ' in front: .json and .parquet hold names as they are."
    )
    return frame.assign(feature=frame["feature"].mask(risky, "'" + frame["feature"].astype(str)))
