"""The command `infsel`: reads a table, calls estimators, writes a report."""

import io
import signal
import sys
from typing import Any

from infsel._runtime.extras import install


def main() -> None:
    """Run the command line; its packages come with the extra ``cli``."""
    try:
        from infsel.cli._main import infsel
    except ModuleNotFoundError as missing:
        sys.exit(f"infsel: error: the command line needs {missing.name}: {install('cli')}")
    signal.signal(signal.SIGTERM, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of few letters shows the others as numbers
    infsel(prog_name="infsel")


def _end(number: int, _: Any) -> None:
    """Unwind as after an interrupt, so that what was begun is cleaned up."""
    sys.exit(128 + number)
