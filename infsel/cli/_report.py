"""infsel report: one page about a table."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from infsel._runtime.text import printable
from infsel.cli._errors import ALERTED, BadInput, reported
from infsel.cli._options import Reading, reading_options, refuse_events, table_argument, task_option
from infsel.cli._show import bar
from infsel.cli._source import Source, located
from infsel.cli._write import check_output, put

if TYPE_CHECKING:
    from infsel.cli._table import Table

_READ = {"separator": None, "decimal": None, "encoding": None, "header": True, "index": None}
_DAYS = [
    'for name in X.select_dtypes(["datetime", "datetimetz", "timedelta"]):',
    '    since = X[name] - X[name].min() if X[name].dtype.kind == "M" else X[name]',
    "    X[name] = since.dt.total_seconds() / 86400",
]
_SUFFIXES = (".html", ".htm")


@click.command(short_help="Write a page about the columns of a table.")
@table_argument
@click.option("--target", metavar="COLUMN", help="Column that you predict; a file needs it.")
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True, help="Folds of cross-validation.")
@task_option
@click.option(
    "--output",
    "-o",
    type=click.Path(readable=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The .html file to write.",
)
@partial(reading_options, events=False)
def report(
    table: Path | None, target: str | None, folds: int, kind: str | None, output: Path, reading: Reading
) -> None:
    """Write one HTML page about TABLE, which is what infsel rank takes: it needs no network.

    Which columns to keep and what that is worth, what is suspicious, how well models predict from more and fewer
    columns, every column with the reason if it is not selected, columns that repeat each other, and the code that
    repeats it all.
    """
    refuse_events(reading)
    source = located(table)
    if not source.bundled and target is None:
        raise click.UsageError(f"{printable(source)} needs --target, the column to predict.")
    check_output(output, table, _SUFFIXES)

    from infsel.cli._table import read_table
    from infsel.report import gather, render

    data = read_table(source, target, reading)
    if data.y is None:
        raise BadInput(f"{data.name}: names no target.")
    with reported(data.name, ALERTED, data.target), bar("reporting", patience=0):
        notes = [*data.said, *data.task(kind)[1]]
        load = _load(source, reading, data)
        found = gather(data.X, data.y, task=kind, n_folds=folds, name=data.name, notes=notes, load=load)
        page = render(found)
    put(output, lambda path: path.write_text(page, encoding="utf-8", newline="\n"))
    for sentence in found.verdict:
        click.echo(printable(sentence))
    click.echo(f"Written to {printable(output)}.")


def _load(source: Source, reading: Reading, data: Table) -> str:
    """Python that makes X and y as the command did."""
    assert data.y is not None  # it was named, or the table is a bundled one
    target = str(data.y.name)
    lines = _bundled(source.place) if source.bundled else _file(source.place, reading)
    if reading.drop_missing_target:
        lines.append(f"frame = frame[frame[{target!r}].notna()]")
    lines += [f"y = frame[{target!r}]", f"X = frame.drop(columns={[target, *data.left_out]!r})"]
    nominal = [name for text in reading.nominal for name in ([text] if text in data.X else text.split(","))]
    lines += [f'X[{name!r}] = X[{name!r}].astype("string").astype("category")' for name in nominal if name in data.X]
    lines += [] if not reading.dates else _DAYS
    return "\n".join(lines)


def _bundled(place: str) -> list[str]:
    return [
        "import pandas as pd",
        "",
        f"from infsel.datasets import {place}",
        "from infsel.files import read_frame",
        "",
        f"frame = read_frame(pd.concat({place}(), axis=1)).frame",
    ]


def _file(place: str, reading: Reading) -> list[str]:
    given = {name: getattr(reading, name) for name, usual in _READ.items() if getattr(reading, name) != usual}
    options = "".join(f", {name}={value!r}" for name, value in given.items())
    return ["from infsel.files import read_table", "", f"frame = read_table({place!r}{options}).frame"]
