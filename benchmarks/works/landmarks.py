"""What landmarks cost and what they find."""

import numpy as np

from infsel import AttentionSelector, InfFS
from infsel.krylov import Krylov
from works._alone import alone, seconds
from works._tables import factors, noise

WORK = "landmarks against exact scores, 100 samples, float32"
BAR = "measured recall of the true top k, and stated errors that hold"
NOTE = """Classic scores are sums of many entries of one size, and landmarks find their order. The softmax of attention
peaks: single entries decide a score and a sample misses them, while the scores of unrelated columns hardly differ.
Landmarks do not help there; `expected_recall_` says so, and below 0.7 a warning does."""
SELECTORS = {"InfFS": InfFS, "AttentionSelector": AttentionSelector}
TABLES = {"noise": noise, "factors": factors}


def measure(small):
    n = 8_000 if small else 30_000
    found = []
    for name in SELECTORS:
        for table in TABLES:
            found += [
                f"{name}, {table}, {n:,} columns, {seen['landmarks']} landmarks: {seen['speed']:.1f} times faster, "
                f"recall of the top 100 {seen['recall']:.2f} (expected {seen['expected']:.2f}), true errors "
                f"{seen['honesty']:.2f} times the stated ones, typical error {seen['error']:.2f} of the spread"
                for seen in alone("landmarks", "turns", name, table, n)
            ]
    return found


def turns(name, table, n_features):
    X, make = TABLES[table](100, n_features, "float32"), SELECTORS[name]
    make().fit(X[:, :600])
    exact = make(n_features_to_select=100)
    full = seconds(lambda: exact.fit(X))
    return [_compare(exact, full, make, X, m) for m in (200, 1000)]


def _compare(exact, full, make, X, n_landmarks):
    times, recalls, expected, ratios, errors = [], [], [], [], []
    for seed in range(3):
        sampled = make(n_features_to_select=100, solver=Krylov(n_landmarks=n_landmarks, random_state=seed))
        times.append(seconds(lambda sampled=sampled: sampled.fit(X)))
        recalls.append((sampled.support_ & exact.support_).sum() / 100)
        expected.append(sampled.expected_recall_)
        gap = (sampled.scores_ - exact.scores_)[~sampled.rescored_]
        ratios.append(np.sqrt(np.mean((gap / sampled.score_errors_[~sampled.rescored_]) ** 2)))
        errors.append(np.std(gap) / np.std(exact.scores_))
    return {
        "landmarks": n_landmarks,
        "speed": full / min(times),
        "recall": float(np.mean(recalls)),
        "expected": float(np.mean(expected)),
        "honesty": float(np.mean(ratios)),
        "error": float(np.mean(errors)),
    }
