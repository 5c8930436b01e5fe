"""Option types and options that commands share."""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from infsel._runtime.names import Names, unknown
from infsel.cli._selectors import SELECTORS, WITH_TARGET, WITHOUT_TARGET


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


class NamesType(click.ParamType):
    """Names of a table, separated by commas."""

    name = "NAME,NAME,..."

    def __init__(self, names: Names[Any]) -> None:
        self._one = NameType(names)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Parse the option."""
        parts = [part.strip() for part in str(value).split(",")]
        return tuple(dict.fromkeys(self._one.convert(part, param, ctx) for part in parts))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Names that go on from what follows the last comma."""
        before, comma, last = incomplete.rpartition(",")
        found = self._one.shell_complete(ctx, param, last)
        return [CompletionItem(before + comma + item.value) for item in found]


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


@dataclass(frozen=True)
class Reading:
    """How to read a file where guessing fails, and what becomes of its columns and rows.

    Attributes
    ----------
    separator, decimal, encoding, index : str or None
    header, dates, drop_missing_target : bool
    dropped, nominal : tuple of str
        As given; each may be several names.
    event : str or None
        Column that says which times of the target ended in an event, and what stands for one.
    """

    separator: str | None
    decimal: str | None
    encoding: str | None
    header: bool
    index: str | None
    dates: bool
    drop_missing_target: bool
    dropped: tuple[str, ...]
    nominal: tuple[str, ...]
    event: str | None


_READING = (
    click.option("--drop", "dropped", multiple=True, metavar="COLUMN,...", help="Columns to ignore; may be repeated."),
    click.option("--nominal", multiple=True, metavar="COLUMN,...", help="Columns of numbers or texts that are labels."),
    click.option("--dates", is_flag=True, help="Take dates as numbers of days, rather than leave them out."),
    click.option("--drop-missing-target", is_flag=True, help="Leave out rows whose target is missing."),
    click.option("--sep", "separator", metavar="TEXT", help="What separates cells: ',', ';', tab, '|', space."),
    click.option("--decimal", type=click.Choice([".", ","]), help="The decimal sign."),
    click.option("--encoding", metavar="NAME", help="Such as utf-8, cp1252, shift_jis."),
    click.option("--no-header", "header", flag_value=False, default=True, help="The first line is data."),
    click.option("--index", metavar="COLUMN", help="Column that labels the rows.  [default: an unnamed first one]"),
)


def reading_options(command: Callable[..., Any], *, events: bool = True) -> Callable[..., Any]:
    """Add the options of reading to a command, which gets them as `reading`; what is refused is not listed."""

    @wraps(command)
    def called(**options: Any) -> Any:
        return command(reading=Reading(**{field.name: options.pop(field.name) for field in fields(Reading)}), **options)

    event = click.option(
        "--event",
        metavar="COLUMN[=VALUE]",
        hidden=not events,
        help="Column that says which times of --target ended in an event (VALUE, else 1 or true); others are censored.",
    )
    for option in (*reversed(_READING), event):
        called = option(called)
    return called


def refuse_events(reading: Reading) -> None:
    """Say why no model judges censored times.

    Raises
    ------
    UsageError
    """
    if reading.event is not None:
        raise click.UsageError(
            "--event: no model of scikit-learn predicts censored times, so that nothing here could judge a selection. "
            "infsel rank and infsel explain take --event; infsel.studies.compare takes a model and scoring of yours."
        )


table_argument = click.argument("table", type=click.Path(readable=False, path_type=Path), required=False)
task_option = click.option(
    "--task",
    "kind",
    type=click.Choice(["classification", "regression", "ordinal"]),
    help="What the target is for; ordinal are grades.  [default: by its values]",
)
target_option = click.option("--target", metavar="COLUMN", help="Column that you predict.")
selector_option = click.option(
    "--selector",
    "name",
    type=NameType(SELECTORS),
    help=f"What ranks.  [default: {WITH_TARGET} with --target, {WITHOUT_TARGET} without]",
)
weight_option = click.option("--weight", metavar="COLUMN", help="Column that says how often each row counts.")
missing_option = click.option(
    "--missing",
    type=click.Choice(["pairwise", "informative"]),
    help="Whether gaps are ignored or say something themselves.  [default: pairwise]",
)
