"""
Tuning alpha and the number of hops
===================================

``InfFS`` is a step of a Pipeline like any other. :class:`infsel.InfFSCV` searches its parameters with one graph for
each fold and alpha, whatever the number of hops and features.
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import InfFS, InfFSCV
from infsel.datasets import breast_cancer

X, y = breast_cancer()
alphas, hops = [0.0, 0.25, 0.5, 0.75, 1.0], [1, 2, 4, np.inf]
search = InfFSCV(
    make_pipeline(MinMaxScaler(), KNeighborsClassifier()),
    InfFS(),
    alphas=alphas,
    n_hops=hops,
    n_features_to_select=[5, 10, 15],
).fit(X, y)
print(search.best_params_, f"{search.best_score_:.3f}")

# %%
results = search.cv_results_
best = np.array(
    [
        [
            max(
                score
                for score, a, h in zip(results["mean_test_score"], results["param_alpha"], results["param_n_hops"])
                if (a, h) == (alpha, n_hops)
            )
            for n_hops in hops
        ]
        for alpha in alphas
    ]
)
figure, ax = plt.subplots(layout="constrained")
image = ax.imshow(best, cmap="cividis")
for (i, j), score in np.ndenumerate(best):
    ax.annotate(f"{score:.3f}", (j, i), ha="center", va="center", color="w" if score < np.median(best) else "k")
ax.set_xticks(range(len(hops)), hops)
ax.set_yticks(range(len(alphas)), alphas)
ax.set(
    xlabel="n_hops", ylabel="alpha: dispersion against independence", title="accuracy at the best number of features"
)
figure.colorbar(image)
plt.show()
