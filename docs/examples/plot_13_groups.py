"""
One of each group, cheap ones first
===================================

Ten quantities were measured on every tumor, each by its mean, its standard error and its worst value. Groups are
selected as a whole; costs say what a measurement takes; ``keep`` and ``exclude`` have the last word.
"""

import matplotlib.pyplot as plt
import numpy as np

from infsel import RecursiveElimination
from infsel.datasets import breast_cancer

X, y = breast_cancer()
stems = [name.replace("mean ", "").replace("worst ", "").replace(" error", "") for name in X.columns]
groups = {stem: [name for name, s in zip(X.columns, stems) if s == stem] for stem in dict.fromkeys(stems)}

selector = RecursiveElimination(n_features_to_select=3, feature_groups=groups, exclude=["mean area"]).fit(X, y)
print(selector.get_feature_names_out().tolist())

# %%
frame = selector.to_frame().set_index("feature")
importance = np.array([[frame["importance"].get(name, np.nan) for name in columns] for columns in groups.values()])
chosen = [any(frame["selected"].get(name, False) for name in columns) for columns in groups.values()]
figure, ax = plt.subplots(figsize=(7, 4.5), layout="constrained")
left = np.zeros(len(groups))
for part, label in zip(np.nan_to_num(importance.clip(0)).T, ["mean", "error", "worst"]):
    ax.barh(list(groups), part, left=left, label=label)
    left += part
ax.set(
    xlabel="share of the error explained, when the group was dropped",
    title="selected: " + ", ".join(np.array(list(groups))[chosen]),
)
ax.invert_yaxis()
ax.legend()
plt.show()
