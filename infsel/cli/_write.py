"""Writing a report so that a file is there whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from infsel.cli._errors import BadInput

_WRITERS: Mapping[str, Callable[[pd.DataFrame, Path], object]] = {
    ".csv": lambda frame, path: frame.to_csv(path, index=False),
    ".json": lambda frame, path: frame.to_json(path, orient="records", indent=2, double_precision=15),
    ".parquet": lambda frame, path: frame.to_parquet(path, index=False),
}


def check_output(path: Path) -> None:
    """Refuse a path that cannot be written before any work is done for it."""
    if path.suffix.lower() not in _WRITERS:
        raise BadInput(f"{path}: the output must end in {', '.join(_WRITERS)}.")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {str(path.parent)!r}.")
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise BadInput(f"{path}: cannot be written.")


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write next to the target, then move into place: a failure leaves no partial file."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".infsel-") as folder:
            partial = Path(folder) / path.name
            _WRITERS[path.suffix.lower()](frame, partial)
            partial.replace(path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}.") from error
