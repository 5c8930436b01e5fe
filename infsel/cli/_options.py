"""Option types and options that commands share."""

import math
from pathlib import Path
from typing import Any

import click

from infsel._runtime.names import Names, unknown


class HopsType(click.ParamType):
    """A whole number from 1 up, or "inf"."""

    name = "hops"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Parse the option."""
        if value == "inf":
            return math.inf
        if not str(value).isdecimal() or int(value) < 1:
            self.fail(f"{value!r} is not a whole number from 1 up, nor 'inf'.", param, ctx)
        return int(value)


class SizesType(click.ParamType):
    """Numbers of features, separated by commas."""

    name = "K,K,..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Parse the option."""
        parts = [part.strip() for part in str(value).split(",")]
        if not all(part.isdecimal() and int(part) >= 1 for part in parts):
            self.fail(f"{value!r} is not a list of whole numbers from 1 up, such as 5,10,20.", param, ctx)
        return tuple(sorted({int(part) for part in parts}))


class NameType(click.Choice):
    """A name of a table, whatever the case of its letters and whatever joins its words."""

    def __init__(self, names: Names[Any]) -> None:
        super().__init__(list(names))
        self._names = names

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as the table has it."""
        if value not in self._names:
            self.fail(str(unknown(repr(value), value, self._names)), param, ctx)
        return self._names.own(value)


table_argument = click.argument("table", type=click.Path(readable=False, path_type=Path), required=False)
drop_option = click.option(
    "--drop", "dropped", multiple=True, metavar="COLUMN", help="Column to ignore; may be repeated."
)
task_option = click.option(
    "--task",
    "kind",
    type=click.Choice(["classification", "regression"]),
    help="What the target is for.  [default: by its values]",
)
