"""
How many features are enough
============================

Performance against the number of features, with the smallest number that lies within one standard error of the best.
The tumors of the breast cancer table have 30 measurements; half of them do as well as all.
"""

import matplotlib.pyplot as plt
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import RecursiveElimination, SelectorCV
from infsel.datasets import breast_cancer
from infsel.inspection import SelectionCurveDisplay

X, y = breast_cancer()
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
sizes = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30]
search = SelectorCV(model, RecursiveElimination(), n_features_to_select=sizes, rule="1se", scoring="roc_auc")
search.fit(X, y)
print(search.best_params_, search.get_feature_names_out().tolist())

# %%
# Random columns are the baseline that a ranking has to beat, all columns the one that selection has to keep up with.
# With the table at hand, the display trains the model on both, in the same folds. Two chosen columns do here what about
# eight drawn ones do: the measurements of a tumor repeat each other, so that chance is not far behind.

SelectionCurveDisplay.from_estimator(search, X, y)
plt.show()
