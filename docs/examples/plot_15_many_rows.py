"""
A hundred thousand rows
=======================

A round of the elimination reads as many rows as its decision needs, so that time grows slowly with the table.
"""

from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np

from infsel import CoverageSelector, CriterionSelector, RecursiveElimination

rng = np.random.default_rng(0)
X = rng.normal(size=(100_000, 30))
y = X[:, 0] + X[:, 1] * X[:, 2] + rng.normal(size=len(X)) > 0
rows = [1_000, 5_000, 20_000, 100_000]
selectors = {
    "RecursiveElimination": RecursiveElimination(n_features_to_select=3),
    "CoverageSelector": CoverageSelector(n_features_to_select=3),
    "CriterionSelector('jmi')": CriterionSelector("jmi", n_features_to_select=3),
}
for selector in selectors.values():  # compile first
    selector.fit(X[:1000], y[:1000])

# %%
figure, ax = plt.subplots(layout="constrained")
for (name, selector), marker in zip(selectors.items(), "osD"):
    seconds = []
    for n in rows:
        start = perf_counter()
        selector.fit(X[:n], y[:n])
        seconds.append(perf_counter() - start)
    found = np.flatnonzero(selector.get_support()).tolist()
    ax.plot(rows, seconds, marker=marker, label=f"{name} finds {found}")
ax.set(xscale="log", yscale="log", xlabel="rows, of 30 columns", ylabel="seconds", title="columns 0, 1 and 2 decide")
ax.legend()
plt.show()
