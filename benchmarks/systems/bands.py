"""Which wavelengths belong to informative bands, when each one alone says little.

A spectrum of 300 channels has six absorption bands, which stand out of its mean, on a sloping baseline. The target is
in the channels of three of them, faintly, under noise of each channel's own. The figures are precisions of the planted
channels at their number.
"""

from pathlib import Path

import numpy as np
from sklearn.feature_selection import SelectKBest, r_regression
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import InfFS
from infsel.affinities import Kernel

TITLE = "Ordered columns: bilateral filters of relevance"
FIGURE = [("cross-bilateral, guide='mean'", 0.99), ("Gaussian", 0.90)]


def table(seed, *, n_samples=100, n_features=300, n_bands=6, width=(28, 36), effect=0.18, noise=1.0, shuffled=False):
    """A table, its target, the positions of the columns, and which are planted."""
    rng = np.random.default_rng(seed)
    start = np.linspace(0, n_features, n_bands, endpoint=False)
    informative = rng.permutation(n_bands) < n_bands // 2
    mean, planted = np.linspace(0.0, 0.5, n_features), np.zeros(n_features, bool)
    for left, tells in zip(start, informative, strict=True):
        length = rng.integers(*width, endpoint=True)
        first = int(left) + rng.integers(0, max(1, n_features // n_bands - length))
        mean[first : first + length] += rng.uniform(2, 4)
        planted[first : first + length] = tells
    y = rng.standard_normal(n_samples)
    X = mean + noise * rng.standard_normal((n_samples, n_features)) + effect * np.outer(y, planted)
    positions = 1100.0 + 2.0 * np.arange(n_features)  # nanometers
    if shuffled:
        order = rng.permutation(n_features)
        X, planted = X[:, order], planted[order]
    return X, y, positions, planted


def precision(affinity, X, y, planted):
    """Of the channels that one attended hop of relevance selects."""
    settings = {"normalization": "row", "n_hops": 1, "readout": "attended", "start": "pearson"}
    selector = InfFS(affinity=affinity, n_features_to_select=int(planted.sum()), **settings).fit(X, y)
    return planted[selector.support_].mean()


def methods(X, y, positions, planted):
    """Single columns, and kernels with one scale for all tables."""
    r = np.abs(np.corrcoef(X.T, y)[-1, :-1])
    alone = np.argsort(-r, kind="stable")[: planted.sum()]
    kernels = {
        "cross-bilateral, guide='mean'": Kernel(positions, scale=40.0, guide="mean"),
        "bilateral, guide='pearson'": Kernel(positions, scale=20.0, guide="pearson", guide_scale=2.0),
        "Gaussian": Kernel(positions, scale=12.0),
        "Gaussian, scale='auto'": Kernel(positions),
    }
    return {name: precision(kernel, X, y, planted) for name, kernel in kernels.items()} | {
        "single columns": planted[alone].mean()
    }


def planted(seed, **sizes):
    """Bands in order."""
    return methods(*table(seed, **sizes))


def counter(seed, **sizes):
    """The same channels in an order that means nothing: neighbors are strangers, and smoothing mixes them."""
    return methods(*table(seed, **sizes, shuffled=True))


def real():
    """R² of ridge regression on ten channels, five folds: smoothing shows bands, and does not choose predictors."""

    def strength(X, y):
        return np.abs(r_regression(X, y))

    found = {}
    for name, X, y, positions in spectra():
        settings = {"normalization": "row", "n_hops": 1, "readout": "attended", "start": "pearson"}
        rules = {
            "single columns": SelectKBest(strength, k=10),
            "Gaussian": InfFS(affinity=Kernel(positions), n_features_to_select=10, **settings),
            "cross-bilateral": InfFS(affinity=Kernel(positions, guide="mean"), n_features_to_select=10, **settings),
        }
        for method, rule in rules.items():
            model = make_pipeline(rule, StandardScaler(), RidgeCV(np.logspace(-6, 3, 10)))
            found[f"{name}, {method}"] = cross_val_score(model, X, y, cv=KFold(5, shuffle=True, random_state=0)).mean()
    return found


def spectra():
    """Name, table, target and wavelengths of two real tables."""
    shared = Path(__file__).parents[3] / "shared"
    soil = np.load(shared / "tables" / "nirsoil_carbon.npz")
    yield "soil carbon", soil["X"], soil["y"], soil["wavelength"]
    meat = np.load(shared / "data" / "tecator_fat.npz")
    yield "fat of meat", meat["X"] / float(meat["scale"]), meat["y"], np.linspace(850, 1050, 100)
