"""infsel rank: one ranking of one table."""

import math
from pathlib import Path

import click

from infsel import AttentionSelector, InfFS
from infsel.cli._errors import reported
from infsel.cli._options import HopsType, drop_option, table_argument
from infsel.cli._show import bar, print_table
from infsel.cli._table import read_table
from infsel.cli._write import check_output, write

_SHOWN = 20


@click.command(short_help="Rank the columns of a table.")
@table_argument
@click.option("--target", help="Column to leave out of the ranking because it is what you predict.")
@drop_option
@click.option("--selector", type=click.Choice(["inf-fs", "attention"]), default="inf-fs", show_default=True)
@click.option("--alpha", type=click.FloatRange(0, 1), help="Weight of spread against independence.  [default: 0.5]")
@click.option(
    "--hops", type=HopsType(), metavar="HOPS", help="Length of the longest walk, 1, 2, ... or inf.  [default: inf]"
)
@click.option("--top", type=click.IntRange(min=1), help=f"Only the best features.  [default: show {_SHOWN}, write all]")
@click.option("--output", type=click.Path(path_type=Path), help="Write the ranking to a .csv, .json or .parquet file.")
@click.option("--json", "as_json", is_flag=True, help="Print the ranking as JSON.")
def rank(
    table: Path | None,
    target: str | None,
    dropped: tuple[str, ...],
    selector: str,
    alpha: float | None,
    hops: float | None,
    top: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Rank the columns of TABLE (.csv, .tsv or .parquet), or of a bundled table.

    The ranking reads no target: it is unsupervised. Raw scales matter to inf-fs, whose affinity rewards columns that
    vary much.
    """
    chosen = _selector(selector, alpha, hops)
    if output is not None:
        check_output(output)
    data = read_table(table, target, dropped)
    with reported(data.name), bar(data.name):
        ranking = chosen.fit(data.X).to_frame()[["rank", "feature", "score"]].head(top or data.X.shape[1])
    if output is not None:
        write(ranking, output)
    if as_json:
        click.echo(ranking.to_json(orient="records", indent=2, double_precision=15))
        return
    shown = ranking.head(top or _SHOWN)
    rest = len(ranking) - len(shown)
    print_table(
        f"{data.name}: {len(data.X)} rows, {data.X.shape[1]} features, {selector}",
        ["feature", "rank", "score"],
        [(str(row.feature), str(row.rank), f"{row.score:.6g}") for row in shown.itertuples()],
        f"... and {rest} more: --top {len(ranking)} shows all." if rest else "",
    )


def _selector(name: str, alpha: float | None, hops: float | None) -> InfFS | AttentionSelector:
    if name == "inf-fs":
        return InfFS(alpha=0.5 if alpha is None else alpha, n_hops=math.inf if hops is None else hops)
    if alpha is not None or hops is not None:
        raise click.UsageError("--alpha and --hops belong to --selector inf-fs: attention is a single hop.")
    return AttentionSelector()
