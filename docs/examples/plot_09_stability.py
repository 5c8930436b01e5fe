"""
Which columns come back
=======================

Another sample of the same patients would give another ranking. Stability selection draws half of the rows again and
again and counts how often each column is selected, with a bound on how many are expected by mistake.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.feature_selection import SelectKBest

from infsel import StabilitySelector
from infsel.datasets import breast_cancer

X, y = breast_cancer()
rng = np.random.default_rng(0)
noise = rng.permuted(X.to_numpy(), axis=0)  # 30 more columns, each with its rows shuffled
table = X.join(type(X)(noise, columns=[f"shuffled {name}" for name in X.columns]))

selector = StabilitySelector(SelectKBest(k=12), max_false=1, random_state=0).fit(table, y)
frame = selector.to_frame().head(25)[::-1]

# %%
figure, ax = plt.subplots(figsize=(7, 6), layout="constrained")
ax.barh(frame["feature"], frame["score"], color=np.where(frame["selected"], "C0", "0.75"))
ax.axvline(selector.threshold_ if hasattr(selector, "threshold_") else 0.5, color="0.3", linestyle="--")
ax.set(xlabel="share of the half samples that select the column", title="blue: selected, at most one by mistake")
ax.tick_params(axis="y", labelsize=8)
plt.show()
