"""Ranks within the columns of a table, and the rows whose Gram matrix is Spearman's correlation: time, in one run.

The methods take turns in one process and the median of the repeats is printed. infsel uses as many threads as BLAS
would, the others one: they have no option for more. SciPy gets wide blocks of columns instead of the table, because it
needs a dozen bytes for each byte it is given. Before anything is timed, the methods must agree.

    python benchmarks/column_statistics.py --repeats 5
"""

import argparse
import statistics
import time

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from infsel.tables import as_table

TABLES = {
    "wide": (100, 100_000),
    "square": (3_000, 3_000),
    "tall": (1_000_000, 100),
}
BLOCK = 2**24  # numbers


def table(n_samples, n_features, tied):
    rng = np.random.default_rng(0)
    if tied:
        return rng.integers(0, 10, (n_samples, n_features)).astype(float)
    return rng.standard_normal((n_samples, n_features))


def scipy_ranks(X):
    result = np.empty_like(X)
    width = max(1, BLOCK // len(X))
    for start in range(0, X.shape[1], width):
        block = slice(start, start + width)
        result[:, block] = rankdata(X[:, block], axis=0)
    return result


def pandas_ranks(X):
    return pd.DataFrame(X).rank().to_numpy()


def unit_rows(rank):
    def rows(X):
        Z = rank(X)
        Z = Z - Z.mean(axis=0)  # what pandas returns is read-only
        Z /= np.linalg.norm(Z, axis=0)
        return np.ascontiguousarray(Z.T)

    return rows


TASKS = {
    "ranks": {"scipy": scipy_ranks, "pandas": pandas_ranks, "infsel": lambda X: as_table(X).ranks()},
    "correlating": {
        "scipy": unit_rows(scipy_ranks),
        "pandas": unit_rows(pandas_ranks),
        "infsel": lambda X: as_table(X).correlating("spearman"),
    },
}


def seconds(method, X):
    start = time.perf_counter()
    method(X)
    return time.perf_counter() - start


def check(methods, X):
    expected = methods["scipy"](X)
    for method in methods.values():  # compiles the kernels too
        np.testing.assert_allclose(method(X), expected, rtol=1e-12, atol=1e-14)


def compare(methods, X, repeats):
    check(methods, X[:, :20])
    times = {name: [] for name in methods}
    for _ in range(repeats):
        for name, method in methods.items():
            times[name].append(seconds(method, X))
    return {name: statistics.median(values) for name, values in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=list(TABLES))
    arguments = parser.parse_args()
    print("table    samples x features   values      task          scipy s  pandas s  infsel s   scipy/  pandas/")
    for name in arguments.tables:
        for tied in (False, True):
            X = table(*TABLES[name], tied)
            for task, methods in TASKS.items():
                t = compare(methods, X, arguments.repeats)
                print(
                    f"{name:7}  {X.shape[0]:7} x {X.shape[1]:8}   {'ten' if tied else 'all differ':10}  {task:12} "
                    f"{t['scipy']:8.3f} {t['pandas']:9.3f} {t['infsel']:9.4f} "
                    f"{t['scipy'] / t['infsel']:8.1f} {t['pandas'] / t['infsel']:8.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
