"""Average ranks, accuracy against k, and accuracy against time."""

import numpy as np
from quality.comparison import Comparison
from quality.protocol import SIZES

COLORS = {"new": "#c0392b", "twin": "#e67e22", "published": "#8e44ad", "peer": "#1f4e79"}
PALETTE = ("#c0392b", "#e67e22", "#8e44ad", "#d6336c", "#1f4e79", "#2a9d8f", "#4c6ef5", "#5c940d", "#495057", "#a0522d")


def draw(rows, methods, folder):
    """Pictures of the classification tables by file name, with a title each."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("no pictures: matplotlib is not installed")
        return {}
    comparison = Comparison(rows, methods, "classification")
    if not comparison.possible:
        return {}
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "quality", "font.size": 10})
    drawn = {"quality_ranks.svg": (ranks, "Average rank of every method among all published ones and itself")}
    drawn["quality_sizes.svg"] = sizes, "Balanced accuracy against the number of columns kept"
    drawn["quality_time.svg"] = times, "Balanced accuracy against CPU seconds of one ranking"
    return {
        name: title for name, (picture, title) in drawn.items() if _saved(picture, comparison, methods, folder / name)
    }


def _saved(picture, comparison, methods, path):
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(9, 5.6), layout="constrained")
    drawn = picture(axes, comparison, methods)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.3)
    if drawn:
        figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    return drawn


def ranks(axes, comparison, methods):
    names = sorted(comparison.among_peers, key=lambda name: -comparison.among_peers[name][0])
    for height, name in enumerate(names):
        mean, error = comparison.among_peers[name]
        axes.errorbar(mean, height, xerr=error, fmt="o", capsize=3, color=COLORS[methods[name].KIND])
    axes.set_yticks(range(len(names)), [methods[name].NAME for name in names])
    axes.set(xlabel="average rank ± standard error over tables (1 is best)")
    for kind, color in COLORS.items():
        axes.plot([], [], "o", color=color, label=kind)
    axes.legend(frameon=False)
    return True


def sizes(axes, comparison, methods):
    """Lines over the tables of more than 200 columns."""
    tables = [table for table in comparison.tables if comparison.table(table)["columns"] > SIZES[-1]]
    if not tables:
        return False
    names = [name for name in comparison.complete if methods[name].SUPERVISED] + comparison.strongest[:4]
    for name, color in zip([*names, "random"], PALETTE * 3, strict=False):
        style = {"linewidth": 2.2} if methods[name].KIND == "new" else {"linestyle": "--"}
        axes.plot(
            SIZES,
            comparison.scores(name, tables).mean(axis=(0, 1)),
            marker="o",
            color=color,
            label=methods[name].NAME,
            **style,
        )
    axes.set(xscale="log", xlabel="columns kept (log scale)", ylabel=f"mean balanced accuracy, {len(tables)} tables")
    axes.set_xticks(SIZES, map(str, SIZES))
    axes.minorticks_off()
    axes.legend(frameon=False, fontsize=8)
    return True


def times(axes, comparison, methods):
    for name in [*comparison.peers, *comparison.complete]:
        seconds = max(np.median([comparison.rows[table, name]["cpu"] for table in comparison.tables]), 1e-4)
        score = comparison.matrix([name], comparison.tables).mean()
        axes.plot(seconds, score, "o", color=COLORS[methods[name].KIND])
        axes.annotate(methods[name].NAME, (seconds, score), (5, 3), textcoords="offset points", fontsize=8)
    axes.set(xscale="log", xlabel="median CPU seconds of one ranking (log scale)", ylabel="mean balanced accuracy")
    return True
