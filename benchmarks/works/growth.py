"""How time and memory grow with the number of columns."""

import numpy as np

from infsel import InfFS
from infsel.krylov import Krylov
from works._alone import alone, held, peak, seconds
from works._tables import noise

WORK = "growth with the number n of columns, 100 samples, float32"
BAR = "time n^2.1 exact and n^1.1 structured and with landmarks; memory n^1"
KINDS = {
    "exact": (lambda: InfFS(solver=Krylov(max_memory=0)), (10_000, 20_000, 40_000)),
    "structured": (lambda: InfFS.from_preset("tpami2020-supervised"), (125_000, 250_000, 500_000)),
    "1,000 landmarks": (
        lambda: InfFS(solver=Krylov(n_landmarks=1000, random_state=0), n_features_to_select=100),
        (50_000, 100_000, 200_000),
    ),
}


def measure(small):
    found = []
    for kind, (_, sizes) in KINDS.items():
        sizes = [n // 20 for n in sizes] if small else sizes
        runs = np.array([alone("growth", "fit", kind, n) for n in sizes])
        time, memory = (np.polyfit(np.log(sizes), np.log(column), 1)[0] for column in runs.T)
        listed = ", ".join(f"{n:,} columns {spent:.1f} s" for n, (spent, _) in zip(sizes, runs, strict=True))
        found.append(f"{kind}: time n^{time:.2f}, memory n^{memory:.2f} over start-up and table included ({listed})")
    return found


def fit(kind, n_features):
    make, y = KINDS[kind][0], np.arange(100) % 2
    before = held()
    X = noise(100, n_features, "float32")
    make().fit(X[:, :2000], y)
    return min(seconds(lambda: make().fit(X, y)) for _ in range(2)), peak() - before
