"""Where a table is, found before anything is loaded that could read it."""

import glob
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from infsel._runtime.names import did_you_mean
from infsel.cli._errors import BadInput
from infsel.datasets import BUNDLED

_DEFAULT = "breast_cancer"
_ONE_FILE = ": infsel rank reads patterns, other commands one file: write the rows, or a sample of them, to one."


@dataclass(frozen=True)
class Source:
    """A file, several of them, "-" for standard input, or a bundled table.

    Attributes
    ----------
    place : str
    bundled : bool
    files : tuple of str
        Those that a pattern stands for, or that workers read; else none.
    """

    place: str
    bundled: bool = False
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place} (bundled)" if self.bundled else "standard input" if self.place == "-" else self.place


def located_files(table: Path | None, workers: int | None) -> Source:
    """The same for a command that takes patterns of files, and one file where workers read it."""
    place = str(table)
    if table is not None and glob.has_magic(place) and not table.exists():
        files = tuple(sorted(filter(os.path.isfile, _matching(place))))
        if not files:
            raise BadInput(f"{place}: no file matches this pattern{_hint(place)}")
        return Source(place, files=files)
    source = located(table)
    if workers is None:
        return source
    if source.bundled or source.place == "-":
        raise BadInput(f"{source}: --workers read files: name one, or a pattern such as 'folder/*.parquet'.")
    return Source(place, files=(place,))


def located(table: Path | None) -> Source:
    """The source that a command names, the bundled default where it names none; a file goes before a bundled name."""
    if table is None:
        return Source(_DEFAULT, bundled=True)
    place = str(table)
    if place == "-":
        return Source(place)
    try:
        mode = table.stat().st_mode
    except FileNotFoundError as error:
        if place in BUNDLED:
            return Source(BUNDLED.own(place), bundled=True)
        raise BadInput(f"{place}: no such file{_hint(place)}") from error
    except OSError as error:
        raise BadInput(f"{place}: cannot be read: {error.strerror or error}.") from error
    if stat.S_ISDIR(mode):
        raise BadInput(f"{place}: cannot be read: it is a folder. infsel rank '{place}/*.parquet' reads files in it.")
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not re.match(r"/dev/(stdin|fd/|null)", place)):
        raise BadInput(f"{place}: cannot be read: it is a device.")
    return Source(place)


def _matching(pattern: str) -> list[str]:
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 -- patterns of pathlib are not absolute


def _hint(place: str) -> str:
    if re.match(r"\w{2,}:/", place):
        return ": addresses are not read, download it first."
    if glob.has_magic(place):
        return _ONE_FILE if _matching(place) else "."
    if re.fullmatch(r"[\w-]+", place):
        return f", nor a bundled table ({', '.join(BUNDLED)}){did_you_mean(place, BUNDLED) or '.'}"
    folder = Path(place).parent
    beside = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return did_you_mean(Path(place).name, beside) or "."
