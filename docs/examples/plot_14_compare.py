"""
What selectors agree on
=======================

Seven selectors rank the chemistry of wines. A bump chart follows the ten best columns through the rankings; the heat
map says how much any two agree.
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
# Left those without a target, right those with one.

RankingComparisonDisplay.from_estimators(fitted, kind="bump", feature_names=X.columns)
plt.show()

# %%
RankingComparisonDisplay.from_estimators(fitted)
plt.show()
