"""One row per table and method: what docs/quality.csv holds and the page is made of."""

import csv

import numpy as np
from quality.protocol import sizes

from infsel.comparison import selection_stability

LISTS = ("sizes", "linear", "neighbors", "splits")
NUMBERS = ("rows", "columns", "classes", "permuted", "stability", "cpu", "found")
FIELDS = (
    "table",
    "origin",
    "task",
    "rows",
    "columns",
    "classes",
    "method",
    "permuted",
    *LISTS,
    "stability",
    "cpu",
    "found",
)


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
    linear, neighbors = (np.array([record[model] for record in records]) for model in ("linear", "neighbors"))
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
        "linear": linear.mean(axis=0),
        "neighbors": neighbors.mean(axis=0),
        "splits": np.hstack([linear, neighbors]).mean(axis=1),
        "stability": np.mean([_stability(records, k, n_columns) for k in sizes(n_columns)]),
        "cpu": np.median([record["cpu"] for record in records]),
        "found": np.nan if table.groups is None else np.mean([_found(record, table.groups) for record in records]),
    }


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


def write(rows, path):
    rows = sorted(rows, key=lambda row: (row["permuted"], row["task"], row["table"], row["method"]))
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
    lists = {name: np.array(row[name].split(), dtype=float) for name in LISTS}
    return row | lists | {name: float(row[name]) for name in NUMBERS}
