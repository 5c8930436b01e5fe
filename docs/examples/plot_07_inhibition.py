"""
Walks that reinforce, walks that inhibit
========================================

With positive damping a walk from a relevant column supports its neighbors, and copies of one message crowd the top.
With negative damping it suppresses them. The infinite limit of the second is ridge regression.
"""

import matplotlib.pyplot as plt
import numpy as np

from infsel import CoverageSelector, InfFS, RecursiveElimination

rng = np.random.default_rng(0)
causes = rng.normal(size=(300, 4))
y = causes @ [1.5, 1.0, 0.8, 0.6] + rng.normal(size=300) > 0
copies = np.repeat(causes[:, :1], 8, axis=1) + 0.2 * rng.normal(size=(300, 8))
X = np.column_stack([causes, copies, rng.normal(size=(300, 8))])
kinds = np.repeat(["a cause", "near copy of the first cause", "noise"], [4, 8, 8])

# %%
selectors = {
    "InfFS, supervised: walks reinforce": InfFS.from_preset("tpami2020-supervised"),
    "CoverageSelector: picks inhibit": CoverageSelector(),
    "RecursiveElimination: walks inhibit": RecursiveElimination(),
}
colors = {"a cause": "C0", "near copy of the first cause": "C1", "noise": "0.8"}
figure, axes = plt.subplots(3, 1, figsize=(8, 5), sharex=True, layout="constrained")
for ax, (name, selector) in zip(axes, selectors.items()):
    rank = selector.fit(X, y).ranking_
    for kind, color in colors.items():
        ax.bar(rank[kinds == kind], 1, color=color, label=kind)
    ax.set(title=name, yticks=[], xlim=(0.4, 20.6))
axes[0].legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.75))
axes[-1].set(xlabel="rank", xticks=range(1, 21))
plt.show()

# %%
# One of the copies stands for the first cause. ``CoverageSelector`` takes the three other causes right after it,
# ``RecursiveElimination`` within its first six; where walks reinforce, copies fill the first six places.
