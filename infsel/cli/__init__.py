"""The command `infsel`: reads a table, calls estimators, writes a report."""

import sys


def main() -> None:
    """Run the command line; its packages come with the extra ``cli``."""
    try:
        from infsel.cli._main import infsel
    except ModuleNotFoundError as missing:
        sys.exit(f"infsel: error: the command line needs {missing.name}: pip install 'infsel[cli]'")
    infsel(prog_name="infsel")
