"""Where a table is, found before anything is loaded that could read it."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from infsel._runtime.names import did_you_mean
from infsel.cli._errors import BadInput
from infsel.datasets import BUNDLED

_DEFAULT = "breast_cancer"


@dataclass(frozen=True)
class Source:
    """A file, "-" for standard input, or a bundled table.

    Attributes
    ----------
    place : str
    bundled : bool
    """

    place: str
    bundled: bool = False

    def __str__(self) -> str:
        return f"{self.place} (bundled)" if self.bundled else "standard input" if self.place == "-" else self.place


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
        raise BadInput(f"{place}: cannot be read: it is a folder.")
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not re.match(r"/dev/(stdin|fd/|null)", place)):
        raise BadInput(f"{place}: cannot be read: it is a device.")
    return Source(place)


def _hint(place: str) -> str:
    if re.match(r"\w{2,}:/", place):
        return ": addresses are not read, download it first."
    if re.fullmatch(r"[\w-]+", place):
        return f", nor a bundled table ({', '.join(BUNDLED)}){did_you_mean(place, BUNDLED) or '.'}"
    folder = Path(place).parent
    beside = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return did_you_mean(Path(place).name, beside) or "."
