"""One row per table and method: what docs/quality.csv holds and the page is made of."""

import csv

import numpy as np
from quality.models import MODELS
from quality.protocol import sizes

from infsel.comparison import selection_stability

LISTS = ("sizes", *MODELS, *(f"{model}_splits" for model in MODELS))
NUMBERS = ("rows", "columns", "classes", "permuted", "stability", "cpu", "found")
TEXTS = ("table", "origin", "task", "method")
FIELDS = ("table", "origin", "task", "rows", "columns", "classes", "method", "permuted", *LISTS, *NUMBERS[4:])


def summarized(records, tables, n_folds):
    """Rows for all tables and methods with at least one whole repetition."""
    groups = {}
    for record in records:
        if "error" in record or record["table"] not in tables:
            continue
        if record["fold"] < n_folds and record["fingerprint"] == tables[record["table"]].fingerprint:
            groups.setdefault((record["table"], record["permuted"], record["method"]), []).append(record)
    whole = {key: _whole(group, n_folds) for key, group in groups.items()}
    return [_row(tables[key[0]], key[2], key[1], records) for key, records in whole.items() if records]


def _whole(records, n_folds):
    """In order of the splits, without a repetition that was interrupted."""
    records = sorted(records, key=lambda record: (record["repeat"], record["fold"]))
    return records[: len(records) // n_folds * n_folds]


def _row(table, method, permuted, records):
    n_columns = table.X.shape[1]
    return {
        "table": table.name,
        "origin": table.origin,
        "task": table.task,
        "rows": len(table.X),
        "columns": n_columns,
        "classes": len(np.unique(table.y)) if table.task == "classification" else 0,
        "method": method,
        "permuted": int(permuted),
        "sizes": sizes(n_columns),
        **_scores(records),
        "stability": np.mean([_stability(records, k, n_columns) for k in sizes(n_columns)]),
        "cpu": np.median([record["cpu"] for record in records]),
        "found": np.nan if table.groups is None else np.mean([_found(record, table.groups) for record in records]),
    }


def _scores(records):
    """Of every model the mean over splits at every k, NaN where it was not fitted, and the mean over k of every split.

    A score below 0, R² of a model that is worse than the mean, counts as 0: one outlier can make it -20.
    """
    found = {}
    for model in MODELS:
        values = np.array([record["scores"].get(model, []) for record in records], dtype=float)
        values = np.maximum(values, 0)
        fitted = values[:, ~np.isnan(values).all(axis=0)]
        found[model] = values.mean(axis=0)
        found[f"{model}_splits"] = fitted.mean(axis=1) if fitted.size else []
    return found


def _stability(records, k, n_columns):
    chosen = np.zeros((len(records), n_columns), dtype=bool)
    for row, record in zip(chosen, records, strict=True):
        row[record["order"][:k]] = True
    return selection_stability(chosen).value


def _found(record, groups):
    """Share of the groups of relevant columns that the first columns, as many as there are groups, belong to."""
    n_groups = len(np.unique(groups[groups > 0]))
    first = groups[record["order"][:n_groups]]
    return len(np.unique(first[first > 0])) / n_groups


def among_others(rows, path):
    """The rows, and those of a file that are of another method, of another table, or of permuted labels or not."""
    measured = set(map(_key, rows))
    with path.open(newline="", encoding="utf-8") as file:
        return [*rows, *(row for row in csv.DictReader(file) if _key(row) not in measured)]


def _key(row):
    return int(row["permuted"]), row["task"], row["table"], row["method"]


def write(rows, path):
    rows = sorted(rows, key=_key)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _text(row[name]) for name in FIELDS} for row in rows)


def _text(value):
    if isinstance(value, (list, np.ndarray)):
        return " ".join(map(_text, value))
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return [_parsed(row) for row in csv.DictReader(file)]


def _parsed(row):
    """`scores` and `splits` by model; the splits "overall" are means of the models."""
    lists = {name: np.array(row[name].split(), dtype=float) for name in LISTS}
    fitted = [model for model in MODELS if len(lists[model])]
    splits = {model: lists[f"{model}_splits"] for model in fitted}
    if fitted:
        splits["overall"] = np.mean([splits[model] for model in fitted], axis=0)
    found = {name: row[name] for name in TEXTS} | {name: float(row[name]) for name in NUMBERS}
    return found | {"sizes": lists["sizes"], "scores": {model: lists[model] for model in fitted}, "splits": splits}
