"""infsel rank: one ranking of one table."""

from pathlib import Path
from typing import Any

import click

from infsel.cli._errors import reported
from infsel.cli._options import HopsType, NameType, drop_option, table_argument, task_option
from infsel.cli._selectors import SELECTORS, WITH_TARGET, WITHOUT_TARGET
from infsel.cli._show import bar, print_table
from infsel.cli._table import read_table
from infsel.cli._text import printable
from infsel.cli._write import check_output, write

_SHOWN = 20
_PICKED = 500  # one by one; further columns follow by what they would add then


@click.command(short_help="Rank the columns of a table.")
@table_argument
@click.option("--target", help="Column that you predict.")
@drop_option
@click.option(
    "--selector",
    type=NameType(SELECTORS),
    help=f"What ranks.  [default: {WITH_TARGET} with --target, {WITHOUT_TARGET} without]",
)
@task_option
@click.option(
    "--alpha", type=click.FloatRange(0, 1), help="inf-fs: weight of spread against independence.  [default: 0.5]"
)
@click.option(
    "--hops",
    type=HopsType(),
    metavar="HOPS",
    help="inf-fs: length of the longest walk, 1, 2, ... or inf.  [default: inf]",
)
@click.option("--top", type=click.IntRange(min=1), help=f"Only the best features.  [default: show {_SHOWN}, write all]")
@click.option(
    "--output",
    type=click.Path(readable=False, path_type=Path),
    help="Write the ranking to a .csv, .json or .parquet file. In .csv names that begin like a formula get ' in front.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the ranking as JSON.")
def rank(
    table: Path | None,
    target: str | None,
    dropped: tuple[str, ...],
    selector: str | None,
    kind: str | None,
    alpha: float | None,
    hops: float | None,
    top: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Rank the columns of TABLE (.csv, .tsv or .parquet), or of a bundled table.

    With --target columns that predict it come first, ranked by recursive elimination. Without, those that stand for all
    others. Both are what predicted best on real tables, far better than classic Inf-FS, which is --selector inf-fs: it
    reads no target, and raw scales matter to it, as it rewards columns that vary much.
    """
    has_target = target is not None or table is None  # the bundled table knows its own
    name = selector or (WITH_TARGET if has_target else WITHOUT_TARGET)
    ranker = _ranker(name, has_target, kind, alpha, hops)
    if output is not None:
        check_output(output, table)
    data = read_table(table, target, dropped)
    named, n_features = SELECTORS[name], data.X.shape[1]
    ranker.set_params(n_features_to_select=min(n_features, max(top or 0, _PICKED)))
    with reported(data.name), bar(data.name):
        ranker.fit(data.X, data.y if named.reads_target else None)
        ranking = ranker.to_frame()[["rank", "feature", "score"]].head(top or n_features)
    if output is not None:
        write(ranking, output)
    if as_json:
        click.echo(ranking.to_json(orient="records", indent=2, double_precision=15))
        return
    shown = ranking.head(top or _SHOWN)
    rest = len(ranking) - len(shown)
    size = f"{len(data.X)} rows, {n_features} features"
    read = f"target {data.y.name!r}" if data.y is not None and named.reads_target else "no target read"
    print_table(
        f"{printable(data.name)}: {size}, {read}\nranked by {named.title}: first {named.first}",
        ["feature", "rank", "score"],
        [(str(row.feature), str(row.rank), f"{row.score:.6g}") for row in shown.itertuples()],
        f"... and {rest} more: --top {len(ranking)} shows all." if rest else "",
    )


def _ranker(name: str, has_target: bool, task: str | None, alpha: float | None, hops: float | None) -> Any:
    """The selector with the parameters that the options set."""
    named = SELECTORS[name]
    if name != "inf-fs" and (alpha is not None or hops is not None):
        raise click.UsageError(f"--alpha and --hops belong to --selector inf-fs, not to {name}.")
    if named.reads_target and not has_target:
        raise click.UsageError(f"--selector {name} needs --target, the column to predict.")
    if not named.reads_target and task is not None:
        raise click.UsageError(f"--task belongs to selectors that read a target, and {name} reads none.")
    options = {"alpha": alpha, "n_hops": hops, "task": task}
    return named.make(**{option: value for option, value in options.items() if value is not None})
