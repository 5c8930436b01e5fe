"""infsel compare: cross-validated Pipelines in one table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from infsel._runtime.names import did_you_mean
from infsel._runtime.text import printable
from infsel.cli._again import again
from infsel.cli._errors import ALERTED, reported
from infsel.cli._options import (
    NamesType,
    Reading,
    SizesType,
    missing_option,
    reading_options,
    refuse_events,
    table_argument,
    task_option,
    weight_option,
)
from infsel.cli._rank import rank
from infsel.cli._selectors import SELECTORS, WITH_TARGET
from infsel.cli._show import bar, print_table, sentences
from infsel.cli._source import located
from infsel.cli._write import check_output, write

if TYPE_CHECKING:
    import numpy as np

    from infsel.cli._table import Table
    from infsel.studies import SelectorComparison
    from infsel.studies._task import Task

ALL = "no selection"
_ERROR = 0.05  # chance of naming any selector behind that is not
_MODELS = {"both": ("linear", "boosting"), "linear": ("linear",), "boosting": ("boosting",), "simple": ("simple",)}


@dataclass(frozen=True)
class Asked:
    """How to compare.

    Attributes
    ----------
    selectors, models : tuple of str
    sizes : tuple of int or None
    metric : str or None
    folds, repeats, seed : int
    missing : str or None
    """

    selectors: tuple[str, ...]
    models: tuple[str, ...]
    sizes: tuple[int, ...] | None
    metric: str | None
    folds: int
    repeats: int
    seed: int
    missing: str | None


@dataclass(frozen=True)
class Report:
    """What was compared, what there is to say about it, and what to type next."""

    table: str
    said: list[str]
    task: Task
    asked: Asked
    found: SelectorComparison
    next: str

    @property
    def selecting(self) -> SelectorComparison:
        """The comparison without the one that keeps all columns."""
        return self.found.only(name for name in self.found.selectors if name != ALL)

    @property
    def behind(self) -> list[str]:
        """The selectors behind the best, by an adjusted p <= 0.05."""
        if len(self.asked.selectors) < 2:
            return []
        differences = self.selecting.differences()
        return differences[differences["p_adjusted"] <= _ERROR]["selector"].tolist()


@click.command("compare", short_help="Cross-validate selectors on a table.")
@table_argument
@click.option("--target", metavar="COLUMN", help="Column to predict; a file needs it.")
@weight_option
@click.option(
    "--selectors", type=NamesType(SELECTORS), help="Which of those of infsel rank to compare.  [default: all]"
)
@click.option(
    "--features",
    "sizes",
    type=SizesType(),
    help="Numbers of features to select.  [default: 10, 25, 50 %, at most 10, 50, 200]",
)
@click.option(
    "--model",
    type=click.Choice([*_MODELS]),
    default="both",
    show_default=True,
    help="What judges: a linear model whose penalty is tuned, gradient boosting, the mean of both, or the linear model "
    "of infsel report.",
)
@click.option(
    "--metric",
    metavar="NAME",
    help="A score of scikit-learn.  [default: balanced_accuracy of classes, r2 of numbers, quadratic weighted kappa of "
    "grades]",
)
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True, help="Folds of cross-validation.")
@click.option("--repeats", type=click.IntRange(min=1), default=1, show_default=True, help="How often to draw folds.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True, help="Draws the folds.")
@task_option
@missing_option
@click.option(
    "--output",
    type=click.Path(readable=False, path_type=Path),
    help="Write the scores to a .csv, .json or .parquet file, one row for each selector, model and number of features.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@partial(reading_options, events=False)
@click.pass_context
def command(
    ctx: click.Context,
    table: Path | None,
    target: str | None,
    weight: str | None,
    selectors: tuple[str, ...] | None,
    sizes: tuple[int, ...] | None,
    model: str,
    metric: str | None,
    folds: int,
    repeats: int,
    seed: int,
    kind: str | None,
    missing: str | None,
    output: Path | None,
    as_json: bool,
    reading: Reading,
) -> None:
    """Cross-validate selectors on TABLE, which is what infsel rank takes, name the best and say what to type next.

    Each selector sits in a Pipeline of min-max scaling, selection and a model, so nothing is chosen on the rows
    it is judged by.
    """
    refuse_events(reading)
    source = located(table)
    if not source.bundled and target is None:
        raise click.UsageError(f"{printable(source)} needs --target, the column to predict.")
    if output is not None:
        check_output(output, table)
    if metric is not None:
        _check_metric(metric)
    asked = Asked(selectors or tuple(SELECTORS), _MODELS[model], sizes, metric, folds, repeats, seed, missing)

    from infsel.cli._table import read_table

    data = read_table(source, target, reading, weight)
    with reported(data.name, ALERTED, data.target), bar("comparing", patience=0):
        report = _reported(ctx, data, kind, asked)
    if output is not None:
        write(report.found.to_frame(), output)
    if as_json:
        click.echo(json.dumps(_as_json(report), indent=2, ensure_ascii=False))
    else:
        _print(report, output)


def _check_metric(metric: str) -> None:
    from sklearn.metrics import get_scorer_names

    if metric not in get_scorer_names():
        near = did_you_mean(metric, get_scorer_names()) or ": sklearn.metrics.get_scorer_names() lists them."
        raise click.UsageError(f"--metric {metric!r} is no score of scikit-learn{near}")


def _reported(ctx: click.Context, data: Table, kind: str | None, asked: Asked) -> Report:
    from dataclasses import replace

    from infsel.studies._task import task_of

    assert data.y is not None  # a target was named, or the table is the bundled one
    n_features = data.X.shape[1]
    if asked.sizes is not None and asked.sizes[-1] > n_features:
        raise ValueError(f"--features asks for {asked.sizes[-1]}, but there are {n_features}.")
    name, words = data.task(kind)
    task = task_of(data.X, data.y, name, asked.folds)
    task = task if asked.metric is None else replace(task, metric=asked.metric)
    found = _compared(task, asked, data.weights)
    best = found.only(asked.selectors).best
    more = ("--selector", best, "--top", _enough(found, best))
    said = [*data.said, *words]
    return Report(data.name, said, task, asked, found, again(ctx, rank, *more))


def _compared(task: Task, asked: Asked, weights: np.ndarray | None) -> SelectorComparison:
    from infsel.studies._judges import judged

    options = {} if asked.missing is None else {"missing": asked.missing}
    selectors: dict[str, Any] = {}
    for name in asked.selectors:
        named = SELECTORS[name]
        reads = {"task": task.name} if named.reads_target else {}
        selectors[name] = named.make(task.name, **reads, **options)
    return judged(
        task,
        selectors,
        everything=ALL,
        names=asked.models,
        folds=asked.folds,
        repeats=asked.repeats,
        seed=asked.seed,
        sizes=asked.sizes,
        sample_weight=weights,
    )


def _enough(found: SelectorComparison, name: str) -> int:
    """The fewest features of which the score is within a standard error of the selector's best."""
    import numpy as np

    from infsel.inspection import SelectionCurveDisplay

    scores = found.only([name]).scores[0].mean(axis=0)  # of shape (n_sizes, n_splits)
    curve = SelectionCurveDisplay(n_features=np.array(found.sizes), scores=scores)
    return int(curve.n_features[curve.one_standard_error_])


