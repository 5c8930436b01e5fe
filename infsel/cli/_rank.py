"""infsel rank: one ranking of one table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from infsel._runtime.text import printable
from infsel.cli._errors import ALERTED, reported, warned
from infsel.cli._options import (
    HopsType,
    Reading,
    missing_option,
    reading_options,
    selector_option,
    table_argument,
    target_option,
    task_option,
    weight_option,
)
from infsel.cli._selectors import SELECTORS, WITH_TARGET, WITHOUT_TARGET, Named
from infsel.cli._show import bar, print_table, sentences
from infsel.cli._source import located_files
from infsel.cli._write import check_output, write

if TYPE_CHECKING:
    import pandas as pd

    from infsel.cli._table import Table
    from infsel.studies import Alert

_SHOWN = 20
_TOLD = {
    "importance": "how much less of the target is explained without it, when it was dropped",
    "gain": "what it added to those picked before it",
}
PICKED = 500  # one by one; further columns follow by what they would add then
_ALERTS = 8  # of a kind that are shown


@dataclass(frozen=True)
class Report:
    """A ranking, of what, by what, and what to look at."""

    table: Table
    named: Named
    task: str | None
    said: list[str]
    ranking: pd.DataFrame
    alerts: list[Alert]
    output: Path | None


@click.command(short_help="Rank the columns of a table.")
@table_argument
@target_option
@weight_option
@selector_option
@task_option
@missing_option
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
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read files on a Dask cluster of N processes of this machine, where they are too large for its memory.",
)
@reading_options
def rank(
    table: Path | None,
    target: str | None,
    weight: str | None,
    name: str | None,
    kind: str | None,
    missing: str | None,
    alpha: float | None,
    hops: float | None,
    top: int | None,
    output: Path | None,
    as_json: bool,
    workers: int | None,
    reading: Reading,
) -> None:
    """Rank the columns of TABLE: a file, - for standard input, or a bundled one such as breast_cancer or penguins.

    Several Parquet or CSV files are one table if TABLE is a pattern in quotes, such as 'folder/*.parquet'.

    Files may be CSV, TSV or other text, Parquet, Feather, Excel, NPZ, ARFF or JSON records, packed or not. How they are
    read is found out and said; the last options say it where that fails.

    With --target columns that predict it come first, ranked by recursive elimination. Without, those that stand for all
    others. Both are what predicted best on real tables, far better than classic Inf-FS, which is --selector inf-fs: it
    reads no target, and raw scales matter to it, as it rewards columns that vary much.
    """
    source = located_files(table, workers)
    has_target = target is not None or source.bundled  # a bundled table knows its own
    name = name or (WITH_TARGET if has_target else WITHOUT_TARGET)
    options = checked(name, has_target, kind, missing, reading.event, alpha, hops)
    if output is not None:
        check_output(output, table)

    from infsel.cli._distributed import reader_where_it_fits
    from infsel.cli._many import cluster_of

    read = reader_where_it_fits(source, target, reading, weight, workers)
    with cluster_of(workers):
        report = _ranked(read(), SELECTORS[name], options, top, output)
    if output is not None:
        write(report.ranking, output)
    if as_json:
        click.echo(json.dumps(_as_json(report, name), indent=2, ensure_ascii=False))
    else:
        _print(report, top)


def checked(
    name: str,
    has_target: bool,
    task: str | None,
    missing: str | None,
    event: str | None,
    alpha: float | None = None,
    hops: float | None = None,
) -> dict[str, Any]:
    """The parameters that the options set."""
    named = SELECTORS[name]
    if name != "inf-fs" and (alpha is not None or hops is not None):
        raise click.UsageError(f"--alpha and --hops belong to --selector inf-fs, not to {name}.")
    if named.reads_target and not has_target:
        raise click.UsageError(f"--selector {name} needs --target, the column to predict.")
    if not named.reads_target and task is not None:
        raise click.UsageError(f"--task belongs to selectors that read a target, and {name} reads none.")
    if event is not None and not has_target:
        raise click.UsageError("--event needs --target, the column of times.")
    if event is not None and (task is not None or not named.reads_target):
        why = f"--task {task}" if named.reads_target else f"--selector {name}, which reads no target"
        raise click.UsageError(f"--event says that the target is times of which some are censored: leave out {why}.")
    options = {"alpha": alpha, "n_hops": hops, "task": task, "missing": missing}
    return {option: value for option, value in options.items() if value is not None}


def _ranked(data: Table, named: Named, options: dict[str, Any], top: int | None, output: Path | None) -> Report:
    from infsel.studies import alerts

    n_features = data.X.shape[1]
    size = min(n_features, max(top or 0, PICKED))
    y = data.given if named.reads_target else None
    with reported(data.name, ALERTED, data.target), bar(data.name):
        task, said = (None, []) if y is None else data.task(options.get("task"))
        ranker = named.make(task, **options, n_features_to_select=size)
        ranker.fit(data.X, y, **({} if data.weights is None else {"sample_weight": data.weights}))
        frame = ranker.to_frame()
        told = [name for name in _TOLD if name in frame]
        ranking = frame[["rank", "feature", "score", *told]].head(top or n_features)
    if data.is_lazy:
        return Report(
            data, named, task, [*data.said, *said, "no alerts: they read rows in memory"], ranking, [], output
        )
    with warned(data.name):
        found = alerts(data.X, data.y, "regression" if task == "survival" else task, data.dates)
    return Report(data, named, task, [*data.said, *said], ranking, found, output)


def _as_json(report: Report, selector: str) -> dict[str, Any]:
    data = report.table
    return {
        "table": data.name,
        "n_samples": data.n_samples,
        "n_features": data.X.shape[1],
        "target": None if report.task is None or data.y is None else str(data.y.name),
        "task": report.task,
        "selector": selector,
        "said": report.said,
        "alerts": [{"kind": alert.kind, "columns": alert.columns, "text": alert.text} for alert in report.alerts],
        "output": None if report.output is None else str(report.output),
        "ranking": json.loads(report.ranking.to_json(orient="records", double_precision=15)),
    }


def _print(report: Report, top: int | None) -> None:
    data, ranking = report.table, report.ranking
    shown = ranking.head(top or _SHOWN)
    rest = len(ranking) - len(shown)
    read = "no target read" if data.y is None else f"target {data.y.name!r}{' is not read' * (report.task is None)}"
    told = next((name for name in _TOLD if name in ranking), "score")  # the scores of these are ranks again
    foot = [f"{told}: {_TOLD[told]}."] if told in _TOLD else []
    foot += [f"... and {rest} more: --top {len(ranking)} shows all."] if rest else []
    if report.output is not None:
        foot.append(f"Written to {printable(report.output)}: {len(ranking)} rows.")
    print_table(
        f"{printable(data.name)}: {data.n_samples} rows, {data.X.shape[1]} features, {printable(read)}\n"
        f"{sentences(report.said)}ranked by {report.named.title}: first {report.named.first}",
        ["feature", "rank", told],
        [(str(row.feature), str(row.rank), _number(getattr(row, told), told)) for row in shown.itertuples()],
        "\n".join([*foot, *_alert_lines(report.alerts)]),
    )


def _number(value: float, told: str) -> str:
    """Shares to three decimals and others to six digits; nothing where no round or pick saw a column."""
    if value != value:
        return ""
    return f"{round(value, 3) + 0.0:.3f}" if told == "importance" else f"{value:.6g}"


def _alert_lines(alerts: list[Alert]) -> list[str]:
    """The alerts, of each kind the first, and what to do about columns that are named."""
    if not alerts:
        return []
    by_kind: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_kind.setdefault(alert.kind, []).append(alert)
    lines = ["Look at:"]
    for kind, found in by_kind.items():
        lines += [f"  {printable(alert.text)}" for alert in found[:_ALERTS]]
        if len(found) > _ALERTS:
            lines.append(f"  ... and {len(found) - _ALERTS} more ({kind}): --json has all")
    return [*lines, "  --drop leaves columns out."]
