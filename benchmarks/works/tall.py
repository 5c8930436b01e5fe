"""A tall table: a million samples."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from infsel import InfFS
from infsel.tables import as_table
from works._alone import alone, peak, seconds
from works._tables import noise

WORK = "500 columns x 1,000,000 samples, float64, InfFS classic"
BAR = "ranks at least 8 times faster than pandas and scipy; the whole fit within 1.5 times ranks and one GEMM"
PART = 50  # columns that scipy and pandas rank: their time is linear in the columns, and all would take minutes


def measure(small):
    seen = alone("tall", "turns", 20_000 if small else 1_000_000)
    return [
        f"ranks {seen['scipy'] / seen['ranks']:.0f} times faster than scipy.stats.rankdata and "
        f"{seen['pandas'] / seen['ranks']:.0f} times faster than pandas.DataFrame.rank (per column; they rank {PART})",
        f"fit {seen['fit']:.1f} s, ranks {seen['ranks']:.1f} s, GEMM {seen['gemm']:.1f} s: "
        f"{seen['fit'] / (seen['ranks'] + seen['gemm']):.2f} times both; peak {seen['peak'] / 1024:.1f} GB, table "
        f"{seen['table'] / 1024:.1f} GB",
    ]


def turns(n_samples):
    X = noise(n_samples, 500)
    InfFS().fit(X[:1000])
    Z = np.ascontiguousarray(X.T)
    tasks = {"fit": lambda: InfFS().fit(X), "ranks": lambda: as_table(X).ranks(), "gemm": lambda: Z @ Z.T}
    times = {name: [] for name in tasks}
    for _ in range(3):  # the first turn pays for memory that the system hands out
        for name, task in tasks.items():
            times[name].append(seconds(task))
    memory = peak() - Z.nbytes / 2**20
    part = np.ascontiguousarray(X[:, :PART])
    theirs = seconds(lambda: rankdata(part, axis=0)), seconds(lambda: pd.DataFrame(part).rank())
    return {
        "scipy": theirs[0] * 500 / PART,
        "pandas": theirs[1] * 500 / PART,
        "peak": memory,
        "table": X.nbytes / 2**20,
    } | {name: min(values) for name, values in times.items()}