def _as_json(report: Report) -> dict[str, Any]:
    task, found = report.task, report.found
    return {
        "table": report.table,
        "n_samples": len(task.X),
        "n_features": task.X.shape[1],
        "target": str(task.y.name),
        "task": task.name,
        "metric": found.metric,
        "said": report.said,
        "folds": report.asked.folds,
        "repeats": report.asked.repeats,
        "seed": report.asked.seed,
        "results": [
            _row(report, name, model, size)
            for name in found.selectors
            for model in found.models
            for size in (found.sizes[:1] if name == ALL else found.sizes)  # which is one, whatever the size
        ],
        "best": report.selecting.best,
        "clearly_behind": report.behind,
        "next": report.next,
    }


def _row(report: Report, name: str, model: str, size: int) -> dict[str, Any]:
    found = report.found.only([name])
    place = (0, found.models.index(model), found.sizes.index(size))
    return {
        "selector": name,
        "model": model,
        "reads_target": name != ALL and SELECTORS[name].reads_target,
        "n_features": report.task.X.shape[1] if name == ALL else size,
        "scores": found.scores[place].tolist(),
        "score_mean": float(found.scores[place].mean()),
        "score_standard_error": float(found.standard_errors[place]),
        "fit_seconds": float((found.select_seconds[place[0], place[2]] + found.train_seconds[place]).mean()),
    }


def _print(report: Report, output: Path | None) -> None:
    from infsel.studies._judges import said

    task, found, asked = report.task, report.found, report.asked
    several = found.models if len(found.models) > 1 else ()
    kinds = ["all" if name == ALL else "target" if SELECTORS[name].reads_target else "none" for name in found.selectors]
    times = asked.folds * asked.repeats
    written = [] if output is None else [f"Written to {printable(output)}: {len(found.to_frame())} rows."]
    target = printable(repr(task.y.name))
    print_table(
        f"{printable(report.table)}: {len(task.X)} rows, {task.X.shape[1]} features, target {target}\n"
        f"{sentences(report.said)}judged by {said(task, found.models)}\n"
        f"{found.metric}: mean ± standard error over {times} splits, by number of features",
        ["selector", *map(str, found.sizes), *several, "select ms"],
        [_cells(found.only([name]), several) for name in found.selectors],
        "\n".join([*_verdict(report), *written]),
        sections=kinds,
    )


def _cells(found: SelectorComparison, several: tuple[str, ...]) -> list[str]:
    scores = found.scores[0].mean(axis=0)  # of shape (n_sizes, n_splits)
    errors = scores.std(axis=1, ddof=1) / scores.shape[1] ** 0.5
    cells = [f"{mean:.3f} ±{error:.3f}" for mean, error in zip(scores.mean(axis=1), errors, strict=True)]
    means = [f"{mean:.3f}" for mean in found.scores[0].mean(axis=(1, 2))] if several else []
    return [*found.selectors, *cells, *means, f"{1000 * found.select_seconds.mean():.0f}"]


def _verdict(report: Report) -> list[str]:
    from infsel.studies import advice

    found, best, behind = report.selecting, report.selecting.best, report.behind
    means = "the mean over numbers of features" + (" and models" if len(found.models) > 1 else "")
    equals = [name for name in found.selectors if name not in (best, *behind)]
    lines = ["'no selection' takes all features in every column."]
    if any(not SELECTORS[name].reads_target for name in found.selectors):
        lines = ["Selectors below the first gap read no target; " + lines[0]]
    lines.append(f"Best: {best}, by {means}.")
    if equals:
        lines.append(f"Not told apart from it, all pairs considered (Holm): {'; '.join(equals)}.")
    if behind:
        lines.append(f"Clearly behind: {'; '.join(behind)}.")
    general = advice(*report.task.X.shape, report.task.n_classes)
    general = (
        f"In general{', too' if best == WITH_TARGET else f' it is {WITH_TARGET}'}: {general[0].lower()}{general[1:]}"
    )
    return [*lines, general, f"Next: {report.next}"]
