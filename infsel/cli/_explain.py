"""infsel explain: why one column ranks where it does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from infsel._runtime.names import did_you_mean
from infsel._runtime.text import printable
from infsel._runtime.words import first
from infsel.cli._errors import ALERTED, BadInput, reported
from infsel.cli._options import (
    Reading,
    missing_option,
    reading_options,
    selector_option,
    target_option,
    task_option,
    weight_option,
)
from infsel.cli._rank import PICKED, checked
from infsel.cli._selectors import SELECTORS, WITH_TARGET, WITHOUT_TARGET
from infsel.cli._show import bar, print_table, sentences
from infsel.cli._source import located

if TYPE_CHECKING:
    import pandas as pd

    from infsel.cli._table import Table

_NEIGHBORS = 5
Fact = tuple[str, str]


@click.command(short_help="Say why a column ranks where it does.")
@click.argument("table", type=click.Path(readable=False, path_type=Path))
@click.argument("column")
@target_option
@weight_option
@selector_option
@task_option
@missing_option
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON.")
@reading_options
def explain(
    table: Path,
    column: str,
    target: str | None,
    weight: str | None,
    name: str | None,
    kind: str | None,
    missing: str | None,
    as_json: bool,
    reading: Reading,
) -> None:
    """Say why COLUMN of TABLE, which is what infsel rank takes, ranks where it does.

    What it says about the target by itself, which columns it repeats or stands for, and when the selector picked or
    dropped it; of inf-fs and attention, which neighbors bring its score and over how many hops.
    """
    source = located(table)
    has_target = target is not None or source.bundled
    name = name or (WITH_TARGET if has_target else WITHOUT_TARGET)
    options = checked(name, has_target, kind, missing, reading.event)

    from infsel.cli._table import read_table

    data = read_table(source, target, reading, weight)
    if column not in data.X:
        raise BadInput(f"{data.name}: no column {column!r} is ranked{_why_not(data, column)}")
    with reported(data.name, ALERTED, data.target), bar(data.name):
        said, facts = _facts(data, column, name, options)
    if as_json:
        row = {"table": data.name, "column": column, "selector": name, "said": said}
        click.echo(
            json.dumps(row | {"reasons": [{"part": a, "reason": b} for a, b in facts]}, indent=2, ensure_ascii=False)
        )
        return
    head = f"{printable(data.name)}: why {printable(repr(column))} ranks where it does by {SELECTORS[name].title}\n"
    print_table((head + sentences(said)).rstrip("\n"), ["part", "reason"], facts, align="left")


def _why_not(data: Table, column: str) -> str:
    """Why a column is not ranked, in the words of what was said of it."""
    if column not in data.left_out:
        return did_you_mean(column, data.X.columns) or "."
    said = [sentence for sentence in data.said if sentence.startswith("left out") and repr(column) in sentence]
    return f": it was {said[0]}" if said else ": it was left out"


def _facts(data: Table, column: str, name: str, options: dict[str, Any]) -> tuple[list[str], list[Fact]]:
    """Sentences on what was read, and the parts of the reason."""
    named = SELECTORS[name]
    y = data.given if named.reads_target else None
    task, said = (None, []) if y is None else data.task(options.get("task"))
    ranker, frame = _ranking(data, y, name, task, options)
    row = frame.iloc[int((frame["feature"] == column).to_numpy().argmax())]
    facts = [("rank", f"{row['rank']} of {len(frame)}: first {named.first}")]
    if data.X[column].nunique() < 2:
        return [*data.said, *said], [*facts, ("relevance", "none: it is constant, and so comes last")]
    if y is not None and name != "f-test":
        alone = _ranking(data, y, "f-test", task, options)[1].set_index("feature")["rank"][column]
        facts.append(("relevance", f"by itself, by the F test, it is number {alone} of {len(frame)}"))
    facts += _of_copies(frame, row, data.X)
    facts += _of_rounds(row, ranker)
    if hasattr(ranker, "explain"):
        facts += _of_walks(ranker.explain(column, _NEIGHBORS))
    return [*data.said, *said], facts


def _ranking(data: Table, y: Any, name: str, task: str | None, options: dict[str, Any]) -> tuple[Any, pd.DataFrame]:
    ranker = SELECTORS[name].make(task, **options, n_features_to_select=min(data.X.shape[1], PICKED))
    ranker.fit(data.X, y, **({} if data.weights is None else {"sample_weight": data.weights}))
    return ranker, ranker.to_frame()


def _of_copies(frame: pd.DataFrame, row: pd.Series, X: pd.DataFrame) -> Iterator[Fact]:
    """What the column repeats, and what repeats it."""
    if "copy_of" not in frame:
        return
    from infsel.studies._copied import copied, decimals

    if isinstance(row["copy_of"], str):
        labels = any(hasattr(X[name].dtype, "categories") for name in (row["feature"], row["copy_of"]))
        yield "copies", f"it is a {copied(repr(row['copy_of']), row['correlation'], labels)}, which ranks higher"
    after = frame[(frame["copy_of"] == row["feature"]).fillna(False)]
    if len(after):
        pairs = [f"{name!r} ({decimals(r)})" for name, r in zip(after["feature"], after["correlation"], strict=True)]
        yield "copied", f"these are copies of it, or nearly, and rank lower (correlation): {first(pairs)}"


def _of_rounds(row: pd.Series, ranker: Any) -> Iterator[Fact]:
    """When the column was dropped or picked, and what that changed."""
    import pandas as pd

    if "round" in row and pd.notna(row["round"]):
        n_rounds = len(ranker.path_["n_features"])
        last = " the last" if int(row["round"]) == n_rounds else ""
        yield "round", f"dropped in round {int(row['round'])} of {n_rounds}{',' * bool(last)}{last}"
        moves = "falls" if row["importance"] >= 0 else "rises"
        change = f"{moves} by {abs(row['importance']):.3g}"
        yield "importance", f"the share of the target that is explained {change} without it"
    elif "round" in row:
        yield "round", "it did not enter the rounds: it is a copy, or says too little by itself"
    if "step" in row and pd.notna(row["step"]):
        yield "step", f"picked as number {int(row['step'])}, for a gain of {row['gain']:.3g} beside those before it"


def _of_walks(told: pd.DataFrame) -> Iterator[Fact]:
    """Where its score starts, which neighbors bring it, and over how many hops."""
    titles = {
        "start": ("relevance", "of its score is where its own walks start"),
        "neighbor": ("neighbors", "of its score comes along the edge from"),
        "hop": ("hops", "of its score comes by walks of so many hops"),
    }
    for part, (title, what) in titles.items():
        rows = told[(told["part"] == part) & (told["share"] != 0)]
        shares = [f"{name} {100 * share:.3g} %" for name, share in zip(rows["name"], rows["share"], strict=True)]
        if shares:
            yield title, f"share {what}: {', '.join(shares)}"
