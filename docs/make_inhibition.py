"""Draws docs/inhibition.svg: ``python docs/make_inhibition.py`` (needs matplotlib)."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler

from infsel import InfFS

DAMPINGS = np.logspace(-2, 4, 61)
HOPS = range(1, 16)


def scores(X, y, **walk) -> np.ndarray:
    """Signed scores of one setting, the largest of them 1 in absolute value."""
    selector = InfFS(
        affinity="signed-correlation",
        correlation="pearson",
        start="signed-pearson",
        readout="settled",
        normalization="spectral",
        **walk,
    )
    return scaled(selector.fit(X, y).signed_scores_)


def scaled(values: np.ndarray) -> np.ndarray:
    """In units of the largest."""
    return values / np.abs(values).max()


def main() -> None:
    """Two paths of the scores of all features: by damping, and by hops."""
    mpl.rcParams.update(
        {"svg.hashsalt": "infsel", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    )
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    filter_scores = scaled(np.array([np.corrcoef(x, y)[0, 1] for x in X.to_numpy().T]))
    model = scaled(LinearRegression().fit(StandardScaler().fit_transform(X), y).coef_)
    by_damping = np.array([scores(X, y, propagation="resolvent", damping=-r) for r in DAMPINGS])
    by_hops = np.array([filter_scores] + [scores(X, y, damping=-0.7, n_hops=k) for k in HOPS])
    end = scores(X, y, propagation="resolvent", damping=-0.7)

    figure, (left, right) = plt.subplots(
        1, 2, figsize=(9.5, 4.2), sharey=True, width_ratios=(3, 2), layout="constrained"
    )
    for i, name in enumerate(X.columns):
        color = f"C{i}"
        left.semilogx(DAMPINGS, by_damping[:, i], color=color)
        left.plot(DAMPINGS[0] / 1.6, filter_scores[i], "o", color=color, ms=4)
        left.plot(DAMPINGS[-1] * 1.6, model[i], "s", color=color, ms=4)
        right.plot([0, *HOPS], by_hops[:, i], color=color, label=name)
        right.plot(HOPS[-1] + 1, end[i], "s", color=color, ms=4)
    left.set(xlabel="inhibition: −damping, in units of 1 / spectral radius", ylabel="score / largest score")
    left.set_title("circles: correlation   ⟶   squares: least squares", fontsize=9)
    right.set(xlabel="hops after the start, damping = −0.7", xticks=range(0, HOPS[-1] + 1, 5))
    right.set_title("squares: infinitely many", fontsize=9)
    for axes in (left, right):
        axes.axhline(0, color="0.7", lw=0.8, zorder=0)
    figure.legend(*right.get_legend_handles_labels(), fontsize=8, frameon=False, loc="outside right center")
    figure.savefig(Path(__file__).with_name("inhibition.svg"), metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
