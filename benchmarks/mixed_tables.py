"""What gaps, weights and labels cost: graph selectors and eliminations on tall and on wide tables.

Tables of one kind take turns in one process, and the least processor time of the repeats is printed with its ratio to
the plain table: other work on the machine adds to it, and nothing makes it less.

    OMP_NUM_THREADS=1 python benchmarks/mixed_tables.py --repeats 3 --only linear
"""

import argparse
import time

import numpy as np

from infsel import AttentionSelector, InfFS, RecursiveElimination
from infsel.tables import DenseTable, MixedTable

SHAPES, GAPS = ((5_000, 500), (300, 3_000)), 0.1
SELECTORS = {
    "InfFS": InfFS,
    "AttentionSelector": AttentionSelector,
    "elimination": RecursiveElimination,
    "elimination, attention": lambda **jobs: RecursiveElimination(kernel="attention", **jobs),
    "elimination, linear": lambda **jobs: RecursiveElimination(kernel="linear", **jobs),
}


def tables(shape):
    """Makers of the tables, so that no fit finds what another has left, and three classes.

    Every second column of the mixed ones holds labels that cut its numbers into equal parts.
    """
    rng = np.random.default_rng(0)
    classes = rng.integers(0, 3, shape[0])
    X = rng.standard_normal(shape)
    X[:, :10] += 0.4 * classes[:, np.newaxis]
    gone, weights = rng.random(shape) < GAPS, rng.integers(1, 4, shape[0]).astype(float)

    def with_labels(n_labels):
        numbers = X.copy()
        ranks = np.argsort(np.argsort(X[:, ::2], axis=0), axis=0)
        numbers[:, ::2] = rng.permutation(n_labels)[ranks * n_labels // shape[0]]
        return numbers

    ten, three, kinds = with_labels(10), with_labels(3), np.where(np.arange(shape[1]) % 2, "numeric", "nominal")
    gappy, both = np.where(gone, np.nan, X), np.where(gone, np.nan, ten)
    return {
        "plain": lambda: DenseTable(X),
        "weights": lambda: DenseTable(X, weights),
        "gaps": lambda: MixedTable(gappy),
        "informative gaps": lambda: MixedTable(gappy, informative=True),
        "half of 3 labels": lambda: MixedTable(three, kinds),
        "half of 10 labels": lambda: MixedTable(ten, kinds),
        "half of 10 labels, gaps": lambda: MixedTable(both, kinds),
        "half of 10 labels, informative gaps": lambda: MixedTable(both, kinds, informative=True),
    }, classes


def seconds(selector, table, classes):
    """Processor time of a fit."""
    start = time.process_time()
    selector.fit(table, classes)
    return time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--n-jobs", type=int, default=1)
    parser.add_argument("--only", default="", help="selectors whose name holds this")
    arguments = parser.parse_args()
    for name, make in SELECTORS.items():
        if arguments.only not in name:
            continue
        for shape in SHAPES:
            makers, classes = tables(shape)
            times = {kind: [] for kind in makers}
            for _ in range(arguments.repeats + 1):
                for kind, table in makers.items():
                    times[kind].append(seconds(make(n_jobs=arguments.n_jobs), table(), classes))
            plain = min(times["plain"][1:])  # the first compiles
            for kind, spent in times.items():
                size = f"{shape[0]} x {shape[1]}"
                print(
                    f"{name:24} {size:12} {kind:36} {min(spent[1:]):7.3f} s {min(spent[1:]) / plain:6.2f}", flush=True
                )


if __name__ == "__main__":
    main()
