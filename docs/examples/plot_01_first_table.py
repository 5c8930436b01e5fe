"""
From a raw table to a chosen set of columns
===========================================

A table as it comes from the field: penguins of three species, with gaps, text, dates, a column of ids and two columns
that are the same for every bird. What tells the species apart, and how many columns are enough?
"""

import matplotlib.pyplot as plt
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from infsel import RecursiveElimination, SelectorCV
from infsel.datasets import penguins
from infsel.inspection import ScoreDisplay, SelectionCurveDisplay

X, y = penguins()
X.head()

# %%
# A selector takes the table as it is. Dates have no order of labels and no scale of their own, so that they are
# left out by name; everything else stays one column with one rank.

X = X.drop(columns="Date Egg")
selector = RecursiveElimination(missing="informative").fit(X, y)
selector.to_frame()

# %%
# The score says when a column was dropped, ``importance`` how much less is explained without it. The constant columns
# and the ids come last.

ScoreDisplay.from_estimator(selector)
plt.show()

# %%
# How many columns are enough depends on the model that uses them. :class:`infsel.SelectorCV` ranks once in every fold
# and tries every number of columns on the rows that the fold held back.

text = make_column_selector(dtype_exclude="number")
encode = make_column_transformer(
    (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), text), remainder="passthrough"
)
model = make_pipeline(encode, HistGradientBoostingClassifier(max_iter=30, random_state=0))
search = SelectorCV(model, RecursiveElimination(missing="informative"), rule="1se").fit(X, y)
print(search.get_feature_names_out(), f"{search.best_score_:.3f}")

# %%
SelectionCurveDisplay.from_estimator(search)
plt.show()
