"""Seconds that each display takes beyond the fit: computing what it shows, drawing it, and writing it as PNG.

Five seconds are allowed at 50,000 columns.

    python benchmarks/displays.py [N_FEATURES ...]
"""

import sys
import time
from io import BytesIO

import matplotlib as mpl
import numpy as np
from sklearn.base import clone
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import StratifiedKFold

from infsel import AttentionSelector, InfFS, SelectorCV, StabilitySelector
from infsel.inspection import (
    AttentionHeadsDisplay,
    ExplanationDisplay,
    HopPathDisplay,
    RankingComparisonDisplay,
    RedundancyDisplay,
    ScoreDisplay,
    SelectionCurveDisplay,
    StabilityPathDisplay,
)

N_SAMPLES = 100


def table(n_features):
    """Columns of which every tenth tells the classes apart a little, and neighbors are alike."""
    rng, y = np.random.default_rng(0), np.arange(N_SAMPLES) % 2
    factors = rng.standard_normal((N_SAMPLES, max(n_features // 10, 1)))
    factors[:, ::10] += y[:, None]
    X = np.repeat(factors, 10, axis=1)[:, :n_features] + rng.standard_normal((N_SAMPLES, n_features))
    return X.astype(np.float32), y


def displays(n_features):
    """Name of each display, and a function that makes it from what is fitted by now."""
    X, y = table(n_features)
    k = max(n_features // 100, 2)
    walks, filtered = InfFS(n_features_to_select=k).fit(X), SelectKBest(k=k).fit(X, y)
    folds = [clone(filtered).fit(X[train], y[train]) for train, _ in StratifiedKFold().split(X, y)]
    yield "scores", lambda: ScoreDisplay.from_estimator(filtered, folds=folds)
    search = SelectorCV(RidgeClassifier(), selector=SelectKBest(f_classif, k=k)).fit(X, y)
    yield "selection curve", lambda: SelectionCurveDisplay.from_estimator(search)
    yield "redundancy", lambda: RedundancyDisplay.from_estimator(walks, X)
    stability = StabilitySelector(SelectKBest(k=k), n_pairs=10, random_state=0)
    single = clone(stability).fit(X, y)
    yield "stability", lambda: StabilityPathDisplay.from_estimator(single)
    path = stability.set_params(param_name="k", param_range=[2, k, 2 * k, 4 * k]).fit(X, y)
    yield "stability path", lambda: StabilityPathDisplay.from_estimator(path)
    yield "explanation", lambda: ExplanationDisplay.from_estimator(walks, 0)
    ranked = {"walks": walks, "one hop": InfFS(n_hops=1).fit(X), "F test": filtered}
    yield "agreement, matrix", lambda: RankingComparisonDisplay.from_estimators(ranked)
    yield "agreement, bump", lambda: RankingComparisonDisplay.from_estimators(ranked, kind="bump")
    yield "hop path", lambda: HopPathDisplay.from_estimator(walks)
    heads = AttentionSelector(n_heads=4, temperature="auto").fit(X)
    yield "attention heads", lambda: AttentionHeadsDisplay.from_estimator(heads)


def main():
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    print(f"{'display':20} {'columns':>8} {'seconds':>8} {'of CPU':>8}")
    for n_features in map(int, sys.argv[1:] or ["30", "2000", "50000"]):
        for name, make in displays(n_features):
            start, of_cpu = time.perf_counter(), time.process_time()
            make().figure_.savefig(BytesIO(), format="png")
            seconds, of_cpu = time.perf_counter() - start, time.process_time() - of_cpu
            print(f"{name:20} {n_features:8} {seconds:8.2f} {of_cpu:8.2f}", flush=True)
            plt.close("all")


if __name__ == "__main__":
    main()
