"""What gaps and labels cost: the default InfFS on tables of 5,000 x 500 numbers, with gaps, and with columns of labels.

The tables take turns in one process, and the least processor time of the repeats is printed with its ratio to the plain
table: other work on the machine adds to it, and nothing makes it less.

    python benchmarks/mixed_tables.py --repeats 5
"""

import argparse
import time

import numpy as np

from infsel import InfFS
from infsel.tables import DenseTable, MixedTable

SHAPE, GAPS, LEVELS = (5_000, 500), 0.1, 10


def tables():
    """Makers of the tables, so that no fit finds what another has left."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal(SHAPE) + rng.standard_normal((SHAPE[0], 1))
    labels = rng.permutation(SHAPE[1]) < SHAPE[1] // 3
    kinds = np.where(labels, "nominal", "numeric")
    M = X.copy()
    for j in np.flatnonzero(labels):
        n_levels = rng.integers(2, LEVELS + 1)
        M[:, j] = rng.permutation(n_levels)[np.digitize(X[:, j], np.linspace(-2, 2, n_levels - 1))]
    gone = rng.random(SHAPE) < GAPS
    gappy, mixed = np.where(gone, np.nan, X), np.where(gone, np.nan, M)
    return {
        "plain": lambda: DenseTable(X),
        "gaps": lambda: MixedTable(gappy),
        "labels": lambda: MixedTable(M, kinds),
        "gaps and labels": lambda: MixedTable(mixed, kinds),
        "informative gaps and labels": lambda: MixedTable(mixed, kinds, informative=True),
    }


def seconds(make, n_jobs):
    table = make()
    start = time.process_time()
    InfFS(n_jobs=n_jobs).fit(table)
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--n-jobs", type=int, default=1)
    arguments = parser.parse_args()
    makers = tables()
    times = {name: [] for name in makers}
    for _ in range(arguments.repeats + 1):
        for name, make in makers.items():
            times[name].append(seconds(make, arguments.n_jobs))
    plain = min(times["plain"][1:])  # the first compiles
    for name, spent in times.items():
        print(f"{name:30} {min(spent[1:]):7.3f} s {min(spent[1:]) / plain:6.2f}")


if __name__ == "__main__":
    main()
