"""Draws docs/overview.svg, the picture of the README: a ranking, and how many columns of it are enough.

Run it where infsel[plot] is installed: `python docs/make_overview.py`.
"""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import RecursiveElimination, SelectorCV
from infsel.datasets import breast_cancer

X, y = breast_cancer()
sizes = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30]
model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
search = SelectorCV(model, RecursiveElimination(), n_features_to_select=sizes, rule="1se", scoring="roc_auc").fit(X, y)
rng = np.random.default_rng(0)
draws = [[rng.choice(30, k, replace=False) for _ in range(20)] for k in sizes]
by_chance = [np.mean([cross_val_score(model, X.iloc[:, d], y, scoring="roc_auc") for d in some]) for some in draws]
frame = RecursiveElimination(n_features_to_select=10).fit(X, y).to_frame().head(14)[::-1]

mpl.rcParams.update({"svg.hashsalt": "infsel", "svg.fonttype": "path", "font.size": 10, "axes.spines.top": False})
mpl.rcParams["axes.spines.right"] = False
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained", width_ratios=[1, 1.25])
figure.set_facecolor("white")
names = [f"{rank:2d}  {name}" for name, rank in zip(frame["feature"], frame["rank"])]
left.barh(names, frame["importance"], color=np.where(frame["selected"], "#0072B2", "#BBBBBB"))
left.set(xlabel="share of the error explained by it when dropped", title="Which columns: RecursiveElimination")
mean, error = search.cv_results_["mean_test_score"], search.cv_results_["std_test_score"] / np.sqrt(5)
right.fill_between(sizes, mean - error, mean + error, color="#0072B2", alpha=0.2, linewidth=0)
right.plot(sizes, mean, marker="o", color="#0072B2", label="best columns, ± one standard error")
right.plot(sizes, by_chance, color="#777777", linestyle="--", label="random columns")
chosen = search.best_params_["n_features_to_select"]
right.axvline(chosen, color="#D55E00", label=f"chosen: {chosen} of 30, fewest within one error")
right.set(
    ylim=(0.9, 1), xlabel="number of columns", ylabel="area under the ROC curve, 5 folds", title="How many: SelectorCV"
)
right.legend(loc="lower right")
figure.savefig(Path(__file__).parent / "overview.svg", metadata={"Date": None})
