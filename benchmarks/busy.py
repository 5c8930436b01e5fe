"""What default threads cost on a busy machine: ``python benchmarks/busy.py``.

While other processes spin (``--busy``, one by default) each selector fits the same table with default threads and with
one, in turns. The table shows the ratio of the median times and the CPU seconds of both: default threads may gain
where a core is free, and should never lose a fifth.
"""

import argparse
import statistics
import subprocess
import sys
import time
import warnings

import numpy as np
from sklearn.feature_selection import SelectKBest, f_classif
from threadpoolctl import threadpool_limits

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    KnockoffSelector,
    RecursiveElimination,
)

SELECTORS = {
    "RecursiveElimination": RecursiveElimination(),
    "RecursiveElimination, linear": RecursiveElimination(kernel="linear"),
    "CoverageSelector": CoverageSelector(),
    "CriterionSelector, mRMR": CriterionSelector("mrmr-fcq"),
    "CriterionSelector, JMI": CriterionSelector("jmi"),
    "InfFS": InfFS(),
    "InfFS, signed": InfFS(affinity="signed-correlation", start="signed-pearson", readout="settled", damping=-0.9),
    "AttentionSelector": AttentionSelector(),
    "DeflatedPopularity": DeflatedPopularity(),
    "KnockoffSelector": KnockoffSelector(SelectKBest(f_classif), random_state=0),
}
TABLES = [(100, 20), (100, 2000), (569, 30), (569, 500), (2000, 100), (5000, 30), (5000, 200)]


def table(n_samples, n_features):
    X = np.random.default_rng(0).standard_normal((n_samples, n_features))
    return X, (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int)


def timed(selector, X, y, limit):
    """Seconds and CPU seconds of a fit."""
    with threadpool_limits(limit, "blas"):
        wall, cpu = time.perf_counter(), time.process_time()
        selector.fit(X, y)
        return time.perf_counter() - wall, time.process_time() - cpu


def compare(selector, X, y, seconds):
    """Median seconds and CPU seconds with default threads and with one, in turns for a while."""
    found = {None: [], 1: []}
    start = time.perf_counter()
    while len(found[1]) < 3 or (time.perf_counter() - start < seconds and len(found[1]) < 15):
        for limit, runs in found.items():
            runs.append(timed(selector, X, y, limit))
    return [[statistics.median(column) for column in zip(*runs, strict=True)] for runs in found.values()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--busy", type=int, default=1, help="processes that spin meanwhile")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each selector and table")
    parser.add_argument("--selectors", help="names that begin with this only", default="")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(arguments.busy)]
    try:
        print("| selector | table | s, default | s, one thread | ratio | CPU s, default | CPU s, one thread |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for name, selector in SELECTORS.items():
            if not name.startswith(arguments.selectors):
                continue
            for shape in TABLES:
                X, y = table(*shape)
                selector.fit(X, y)  # kernels from disk
                (wall, cpu), (wall_1, cpu_1) = compare(selector, X, y, arguments.seconds)
                print(
                    f"| {name} | {shape[0]:,} × {shape[1]:,} | {wall:.4f} | {wall_1:.4f} | {wall / wall_1:.2f} | "
                    f"{cpu:.3f} | {cpu_1:.3f} |",
                    flush=True,
                )
    finally:
        for process in spinning:
            process.kill()


if __name__ == "__main__":
    main()
