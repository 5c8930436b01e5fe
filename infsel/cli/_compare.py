"""infsel compare: cross-validated Pipelines in one table."""

import json
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import numpy as np

from infsel.cli._advice import advice
from infsel.cli._cross_validation import ALL, Comparison, Result, Task, task_of
from infsel.cli._errors import BadInput, reported
from infsel.cli._options import SizesType, drop_option, table_argument, task_option
from infsel.cli._show import print_table, progress
from infsel.cli._table import read_table
from infsel.cli._text import printable
from infsel.cli._verdict import verdict

_SIZES = ((0.1, 10), (0.25, 50), (0.5, 200))  # share of the columns, and the most


@click.command(short_help="Cross-validate selectors on a table.")
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
def compare(
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
    sizes = sizes or tuple(sorted({max(1, min(most, round(share * n_features))) for share, most in _SIZES}))
    if sizes[-1] > n_features:
        raise BadInput(f"{data.name}: --features asks for {sizes[-1]}, but there are {n_features}.")
    with reported(data.name):
        task = task_of(data.X, data.y, kind, folds)
        comparison = Comparison(task, sizes)
        results = list(progress(comparison, len(comparison), "cross-validating"))
    if as_json:
        click.echo(json.dumps(_report(data.name, task, results), indent=2))
    else:
        _print(data.name, task, sizes, results)


def _report(name: str, task: Task, results: list[Result]) -> dict[str, Any]:
    best, behind = _verdict(task, results)
    return {
        "table": name,
        "n_samples": len(task.X),
        "n_features": task.X.shape[1],
        "target": str(task.y.name),
        "task": task.name,
        "metric": task.metric,
        "folds": task.splitter.n_splits,
        "results": [asdict(result) for result in results],
        "best": best,
        "clearly_behind": behind,
    }


def _print(name: str, task: Task, sizes: tuple[int, ...], results: list[Result]) -> None:
    rows, sections = [], []
    for selector, members in _by_selector(results):
        cells = [f"{result.score_mean:.3f} ±{result.score_standard_error:.3f}" for result in members]
        cells += cells[-1:] * (len(sizes) - len(members))  # no selection is one Pipeline, whatever the size
        milliseconds = 1000 * sum(result.fit_seconds for result in members) / len(members)
        tau = members[0].kendall
        rows.append([selector, *cells, f"{milliseconds:.0f}", "" if tau is None else f"{tau:.3f}"])
        sections.append("target" if members[0].reads_target else "all" if selector == ALL else "none")
    best, behind = _verdict(task, results)
    print_table(
        f"{printable(name)}: {len(task.X)} rows, {task.X.shape[1]} features, target {task.y.name!r}\n"
        f"{task.metric} of {type(task.model).__name__}: mean ± standard error over {task.splitter.n_splits} folds, "
        "by number of features",
        ["selector", *(str(k) for k in sizes), "fit ms", "tau"],
        rows,
        "Selectors below the first gap read no target. 'no selection' takes all features in every column.\n"
        "fit ms: fitting one Pipeline. tau: Kendall's agreement with inf-fs, infinitely many hops.\n"
        "infsel rank --selector takes these names but f-test, which is scikit-learn's; docs/choosing.md: in Python.\n"
        f"Best here, averaged over the columns: {best}. Clearly behind: {'; '.join(behind) or 'none'}.\n"
        f"{advice(*task.X.shape, task.n_classes)}",
        sections=sections,
    )


def _verdict(task: Task, results: list[Result]) -> tuple[str, list[str]]:
    """The best selector, all sizes counting the same, and those clearly behind."""
    scores = {name: np.mean([result.scores for result in members], axis=0) for name, members in _by_selector(results)}
    del scores[ALL]
    return verdict(scores, 1 / task.splitter.n_splits)


def _by_selector(results: list[Result]) -> list[tuple[str, list[Result]]]:
    return [(name, list(members)) for name, members in groupby(results, key=lambda result: result.selector)]
