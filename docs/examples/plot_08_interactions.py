"""
Columns that help only together
===============================

The product of the signs of two columns decides, and each alone says nothing. A test of one column at a time cannot see
them; attention between rows can.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.feature_selection import SelectKBest, mutual_info_classif

from infsel import CriterionSelector, RecursiveElimination


def xor(n_rows, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, 30))
    return X, X[:, 0] * X[:, 1] > 0


selectors = {
    "F test": SelectKBest(k=2),
    "mutual information": SelectKBest(mutual_info_classif, k=2),
    "ReliefF": CriterionSelector("relieff", n_features_to_select=2),
    "RecursiveElimination": RecursiveElimination(n_features_to_select=2),
    'RecursiveElimination(kernel="linear")': RecursiveElimination(kernel="linear", n_features_to_select=2),
}
rows = [50, 100, 200, 400]
found = {
    name: [np.mean([selector.fit(*xor(n, seed)).get_support()[:2].all() for seed in range(10)]) for n in rows]
    for name, selector in selectors.items()
}

# %%
figure, ax = plt.subplots(layout="constrained")
for (name, shares), marker in zip(found.items(), "sDo^v"):
    ax.plot(rows, shares, marker=marker, label=name)
ax.set(
    xlabel="rows", ylabel="tables of ten in which both come first", xticks=rows, title="2 of 30 columns decide, jointly"
)
ax.legend()
plt.show()
