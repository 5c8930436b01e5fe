"""
Which pixels read a digit
=========================

Digits of 8 x 8 pixels: four ways to choose 16 of them. A popular pixel looks like many others, a useful one adds to
those that are there already.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits
from sklearn.feature_selection import SelectKBest
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from infsel import DeflatedPopularity, InfFS, RecursiveElimination

X, y = load_digits(return_X_y=True)
varying = (X > 0).sum(axis=0) >= 20  # the corners are empty in nearly every digit
selectors = {
    "F test": SelectKBest(k=16),
    "InfFS, no target": InfFS(n_features_to_select=16),
    "DeflatedPopularity, no target": DeflatedPopularity(n_features_to_select=16),
    "RecursiveElimination": RecursiveElimination(n_features_to_select=16),
}

# %%
figure, axes = plt.subplots(2, 2, figsize=(7, 7), layout="constrained")
for ax, (name, selector) in zip(axes.flat, selectors.items()):
    model = make_pipeline(selector, KNeighborsClassifier())
    accuracy = cross_val_score(model, X[:, varying], y).mean()
    chosen = np.zeros(64, dtype=bool)
    chosen[varying] = selector.fit(X[:, varying], y).get_support()
    ax.imshow(X.mean(axis=0).reshape(8, 8), cmap="Greys")
    ax.scatter(*np.divmod(np.flatnonzero(chosen), 8)[::-1], marker="s", color="#D55E00", s=160)
    ax.set(xticks=[], yticks=[], title=f"{name}\n5-NN: {accuracy:.3f}")
plt.show()

# %%
# The F test rates one pixel at a time, whatever the others say; elimination keeps what adds up. Without a target nobody
# knows which differences matter: ``InfFS`` prefers pixels that vary most, those in the middle, and is lucky here: all
# pixels have one scale and a digit is drawn there. ``DeflatedPopularity`` stands for all pixels alike, those at the
# rim, too, which hardly ever have ink.
