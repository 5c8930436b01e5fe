"""InfFS against a program that writes n x n matrices down."""

import statistics

import numpy as np
from methods import dense_numpy, inf_fs, pyifs

from infsel import InfFS
from works._alone import alone, peak, seconds
from works._tables import noise

WORK = "10,000 x 100 float64, InfFS classic, infinite hops"
BAR = "50 times faster than a dense NumPy solve of the same system, peak memory at most 1/4"
NOTE = """Up to 369 samples rank correlations come from whole numbers that single precision holds exactly, so that tiles
take half the time and half the memory of double ones and all of them are kept from product to product. The first of the
five products computes them at the speed of BLAS, the next four read them at the speed of memory; a good part of the
time goes into getting 200 MB from the system. Pearson's correlations, and ranks of more samples, are fractions: their
tiles are double, of which the budget of 256 MiB keeps two thirds."""


def pearson(X, y):
    return InfFS(correlation="pearson").fit(X).scores_


METHODS = {"dense": dense_numpy.solve, "infsel": inf_fs.solve, "pyifs": pyifs.solve, "pearson": pearson}


def measure(small):
    n, repeats = (1000, 1) if small else (10_000, 3)
    alone("dense", "fit", "infsel", 300)  # the compiler, once
    pairs = [(alone("dense", "fit", "dense", n), alone("dense", "fit", "infsel", n)) for _ in range(repeats)]
    times = [dense["seconds"] / ours["seconds"] for dense, ours in pairs]
    dense, ours = pairs[-1]
    other = alone("dense", "fit", "pearson", n)
    spread = np.ptp(dense["scores"])
    return [
        f"{statistics.median(times):.0f} times faster than the dense solve ({min(times):.0f} to {max(times):.0f}), "
        f"{ours['seconds']:.2f} s against {dense['seconds']:.1f} s in the last turn",
        f"peak memory {ours['peak']:.0f} MB against {dense['peak']:.0f} MB: {ours['peak'] / dense['peak']:.2f}",
        f"largest difference {np.abs(np.subtract(ours['scores'], dense['scores'])).max() / spread:.0e} of the spread",
        f"with Pearson's correlations {dense['seconds'] / other['seconds']:.0f} times faster: "
        f"{other['seconds']:.2f} s, {other['peak']:.0f} MB",
    ]


def fit(method, n_features):
    X, solve = noise(100, n_features), METHODS[method]
    scores = {}
    solve(X[:, :300], None)
    return {
        "seconds": seconds(lambda: scores.update(all=solve(X, None))),
        "peak": peak(),
        "scores": np.real(scores["all"])[:1000].tolist() if method != "pyifs" else None,
    }
