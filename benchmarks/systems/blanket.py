"""Six columns cause y, some more than others, and each has three proxies: the cause with noise of half its size.

Single columns take the proxies of strong causes before weak causes. Picking by partial correlation until nothing is
significant, and dropping what the others make needless, finds the Markov blanket: the causes.
"""

import numpy as np
from sklearn.linear_model import LassoCV, RidgeCV
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import CoverageSelector, CriterionSelector, InfFS, RecursiveElimination

TITLE = "Causes among proxies: grow and shrink by partial correlation"
FIGURE = [("grow and shrink, 500 x 64", 0.98), ("grow and shrink, 200 x 1024", 0.98)]


def table(seed, *, n_samples=500, n_features=64, causes=6, proxies=18, noise=0.8, proxy_noise=0.5, parents=1):
    """Causes of unequal strength first, then proxies of one or more of them, then columns without any relation."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n_samples, n_features))
    for number in range(proxies):
        mixed = [(number + step * (1 + number // causes)) % causes for step in range(parents)]
        mixture = X[:, mixed] @ 0.5 ** np.arange(parents)
        X[:, causes + number] = mixture / mixture.std() + proxy_noise * rng.standard_normal(n_samples)
    return X, X[:, :causes] @ np.linspace(0.6, 1.4, causes) + noise * rng.standard_normal(n_samples)


def first(selector, X, y, k):
    """Share of the k best that are causes, which come first in the table."""
    return (np.argsort(selector.fit(X, y).ranking_)[:k] < k).mean()


def found(X, y, k, what):
    """Precision of every method on one table."""
    blanket = CriterionSelector("partial-correlation", n_features_to_select="auto")
    walks = InfFS(readout="seeded", start="pearson", affinity="squared-correlation", n_features_to_select=k)
    lasso = np.abs(LassoCV(cv=5).fit(StandardScaler().fit_transform(X), y).coef_)
    methods = {
        "grow and shrink": first(blanket, X, y, k),
        "CoverageSelector": first(CoverageSelector(n_features_to_select=k), X, y, k),
        "RecursiveElimination, linear": first(RecursiveElimination(kernel="linear", n_features_to_select=k), X, y, k),
        "walks over squared correlations": first(walks, X, y, k),
        "LassoCV": (np.argsort(-lasso, kind="stable")[:k] < k).mean(),
        "single columns": (np.argsort(-np.abs(np.corrcoef(X.T, y)[-1, :-1]), kind="stable")[:k] < k).mean(),
    }
    return {f"{name}, {what}": value for name, value in methods.items()}


def planted(seed, *, causes=6, **sizes):
    """Precision of the first six at both sizes of the issue, or at the size given."""
    if sizes:
        return found(*table(seed, causes=causes, **sizes), causes, "x".join(map(str, sizes.values())))
    usual = found(*table(seed), causes, "500 x 64")
    return usual | found(*table(seed, n_samples=200, n_features=1024), causes, "200 x 1024")


def counter(seed, *, n_features=224, **sizes):
    """Eighty rows are too few, proxies of two causes hide them at 200, and ridge misses what is needless (its R2)."""
    X, y = table(seed, n_samples=80, n_features=n_features, **sizes)
    few = found(X, y, 6, f"80 x {n_features}")
    few |= found(*table(seed, n_samples=200, n_features=n_features, parents=2, **sizes), 6, "two causes a proxy")
    selectors = {
        "grow and shrink": CriterionSelector("partial-correlation", n_features_to_select="auto"),
        "RecursiveElimination": RecursiveElimination(n_features_to_select=12),
    }
    for name, selector in selectors.items():
        model = make_pipeline(StandardScaler(), selector, RidgeCV(np.logspace(-2, 4, 13)))
        few[f"{name}, R2 of ridge"] = cross_val_score(model, X, y, cv=5, scoring="r2").mean()
    return few
