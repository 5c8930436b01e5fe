"""The command group."""

import click

from infsel.cli._compare import command as compare
from infsel.cli._errors import Group
from infsel.cli._explain import explain
from infsel.cli._presets import presets
from infsel.cli._rank import rank
from infsel.cli._report import report


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="infsel", message="%(prog)s, version %(version)s")
def infsel() -> None:
    """Find out which columns of a table matter, how many are enough, and how sure that is.

    Every command but presets takes a table: a file (CSV, Parquet, Excel, ...) or a bundled one. To try them:

    \b
      infsel rank penguins
      infsel compare penguins
      infsel report penguins -o penguins.html
      infsel explain penguins Island

    Each has a --help of its own.
    """  # noqa: D301  what click asks for is the character that \b means


infsel.add_command(rank)
infsel.add_command(compare)
infsel.add_command(report)
infsel.add_command(explain)
infsel.add_command(presets)
