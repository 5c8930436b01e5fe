"""
Numbers as targets
==================

How far diabetes progresses within a year is a number. The same selectors take it; how a target is read stands in
``task_``.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_selection import SelectFromModel, SelectKBest, f_regression
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import RepeatedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from infsel import CriterionSelector, RecursiveElimination

diabetes = load_diabetes(as_frame=True)
expand = PolynomialFeatures(2, include_bias=False).set_output(transform="pandas")
X, y = expand.fit_transform(diabetes.data), diabetes.target  # 65 columns: all products of two
print(X.shape, RecursiveElimination().fit(X, y).task_)

# %%
sizes = [2, 5, 10, 20, 40]
ways = {
    "RecursiveElimination": lambda k: RecursiveElimination(n_features_to_select=k),
    "mRMR": lambda k: CriterionSelector("mrmr-fcq", n_features_to_select=k),
    "F test": lambda k: SelectKBest(f_regression, k=k),
    "random forest": lambda k: SelectFromModel(
        RandomForestRegressor(30, random_state=0, n_jobs=2), max_features=k, threshold=-np.inf
    ),
}
cv = RepeatedKFold(n_splits=5, n_repeats=1, random_state=0)
figure, ax = plt.subplots(layout="constrained")
for (name, way), marker in zip(ways.items(), "osD^"):
    scores = [cross_val_score(make_pipeline(StandardScaler(), way(k), RidgeCV()), X, y, cv=cv).mean() for k in sizes]
    ax.plot(sizes, scores, marker=marker, label=name)
ax.axhline(
    cross_val_score(make_pipeline(StandardScaler(), RidgeCV()), X, y, cv=cv).mean(),
    color="0.5",
    linestyle=":",
    label="all 65 columns",
)
ax.set(xlabel="number of columns", ylabel="R² of ridge regression (5 folds)", xticks=sizes)
ax.legend()
plt.show()
