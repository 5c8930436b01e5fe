"""Relief on many samples."""

import time

import numpy as np

from infsel import CriterionSelector
from works._alone import alone, peak, seconds

WORK = "ReliefF and RReliefF, 100,000 samples x 30 columns, two classes or numbers, two threads"
BAR = "at most 60 s and 1 GB over the table"
SIZES = (25_000, 50_000, 100_000)


def measure(small):
    sizes = [n // 50 for n in SIZES] if small else SIZES
    found = []
    for kind in ("classes", "numbers"):
        runs = np.array([alone("relief", "fit", kind, n) for n in sizes])
        grows = np.polyfit(np.log(sizes), np.log(runs[:, 1]), 1)[0]
        listed = ", ".join(f"{n:,} samples {cpu:.1f} s" for n, cpu in zip(sizes, runs[:, 1], strict=True))
        found.append(f"{kind}: {runs[-1, 0]:.1f} s, {runs[-1, 2]:.0f} MB over the table; CPU n^{grows:.2f} ({listed})")
    return found


def fit(kind, n_samples):
    X = np.random.default_rng(0).standard_normal((n_samples, 30))
    signal = X[:, 0] * X[:, 1] + X[:, 2]
    y = (signal > 0).astype(int) if kind == "classes" else signal
    selector = CriterionSelector("relieff", n_jobs=2)
    selector.fit(X[:500], y[:500])
    before, cpu = peak(), time.process_time()
    wall = seconds(lambda: selector.fit(X, y))
    return wall, time.process_time() - cpu, peak() - before
