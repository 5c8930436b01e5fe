"""infsel compare: cross-validated Pipelines in one table."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel.cli._errors import BadInput, reported
from infsel.cli._options import SizesType, drop_option, table_argument, task_option
from infsel.cli._selectors import ALL, INFINITE, compared
from infsel.cli._show import bar, print_table
from infsel.cli._table import read_table
from infsel.cli._task import Task, task_of
from infsel.cli._text import printable
from infsel.studies import SelectorComparison, advice, compare, default_sizes, score_agreement

_ERROR = 0.05  # chance of naming any selector behind that is not


@dataclass(frozen=True)
class Report:
    """What was compared, which selectors read the target, and Kendall's tau of each with infinitely many hops."""

    table: str
    task: Task
    supervised: frozenset[str]
    found: SelectorComparison
    tau: dict[str, float]


@click.command("compare", short_help="Cross-validate selectors on a table.")
@table_argument
@click.option("--target", help="Column to predict; needed with a TABLE.")
@drop_option
@click.option(
    "--features",
    "sizes",
    type=SizesType(),
    help="Numbers of features to select.  [default: 10, 25, 50 %, at most 10, 50, 200]",
)
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True, help="Folds of cross-validation.")
@task_option
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def command(
    table: Path | None,
    target: str | None,
    dropped: tuple[str, ...],
    sizes: tuple[int, ...] | None,
    folds: int,
    kind: str | None,
    as_json: bool,
) -> None:
    """Cross-validate selectors on TABLE (.csv, .tsv or .parquet), or on a bundled table.

    Each selector sits in a Pipeline of min-max scaling, selection and a linear model, so nothing is chosen on the rows
    it is judged by.
    """
    if table is not None and target is None:
        raise click.UsageError("a TABLE needs --target, the column to predict.")
    data = read_table(table, target, dropped)
    assert data.y is not None  # a target was named, or the table is the bundled one
    n_features = data.X.shape[1]
    sizes = sizes or default_sizes(n_features)
    if sizes[-1] > n_features:
        raise BadInput(f"{data.name}: --features asks for {sizes[-1]}, but there are {n_features}.")
    with reported(data.name), bar("comparing", patience=0):
        report = _reported(data.name, task_of(data.X, data.y, kind, folds), sizes)
    if as_json:
        click.echo(json.dumps(_as_json(report), indent=2))
    else:
        _print(report)


def _reported(name: str, task: Task, sizes: tuple[int, ...]) -> Report:
    supervised, unsupervised = compared(task)
    scaled = {name: make_pipeline(MinMaxScaler(), selector) for name, selector in (supervised | unsupervised).items()}
    tau = score_agreement(scaled, task.X, task.y, reference=INFINITE, size=sizes[-1])
    selectors = scaled | {ALL: MinMaxScaler()}
    models, cv = task.model, task.splitter
    found = compare(selectors, models, task.X, task.y, sizes=sizes, cv=cv, scoring=task.metric)
    return Report(name, task, frozenset(supervised), found, tau)


def _as_json(report: Report) -> dict[str, Any]:
    task, found = report.task, report.found
    best, behind, adjusted = _verdict(report)
    return {
        "table": report.table,
        "n_samples": len(task.X),
        "n_features": task.X.shape[1],
        "target": str(task.y.name),
        "task": task.name,
        "metric": found.metric,
        "folds": len(found.test_shares),
        "results": [_row(report, name, size) for name in found.selectors for size in _sizes(report, name)],
        "best": best,
        "behind": behind,
        "clearly_behind": adjusted,
    }


def _row(report: Report, name: str, size: int) -> dict[str, Any]:
    found, tau = report.found.only([name]), report.tau.get(name, math.nan)
    k = found.sizes.index(size)
    return {
        "selector": name,
        "reads_target": name in report.supervised,
        "n_features": report.task.X.shape[1] if name == ALL else size,
        "scores": found.scores[0, 0, k].tolist(),
        "score_mean": float(found.scores[0, 0, k].mean()),
        "score_standard_error": float(found.standard_errors[0, 0, k]),
        "fit_seconds": float((found.select_seconds + found.train_seconds[:, 0])[0, k].mean()),
        "kendall": None if math.isnan(tau) else tau,
    }


def _sizes(report: Report, name: str) -> tuple[int, ...]:
    """No selection is one Pipeline, whatever the size."""
    return report.found.sizes[:1] if name == ALL else report.found.sizes


def _print(report: Report) -> None:
    task, found = report.task, report.found
    rows, sections = [], []
    for name in found.selectors:
        members = [_row(report, name, size) for size in found.sizes]
        cells = [f"{row['score_mean']:.3f} ±{row['score_standard_error']:.3f}" for row in members]
        milliseconds = 1000 * sum(row["fit_seconds"] for row in members) / len(members)
        tau = members[0]["kendall"]
        rows.append([name, *cells, f"{milliseconds:.0f}", "" if tau is None else f"{tau:.3f}"])
        sections.append("target" if name in report.supervised else "all" if name == ALL else "none")
    best, behind, adjusted = _verdict(report)
    print_table(
        f"{printable(report.table)}: {len(task.X)} rows, {task.X.shape[1]} features, target {task.y.name!r}\n"
        f"{found.metric} of {found.models[0]}: mean ± standard error over {len(found.test_shares)} folds, "
        "by number of features",
        ["selector", *(str(k) for k in found.sizes), "fit ms", "tau"],
        rows,
        "Selectors below the first gap read no target. 'no selection' takes all features in every column.\n"
        "fit ms: fitting one Pipeline. tau: Kendall's agreement with inf-fs, infinitely many hops.\n"
        "infsel rank --selector takes these names, but not f-test (scikit-learn's), 'no selection' and '2 hops';\n"
        "docs/choosing.md: in Python.\n"
        f"Best here, averaged over the columns: {best}. Behind it, each compared by itself: {_listed(behind)}.\n"
        f"Clearly behind, all pairs considered (Holm): {_listed(adjusted)}.\n"
        f"{advice(*task.X.shape, task.n_classes)}",
        sections=sections,
    )


def _verdict(report: Report) -> tuple[str, list[str], list[str]]:
    """The best selector, those whose interval of the difference excludes 0, and those of an adjusted p <= 0.05."""
    selecting = report.found.only(name for name in report.found.selectors if name != ALL)
    behind = selecting.differences()
    clearly = behind[behind["p_adjusted"] <= _ERROR]
    return selecting.best, behind[behind["low"] > 0]["selector"].tolist(), clearly["selector"].tolist()


def _listed(names: list[str]) -> str:
    return "; ".join(names) or "none"
