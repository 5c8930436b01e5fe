"""What relevances and criteria of tables with gaps and columns of labels cost beside those of plain tables.

Every column has gaps of its own, which is the worst case; a third of the mixed table holds eight labels.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity
from infsel.relevances import relevance_of
from infsel.tables import DenseTable, MixedTable, Table

RELEVANCES = {"anova": "classes", "auc": "classes", "fisher": "classes", "mutual-information": "classes"} | {
    "pearson": "numbers",
    "spearman": "numbers",
}
CRITERIA = ("jmi", "cmim", "mrmr-mid", "mrmr-fcq", "suppression", "partial-correlation")
N_PICKS, REPEATS = 10, 3


def tables(n_samples: int, n_features: int, rng: Any) -> dict[str, Callable[[], Table]]:
    """New tables each time, because tables remember their statistics."""
    X = rng.normal(size=(n_samples, n_features))
    gaps = np.where(rng.random(X.shape) < 0.2, np.nan, X)
    mixed, kinds = gaps.copy(), np.full(n_features, "numeric")
    kinds[::3] = "nominal"
    mixed[:, ::3] = np.where(np.isnan(mixed[:, ::3]), np.nan, rng.integers(0, 8, mixed[:, ::3].shape))
    return {
        "plain": lambda: DenseTable(X),
        "gaps": lambda: MixedTable(gaps),
        "gaps, informative": lambda: MixedTable(gaps, informative=True),
        "mixed": lambda: MixedTable(mixed, kinds),
        "mixed, informative": lambda: MixedTable(mixed, kinds, informative=True),
    }


def jobs(targets: dict[str, np.ndarray]) -> dict[str, Callable[[Table], Any]]:
    """What is measured, by name."""
    found: dict[str, Callable[[Table], Any]] = {
        name: lambda table, name=name, kind=kind: relevance_of(name, table, targets[kind], "start")  # type: ignore[misc]
        for name, kind in RELEVANCES.items()
    }
    for name in CRITERIA:
        found[f"criterion {name}"] = lambda table, name=name: CriterionSelector(  # type: ignore[misc]
            name, n_features_to_select=N_PICKS
        ).fit(table, targets["classes"])
    found["CoverageSelector"] = lambda table: CoverageSelector(n_features_to_select=N_PICKS).fit(
        table, targets["classes"]
    )
    found["DeflatedPopularity"] = lambda table: DeflatedPopularity(n_features_to_select=N_PICKS).fit(table)
    return found


def seconds(job: Callable[[Table], Any], make: Callable[[], Table]) -> float:
    """The fastest of a few runs, after one that compiles."""
    job(make())
    found = []
    for _ in range(REPEATS):
        table, start = make(), time.perf_counter()
        job(table)
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Print a table: seconds of plain tables, and how many times that others take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--features", type=int, default=500)
    parser.add_argument("--only", help="jobs whose name holds this")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    kinds = tables(options.samples, options.features, rng)
    classes = np.array(["a", "b", "c"])[rng.integers(0, 3, options.samples)]
    print("| | " + " | ".join(kinds) + " |\n|" + " --- |" * (len(kinds) + 1))
    for name, job in jobs({"classes": classes, "numbers": rng.normal(size=options.samples)}).items():
        if options.only and options.only not in name:
            continue
        plain, *others = (seconds(job, make) for make in kinds.values())
        print(f"| {name} | {plain:.3f} s | " + " | ".join(f"{one / plain:.1f}" for one in others) + " |", flush=True)


if __name__ == "__main__":
    main()
