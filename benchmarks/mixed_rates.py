"""What gaps, columns of labels and weights cost beside plain tables: relevances, criteria, affinities and selectors.

Every column has gaps of its own, which is the worst case; a third of the mixed table holds eight labels. The tables
take turns in one process and one thread, and the least processor time of the turns counts: other work on the machine
adds to it, and nothing makes it less. What refuses a table has a dash there.

    python benchmarks/mixed_rates.py --only relevance --turns 5
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from infsel import AttentionSelector, CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS, affinities
from infsel.relevances import RELEVANCES, relevance_of
from infsel.tables import DenseTable, MixedTable, Table
from infsel.walks._names import CRITERIA

NUMBERS = ("concordance", "pearson", "spearman", "squared-pearson", "signed-pearson", "signed-spearman")
SLOW = ("monge-gap", "relieff", "irelief")  # compare samples, of which these are as many as fit in memory
UNSUPERVISED = ("linkage",)
AFFINITIES = ("Correlation", "SquaredCorrelation", "SignificantCorrelation", "Dispersion", "Redundancy")
N_PICKS = 10

Job = Callable[[Table], Any]


def tables(n_samples: int, n_features: int, rng: Any) -> dict[str, Callable[[], Table]]:
    """New tables each time, because tables remember their statistics."""
    X = rng.normal(size=(n_samples, n_features))
    weights = rng.integers(1, 4, n_samples) / 2
    gaps = np.asfortranarray(np.where(rng.random(X.shape) < 0.2, np.nan, X))
    mixed, kinds = gaps.copy(order="F"), np.full(n_features, "numeric")
    kinds[::3] = "nominal"
    mixed[:, ::3] = np.where(np.isnan(mixed[:, ::3]), np.nan, rng.integers(0, 8, mixed[:, ::3].shape))
    return {
        "plain": lambda: DenseTable(X),
        "weights": lambda: DenseTable(X, weights),
        "gaps": lambda: MixedTable(gaps),
        "gaps, informative": lambda: MixedTable(gaps, informative=True),
        "gaps, weights": lambda: MixedTable(gaps, weights=weights),
        "mixed": lambda: MixedTable(mixed, kinds),
        "mixed, informative": lambda: MixedTable(mixed, kinds, informative=True),
        "mixed, weights": lambda: MixedTable(mixed, kinds, weights=weights),
    }


def jobs(classes: np.ndarray, numbers: np.ndarray) -> dict[str, Job]:
    """What is measured, by name."""

    def fit(selector: Any, y: Any, table: Table) -> None:
        selector.fit(table, y)

    found: dict[str, Job] = {}
    for name in RELEVANCES:
        if name not in SLOW:
            y = numbers if name in NUMBERS else classes
            found[f"relevance {name}"] = partial(relevance_of, name, y=y, name="start")
    for name in CRITERIA:
        if name not in SLOW:
            y = None if name in UNSUPERVISED else classes
            found[f"criterion {name}"] = partial(fit, CriterionSelector(name, n_features_to_select=N_PICKS), y)
    for name in AFFINITIES:
        found[f"affinity {name}"] = partial(fit, InfFS(affinity=getattr(affinities, name)()), classes)
    found["InfFS"] = partial(fit, InfFS(), None)
    found["AttentionSelector"] = partial(fit, AttentionSelector(), None)
    found["CoverageSelector"] = partial(fit, CoverageSelector(n_features_to_select=N_PICKS), classes)
    found["DeflatedPopularity"] = partial(fit, DeflatedPopularity(n_features_to_select=N_PICKS), None)
    return found


def seconds(job: Job, make: Callable[[], Table]) -> float:
    """Processor time, NaN where the job refuses the table."""
    table, start = make(), time.process_time()
    try:
        job(table)
    except (ValueError, TypeError, NotImplementedError):
        return float("nan")
    return time.process_time() - start


def main() -> None:
    """Print a table: milliseconds of plain tables, and how many times that others take."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--features", type=int, default=500)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="jobs whose name holds one of these")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    kinds = tables(options.samples, options.features, rng)
    classes = np.array(["a", "b", "c"])[rng.integers(0, 3, options.samples)]
    print("| | " + " | ".join(kinds) + " |\n|" + " --- |" * (len(kinds) + 1))
    for name, job in jobs(classes, rng.normal(size=options.samples)).items():
        if options.only and not any(part in name for part in options.only):
            continue
        turns = [[seconds(job, make) for make in kinds.values()] for _ in range(options.turns + 1)]
        plain, *others = np.min(turns[1:], axis=0)  # the first turn compiles
        ratios = ["–" if np.isnan(other) else f"{other / plain:.1f}" for other in others]
        print(f"| {name} | {1000 * plain:.0f} ms | " + " | ".join(ratios) + " |", flush=True)


if __name__ == "__main__":
    main()
