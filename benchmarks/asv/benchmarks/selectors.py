"""Seconds and memory of one fit of each kind of selector."""

import numpy as np
from sklearn.linear_model import LogisticRegression

import infsel


def table(n_samples, n_features):
    """Columns of noise, of which five decide the target."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n_samples, n_features))
    return X, (X[:, :5].sum(axis=1) + rng.standard_normal(n_samples) > 0).astype(int)


class Selectors:
    """A fit of each kind on a long and on a wide table; the first, which compiles, is not measured."""

    param_names = ("selector", "shape")
    params = (
        ("InfFS", "AttentionSelector", "RecursiveElimination", "CoverageSelector"),
        ((2000, 100), (200, 2000)),
    )
    timeout = 300

    def setup(self, selector, shape):
        self.X, self.y = table(*shape)
        self.selector = getattr(infsel, selector)()
        self.selector.fit(self.X, self.y)

    def time_fit(self, selector, shape):
        self.selector.fit(self.X, self.y)

    def peakmem_fit(self, selector, shape):
        self.selector.fit(self.X, self.y)


class Search:
    """The number of columns by cross-validation: one ranking a fold, and a training for each number."""

    timeout = 300

    def setup(self):
        self.X, self.y = table(500, 50)
        self.search = infsel.SelectorCV(LogisticRegression(), infsel.RecursiveElimination(), cv=3)
        self.search.fit(self.X, self.y)

    def time_fit(self):
        self.search.fit(self.X, self.y)

    def peakmem_fit(self):
        self.search.fit(self.X, self.y)


class Import:
    """What every program that selects waits for first."""

    timeout = 120

    def timeraw_import(self):
        return "from infsel import RecursiveElimination"
