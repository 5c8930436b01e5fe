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
from infsel.inspection import StabilityPathDisplay

# sphinx_gallery_thumbnail_number = 2

X, y = breast_cancer()
rng = np.random.default_rng(0)
noise = rng.permuted(X.to_numpy(), axis=0)  # 30 more columns, each with its rows shuffled
table = X.join(type(X)(noise, columns=[f"shuffled {name}" for name in X.columns]))

selector = StabilitySelector(SelectKBest(k=12), max_false=1, random_state=0).fit(table, y)

# %%
StabilityPathDisplay.from_estimator(selector)
plt.show()

# %%
# How many a filter keeps decides less than one would think: along a path of ``k`` the columns that come back are lines
# that reach the top early, and the others stay near the bottom.

path = StabilitySelector(SelectKBest(), param_name="k", param_range=[2, 4, 8, 12, 16], max_false=1, random_state=0)
StabilityPathDisplay.from_estimator(path.fit(table, y))
plt.show()
