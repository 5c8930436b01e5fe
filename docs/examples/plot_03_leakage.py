"""
Why selection belongs inside the Pipeline
=========================================

Labels drawn by a coin, columns of noise: nothing can be predicted, and an honest accuracy is one half. Whoever selects
columns on the whole table first and cross-validates afterwards finds something else.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

from infsel import CriterionSelector

rng = np.random.default_rng(0)
X, y = rng.normal(size=(80, 2000)), rng.integers(0, 2, 80)
sizes = [2, 5, 10, 20, 50]

# %%
# **Outside**: the selection has seen the rows that are held back later.

outside = [
    cross_val_score(LogisticRegression(), CriterionSelector("mrmr-fcq", n_features_to_select=k).fit_transform(X, y), y)
    for k in sizes
]

# %%
# **Inside**: every fold selects by its own rows alone. This is one line.

inside = [
    cross_val_score(make_pipeline(CriterionSelector("mrmr-fcq", n_features_to_select=k), LogisticRegression()), X, y)
    for k in sizes
]

# %%
figure, ax = plt.subplots(layout="constrained")
ax.plot(sizes, np.mean(outside, axis=1), marker="s", label="selected on the whole table")
ax.plot(sizes, np.mean(inside, axis=1), marker="o", label="selected inside the Pipeline")
ax.axhline(0.5, color="0.5", linestyle="--", label="the truth: a coin")
ax.set(ylim=(0.3, 1.02), xlabel="number of features", ylabel="accuracy (5 folds)", title="2,000 columns of noise")
ax.legend()
plt.show()
