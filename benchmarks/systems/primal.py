"""Columns over time: drivers that share a channel, and followers that repeat it one row later, both weakly.

Beside them lie a block of columns that move together at the same time, and private pairs of which the second repeats
the first one row later, each more closely than any follower its drivers. The figures are precisions of the drivers and
of the followers at their number, on few columns and on 20,000, where nothing of n x n is made.
"""

import numpy as np

from infsel import InfFS
from infsel.affinities import Lagged, SquaredCorrelation
from infsel.propagations import Singular

TITLE = "Primal-Attention: drivers and followers of a lagged channel"
FIGURE = [
    (f"{role}, Singular(rank={rank}){wide}", 0.95)
    for rank, wide in (("'auto'", ""), ("1", ""), ("1", ", 20,000 columns"))
    for role in ("drivers", "followers")
]
READOUTS = {"drivers": "sent", "followers": "received"}


def table(seed, *, n_samples=600, n_features=400, channel=40, block=20, pairs=60, share=0.13):
    """A panel; `share` is the part of a driver's and of a follower's variance that the channel explains."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    flow, mood = rng.standard_normal(n_samples + 1), rng.standard_normal(n_samples)
    signs = rng.choice([-1.0, 1.0], 2 * channel)
    ends = [0, channel, 2 * channel, 2 * channel + block]
    for part, factor in zip((slice(*ends[:2]), slice(*ends[1:3])), (flow[1:], flow[:-1]), strict=True):
        X[:, part] = np.sqrt(1 - share) * X[:, part] + np.sqrt(share) * np.outer(factor, signs[part])
    X[:, ends[2] : ends[3]] = 0.5 * X[:, ends[2] : ends[3]] + 0.9 * mood[:, np.newaxis]
    first = np.arange(ends[3], ends[3] + pairs)
    X[1:, first + pairs] = 0.2 * X[1:, first + pairs] + X[:-1, first]
    return X


def independent(seed, *, n_samples=100, n_features=600, drivers=15, followers=6, share=0.35):
    """A panel in which each driver has followers of its own: the drivers come first."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    for driver in range(drivers):
        own = slice(drivers + driver * followers, drivers + (driver + 1) * followers)
        X[1:, own] = np.sqrt(1 - share) * X[1:, own] + np.sqrt(share) * X[:-1, driver, np.newaxis]
    return X


def symmetric(X, y):
    """What a symmetric graph makes of the lagged correlations."""
    A = Lagged()(X).to_dense()
    return np.abs(A + A.T) / 2


def precision(selector, X, planted):
    """Share of the columns selected that are planted."""
    k = len(planted)
    return selector.set_params(n_features_to_select=k).fit(X).support_[planted].sum() / k


def methods(role):
    """Our way and the simple ones for drivers or followers."""
    readout = READOUTS[role]
    one_hop = {"n_hops": 1, "readout": readout}
    return {
        f"{role}, Singular(rank='auto')": InfFS(affinity=Lagged(), propagation=Singular("auto"), readout=readout),
        f"{role}, Singular(rank=1)": InfFS(affinity=Lagged(), propagation="singular", readout=readout),
        f"{role}, sums of squares": InfFS(affinity=Lagged() * Lagged(), **one_hop),
        f"{role}, symmetric eigenvector": InfFS(affinity=symmetric, propagation="stationary"),
        f"{role}, correlation at the same time": InfFS(affinity=SquaredCorrelation(), **one_hop),
    }


def planted(seed, *, channel=40, wide=20_000, wide_channel=500, **sizes):
    """Precisions on a few columns, and of the leading pair on many with fewer rows."""
    X, found = table(seed, channel=channel, **sizes), {}
    parts = {"drivers": np.arange(channel), "followers": np.arange(channel, 2 * channel)}
    for role, part in parts.items():
        found |= {name: precision(selector, X, part) for name, selector in methods(role).items()}
    if wide:
        X = table(seed, n_samples=200, n_features=wide, channel=wide_channel, block=600, pairs=500, share=0.6)
        for k, (role, readout) in enumerate(READOUTS.items()):
            selector = InfFS(affinity=Lagged(), propagation="singular", readout=readout)
            part = np.arange(k * wide_channel, (k + 1) * wide_channel)
            found[f"{role}, Singular(rank=1), {wide:,} columns"] = precision(selector, X, part)
    return found


def counter(seed, *, drivers=15, **sizes):
    """Fifteen drivers with followers of their own and more columns than rows.

    No channel rises above the noise edge, and sums of squares find more of the drivers.
    """
    X = independent(seed, drivers=drivers, **sizes)
    singular = InfFS(affinity=Lagged(), propagation=Singular(drivers))
    squares = InfFS(affinity=Lagged() * Lagged(), n_hops=1)
    names = {f"drivers, Singular(rank={drivers})": singular, "drivers, sums of squares": squares}
    return {name: precision(selector, X, np.arange(drivers)) for name, selector in names.items()}
