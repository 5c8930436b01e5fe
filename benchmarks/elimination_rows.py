"""Does elimination in parts find what elimination of all rows at once finds? ``python benchmarks/elimination_rows.py``.

Tables of 30 columns, some of which make the target; noise grows with the root of the rows, so that every size is about
as hard. The table shows the share of the true columns among as many best ones, over seeds, with its standard error,
and the seconds of a fit. ``--exact`` adds one part of all rows (hours beyond 5,000), ``--sizes`` other sizes of a part.
"""

import argparse
import time

import numpy as np

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
    """Share found of each seed, and mean seconds."""
    found, start = [], time.perf_counter()
    for seed in range(seeds):
        ranking = RecursiveElimination(**parameters).fit(*table(rule, n_rows, seed)).ranking_
        found.append((ranking[:n_true] <= n_true).mean())
    return np.array(found), (time.perf_counter() - start) / seeds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="2001,2600,5000,20000")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--sizes", default="", help="part_size beside the default, as in 500,2000")
    parser.add_argument("--exact", action="store_true")
    arguments = parser.parse_args()
    print("| rows | table | part_size | share of true columns found | standard error | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for n_rows in map(int, arguments.rows.split(",")):
        settings = {"default": {}} | {
            size: {"part_size": int(size)} for size in filter(None, arguments.sizes.split(","))
        }
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


if __name__ == "__main__":
    main()
