"""Which measurements of a wearable tell the target: those around eight in the morning, on whichever day.

400 columns were taken in 200 bursts at irregular times over three weeks. The target is, faintly, in those within two
hours of eight. The figures are precisions of the planted columns at their number, the nearness of the leading learned
period to 24 hours (1 where it is within 3 percent), and the simple choices: kernels by the place in the table, and by
the time itself, each at its best width.
"""

import numpy as np

from infsel import InfFS
from infsel.affinities import Kernel

TITLE = "Functional time: learned periods"
FIGURE = [("learned spectrum", 0.80), ("leading period within 3 % of 24 h", 0.95)]
WIDTHS = (1.0, 2.0, 4.0, 8.0)


def table(
    seed, *, n_samples=120, n_features=400, days=21, n_bursts=200, effect=0.17, noise=1.0, hours=2.0, period=24.0
):
    """A table, its target, the times of the columns as datetimes, and which are planted."""
    rng = np.random.default_rng(seed)
    burst = rng.uniform(0, 24 * days, n_bursts)
    hour = np.sort(burst[rng.integers(0, n_bursts, n_features)] + rng.exponential(1.0, n_features))
    planted = np.abs((hour - 8 + period / 2) % period - period / 2) <= hours
    y = rng.standard_normal(n_samples)
    X = noise * rng.standard_normal((n_samples, n_features)) + effect * np.outer(y, planted)
    times = np.datetime64("2026-03-02") + np.rint(hour * 3600).astype("timedelta64[s]")
    return X, y, times, planted


def fitted(affinity, X, y, planted):
    """The selector by one attended hop of relevance."""
    settings = {"normalization": "row", "n_hops": 1, "readout": "attended", "start": "pearson"}
    return InfFS(affinity=affinity, n_features_to_select=int(planted.sum()), **settings).fit(X, y)


def methods(X, y, times, planted):
    """Single columns, kernels by index and by time, and the learned spectrum."""

    def precision(affinity):
        return planted[fitted(affinity, X, y, planted).support_].mean()

    r = np.abs(np.corrcoef(X.T, y)[-1, :-1])
    learned = fitted(Kernel(times, spectrum="learned"), X, y, planted)
    period = learned.affinity_.periods_[0] / np.timedelta64(1, "h")
    index, hours = np.arange(X.shape[1]), (times - times[0]) / np.timedelta64(1, "h")
    return {
        "learned spectrum": planted[learned.support_].mean(),
        "time, Gaussian": max(precision(Kernel(hours, scale=width / 4)) for width in WIDTHS),
        "index, Gaussian": max(precision(Kernel(index, scale=width)) for width in WIDTHS),
        "single columns": planted[np.argsort(-r, kind="stable")[: planted.sum()]].mean(),
        "leading period within 3 % of 24 h": float(abs(period / 24 - 1) <= 0.03),
    }


def planted(seed, **sizes):
    """A rhythm of the day."""
    return methods(*table(seed, **sizes))


def counter(seed, **sizes):
    """Nothing repeats: the informative columns are those of two days in one week, once, and any Gaussian suffices."""
    return methods(*table(seed, **({"period": 24.0 * 7, "hours": 24.0, "days": 7} | sizes)))
