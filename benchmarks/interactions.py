"""How many rows does an interaction of columns need that say nothing alone? ``python benchmarks/interactions.py``.

The class is the sign of the product of two or three of 30 columns without any noise; a table counts as solved where
exactly these rank first. Beside the numbers of rows stand how many of the tables each selector solves.
"""

import argparse

import numpy as np

from infsel import CriterionSelector, RecursiveElimination

SELECTORS = {
    "RecursiveElimination()": RecursiveElimination(),
    'RecursiveElimination(metric="l1")': RecursiveElimination(metric="l1"),
    'CriterionSelector("relieff")': CriterionSelector("relieff"),
}
COLUMNS = {
    "normal": lambda rng, n: rng.standard_normal((n, 30)),
    "binary": lambda rng, n: rng.integers(0, 2, (n, 30)) * 2.0 - 1,
}


def table(seed, kind, n_rows, n_true):
    """The columns, the classes, and which of them make the classes."""
    rng = np.random.default_rng(seed)
    X, order = COLUMNS[kind](rng, n_rows), rng.permutation(30)
    return X[:, order], (X[:, :n_true].prod(axis=1) > 0).astype(int), order < n_true


def n_solved(selector, kind, n_rows, n_true, seeds):
    solved = 0
    for seed in range(seeds):
        X, y, true = table(seed, kind, n_rows, n_true)
        solved += selector.set_params(n_features_to_select=n_true).fit(X, y).support_[true].all()
    return solved


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="60,100,160,200,240,300,400,500")
    parser.add_argument("--seeds", type=int, default=12)
    arguments = parser.parse_args()
    rows = [int(n) for n in arguments.rows.split(",")]
    print("| columns | product of | selector |", *(f"{n} rows |" for n in rows))
    print("| --- | --- | --- |", *("--- |" for _ in rows))
    for kind in COLUMNS:
        for n_true in (2, 3):
            for name, selector in SELECTORS.items():
                solved = (n_solved(selector, kind, n, n_true, arguments.seeds) for n in rows)
                print(f"| {kind} | {n_true} | `{name}` |", *(f"{count} |" for count in solved), flush=True)


if __name__ == "__main__":
    main()
