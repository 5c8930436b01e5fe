"""infsel compare: cross-validated Pipelines in one table."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from infsel._runtime.text import printable
from infsel.cli._errors import BadInput, reported
from infsel.cli._options import Reading, SizesType, reading_options, table_argument, task_option
from infsel.cli._selectors import ALL, INFINITE, compared
from infsel.cli._show import bar, print_table, sentences
from infsel.cli._source import located

if TYPE_CHECKING:
    from infsel.studies import SelectorComparison
    from infsel.studies._task import Task

_ERROR = 0.05  # chance of naming any selector behind that is not


@dataclass(frozen=True)
class Report:
    """What was compared, which selectors read the target, and Kendall's tau of each with infinitely many hops."""

    table: str
    said: list[str]
    task: Task
    supervised: frozenset[str]
    found: SelectorComparison
    tau: dict[str, float]


@click.command("compare", short_help="Cross-validate selectors on a table.")
@table_argument
@click.option("--target", metavar="COLUMN", help="Column to predict; a file needs it.")
@click.option(
    "--features",
    "sizes",
    type=SizesType(),
    help="Numbers of features to select.  [default: 10, 25, 50 %, at most 10, 50, 200]",
)
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True, help="Folds of cross-validation.")
@task_option
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@reading_options
def command(
    table: Path | None,
    target: str | None,
    sizes: tuple[int, ...] | None,
    folds: int,
    kind: str | None,
    as_json: bool,
    reading: Reading,
) -> None:
    """Cross-validate selectors on TABLE, which is what infsel rank takes.

    Each selector sits in a Pipeline of min-max scaling, selection and a linear model, so nothing is chosen on the rows
    it is judged by.
    """
    source = located(table)
    if not source.bundled and target is None:
        raise click.UsageError(f"{printable(source)} needs --target, the column to predict.")

    from infsel.cli._table import read_table
    from infsel.studies import default_sizes
    from infsel.studies._task import described, task_of

    data = read_table(source, target, reading)
    assert data.y is not None  # a target was named, or the table is the bundled one
    n_features = data.X.shape[1]
    sizes = sizes or default_sizes(n_features)
    if sizes[-1] > n_features:
        raise BadInput(f"{data.name}: --features asks for {sizes[-1]}, but there are {n_features}.")
    with reported(data.name, but="may name or number the samples"), bar("comparing", patience=0):
        said = [*data.said, *described(data.y, kind)[1]]
        report = _reported(data.name, said, task_of(data.X, data.y, kind, folds), sizes)
    if as_json:
        click.echo(json.dumps(_as_json(report), indent=2))
    else:
        _print(report)


def _reported(name: str, said: list[str], task: Task, sizes: tuple[int, ...]) -> Report:
    from sklearn import config_context
    from sklearn.pipeline import make_pipeline

    from infsel.studies import compare, score_agreement

    supervised, unsupervised = compared(task)
    scaled = {name: make_pipeline(task.scaler, selector) for name, selector in (supervised | unsupervised).items()}
    selectors = scaled | {ALL: task.scaler}
    models, cv = task.model, task.splitter
    with config_context(transform_output="default" if task.is_plain else "pandas"):  # which keeps labels apart
        tau = score_agreement(scaled, task.table, task.y, reference=INFINITE, size=sizes[-1])
        found = compare(selectors, models, task.table, task.y, sizes=sizes, cv=cv, scoring=task.metric)
    return Report(name, said, task, frozenset(supervised), found, tau)


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
        "said": report.said,
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
    from infsel.studies import advice

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
        f"{sentences(report.said)}{found.metric} of {task.model_name}: mean ± standard error over "
        f"{len(found.test_shares)} folds, by number of features",
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
