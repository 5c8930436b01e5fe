"""
How many features are enough
============================

Accuracy against the number of features, with the smallest number that lies within one standard error of the best. The
tumors of the breast cancer table have 30 measurements; a few of them do.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import RecursiveElimination, SelectorCV
from infsel.datasets import breast_cancer

X, y = breast_cancer()
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
sizes = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30]
search = SelectorCV(model, RecursiveElimination(), n_features_to_select=sizes, rule="1se", scoring="roc_auc")
search.fit(X, y)
print(search.best_params_, search.get_feature_names_out().tolist())

# %%
# Random columns are the baseline that a ranking has to beat, all columns the one that selection has to keep up with.

rng = np.random.default_rng(0)
by_chance = [
    np.mean(
        [
            cross_val_score(model, X.iloc[:, rng.choice(30, k, replace=False)], y, scoring="roc_auc").mean()
            for _ in range(5)
        ]
    )
    for k in sizes
]

# %%
results = search.cv_results_
mean, error = results["mean_test_score"], results["std_test_score"] / np.sqrt(5)
figure, ax = plt.subplots(layout="constrained")
ax.fill_between(sizes, mean - error, mean + error, alpha=0.25)
ax.plot(sizes, mean, marker="o", label="RecursiveElimination")
ax.plot(sizes, by_chance, color="0.5", linestyle="--", label="random columns")
ax.axhline(mean[-1], color="0.5", linestyle=":", label="all columns")
ax.axvline(search.best_params_["n_features_to_select"], color="C1", label="fewest within one standard error")
ax.set(xscale="log", xlabel="number of features", ylabel="area under the ROC curve (5 folds)")
ax.set_xticks(sizes, sizes)
ax.minorticks_off()
ax.legend(loc="lower right")
plt.show()
