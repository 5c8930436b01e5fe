"""
What selectors agree on
=======================

Seven selectors rank the chemistry of wines. A bump chart follows each column through the rankings; the heat map says
how much any two agree.
"""

import matplotlib.pyplot as plt
from sklearn.datasets import load_wine
from sklearn.preprocessing import minmax_scale

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    RecursiveElimination,
)
from infsel.inspection import RankingComparisonDisplay

wine = load_wine(as_frame=True)
X, y = wine.data.apply(minmax_scale), wine.target
selectors = {
    "InfFS": InfFS(),
    "Attention": AttentionSelector(),
    "Deflated": DeflatedPopularity(),
    "JMI": CriterionSelector("jmi"),
    "mRMR": CriterionSelector("mrmr-fcq"),
    "Coverage": CoverageSelector(),
    "Elimination": RecursiveElimination(),
}
fitted = {name: selector.fit(X, y) for name, selector in selectors.items()}

# %%
figure, ax = plt.subplots(figsize=(9, 5), layout="constrained")
for column, name in enumerate(X.columns):
    ranks = [selector.ranking_[column] for selector in fitted.values()]
    best = min(ranks[3:]) <= 2
    ax.plot(list(fitted), ranks, marker="o", color=f"C{column % 10}" if best else "0.8", zorder=2 if best else 1)
    ax.annotate(name, (len(fitted) - 1, ranks[-1]), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8)
ax.set(ylabel="rank", yticks=range(1, 14), title="left without a target, right with one")
ax.invert_yaxis()
plt.show()

# %%
display = RankingComparisonDisplay.from_estimators(fitted)
plt.show()
