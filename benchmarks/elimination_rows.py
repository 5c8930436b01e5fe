"""Does elimination in parts find what all rows find, and what does it take? ``python benchmarks/elimination_rows.py``.

Tables of 30 columns, some of which make the target; noise grows with the root of the rows, so that every size is about
as hard. The table shows the share of the true columns among as many best ones, over seeds, with its standard error,
and the CPU seconds of a fit. ``--every`` adds every part in every round, ``--exact`` one part of all rows (hours beyond
5,000), ``--sizes`` other sizes of a part.

``--time`` measures seconds, CPU seconds and memory beside the bars for them, each fit in a process of its own, and
beside one fit of gradient boosting and recursive elimination by a linear model on the same tables.
"""

import argparse
import itertools
import math
import multiprocessing
import resource
import time

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_selection import RFE
from sklearn.linear_model import LogisticRegression

from infsel import RecursiveElimination


def _interaction(X, noise, rng):
    return X[:, 0] + 0.5 * X[:, 1] * X[:, 2] + 0.3 * X[:, 3] + noise > 0


def _two_products(X, noise, rng):
    return X[:, 0] * X[:, 1] + X[:, 2] * X[:, 3] + 0.3 * X[:, 4] + 3 * noise


def _three(X, noise, rng):
    return X[:, 0] * X[:, 1] * X[:, 2] + 1.5 * noise > 0


def _friedman(X, noise, rng):
    U = np.argsort(np.argsort(X, axis=0), axis=0) / len(X)
    return 10 * np.sin(np.pi * U[:, 0] * U[:, 1]) + 20 * (U[:, 2] - 0.5) ** 2 + 3 * U[:, 3] + 2 * U[:, 4] + 8 * noise


def _twenty_classes(X, noise, rng):
    """Six columns differ in their means; in half of the classes the product of two others tends to be negative."""
    classes, scale = rng.integers(0, 20, len(X)), np.abs(noise).mean() / 0.8
    X[:, :6] += 0.35 / scale * np.random.default_rng(99).standard_normal((20, 6))[classes]
    wrong = X[:, 6] * X[:, 7] * np.where(classes < 10, 1, -1) < 0
    X[wrong & (rng.random(len(X)) < 0.65), 6] *= -1
    return classes


TABLES = {  # and how many columns are true
    "effects and an interaction": (_interaction, 4),
    "interactions, regression": (_two_products, 5),
    "product of three": (_three, 3),
    "Friedman 1, regression": (_friedman, 5),
    "twenty classes": (_twenty_classes, 8),
}


def table(rule, n_rows, seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_rows, 30))
    y = rule(X, rng.standard_normal(n_rows) * np.sqrt(n_rows / 2000), rng)
    return X, y.astype(int) if y.dtype == bool else y


def measure(rule, n_true, n_rows, seeds, parameters):
    """Share found of each seed, and mean CPU seconds."""
    found, start = [], time.process_time()
    for seed in range(seeds):
        ranking = RecursiveElimination(**parameters).fit(*table(rule, n_rows, seed)).ranking_
        found.append((ranking[:n_true] <= n_true).mean())
    return np.array(found), (time.process_time() - start) / seeds


METHODS = {
    "RecursiveElimination()": RecursiveElimination,
    "HistGradientBoostingClassifier(), one fit": HistGradientBoostingClassifier,
    "RFE(LogisticRegression())": lambda: RFE(LogisticRegression(), step=0.2),
}
TIMES = {  # rows and columns, and the bars in seconds on two quiet cores and in MB above the table
    (569, 30): (None, None),
    (5_000, 30): (None, None),
    (20_000, 30): (None, None),
    (100_000, 30): (5, None),
    (1_000_000, 30): (60, 2_000),
    (5_000, 2_000): (3, None),
}


def fit_once(name, n_rows, n_columns):
    """Seconds, CPU seconds, and MB that the fit adds to what the process had held."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n_rows, n_columns))
    y = (_interaction(X, rng.standard_normal(n_rows), rng)).astype(int)
    METHODS[name]().fit(X[:2100, :5], y[:2100])  # imports, and kernels that are compiled or read from disk
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    METHODS[name]().fit(X, y)
    taken = time.perf_counter() - wall, time.process_time() - cpu
    return *taken, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3


def times(shapes):
    print("| rows x columns | method | seconds | bar | CPU seconds | MB above the table | bar |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    ours = {}
    for shape in shapes:
        for name in METHODS:
            with multiprocessing.get_context("spawn").Pool(1) as process:
                wall, cpu, memory = process.apply(fit_once, (name, *shape))
            bars = TIMES[shape] if name == "RecursiveElimination()" else (None, None)
            seconds, megabytes = (f"<= {bar:,}" if bar else "" for bar in bars)
            line = f"{shape[0]:,} x {shape[1]:,} | {name} | {wall:.2f} | {seconds} | {cpu:.2f}"
            print(f"| {line} | {memory:.0f} | {megabytes} |", flush=True)
            ours.setdefault(name, {})[shape] = cpu
    grown = sorted(shape for shape in shapes if shape[1] == 30 and shape[0] >= 5_000)
    for few, many in itertools.pairwise(grown):
        cpu = ours["RecursiveElimination()"]
        exponent = math.log(cpu[many] / cpu[few]) / math.log(many[0] / few[0])
        print(f"\nExponent of CPU seconds from {few[0]:,} to {many[0]:,} rows: {exponent:.2f} (bar: <= 1.1)")


def quality(arguments):
    print("| rows | table | setting | share of true columns found | standard error | CPU seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for n_rows in map(int, arguments.rows.split(",")):
        settings = {"default": {}} | {
            f"part_size={size}": {"part_size": int(size)} for size in filter(None, arguments.sizes.split(","))
        }
        if arguments.every:
            settings["every part (tol=0)"] = {"tol": 0}
        if arguments.exact:
            settings["all rows"] = {"part_size": n_rows}
        for name, (rule, n_true) in TABLES.items():
            for setting, parameters in settings.items():
                found, seconds = measure(rule, n_true, n_rows, arguments.seeds, parameters)
                error = found.std(ddof=1) / np.sqrt(len(found))
                print(
                    f"| {n_rows:,} | {name} | {setting} | {found.mean():.3f} | {error:.3f} | {seconds:.1f} |",
                    flush=True,
                )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="2001,2600,5000,20000")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--sizes", default="", help="part_size beside the default, as in 500,2000")
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--most", type=int, default=1_000_000, help="rows, with --time")
    arguments = parser.parse_args()
    if arguments.time:
        times([shape for shape in TIMES if shape[0] <= arguments.most])
    else:
        quality(arguments)


if __name__ == "__main__":
    main()
