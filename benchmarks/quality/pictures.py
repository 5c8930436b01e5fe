"""Average ranks, accuracy against k, and accuracy against time."""

import numpy as np
from quality.comparison import Comparison
from quality.protocol import SIZES
from quality.standings import best_first

COLORS = {"new": "#c0392b", "variant": "#e67e22", "rescaled": "#2a9d8f", "published": "#8e44ad", "peer": "#1f4e79"}
PALETTE = ("#c0392b", "#e67e22", "#8e44ad", "#d6336c", "#1f4e79", "#2a9d8f", "#4c6ef5", "#5c940d", "#495057", "#a0522d")

PLACES = [((sign * 7, up), side) for up in (0, 8, -8, 15, -15) for sign, side in ((1, "left"), (-1, "right"))]


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
    mpl.use("agg")
    mpl.rcParams.update({"svg.hashsalt": "quality", "svg.fonttype": "none", "font.size": 10})
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
    names = [name for name in reversed(best_first(comparison)) if name not in comparison.references]
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
            comparison.by_size(name, tables).mean(axis=0),
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
    names = [*comparison.complete, *comparison.peers]
    scores = comparison.matrix(names, comparison.tables).mean(axis=0)
    seconds = [np.median([comparison.rows[table, name]["cpu"] for table in comparison.tables]) for name in names]
    seconds = np.maximum(seconds, 1e-4)
    axes.set(xscale="log", xlabel="median CPU seconds of one ranking (log scale)", ylabel="mean balanced accuracy")
    for name, x, y in zip(names, seconds, scores, strict=True):
        axes.plot(x, y, "o", color=COLORS[methods[name].KIND])
    axes.set_xlim(seconds.min() / 3, seconds.max() * 3)
    _label(axes, [methods[name].NAME for name in names], seconds, scores)
    return True


def _label(axes, texts, x, y):
    """Texts beside their points, each at the first place where it covers neither a point nor an earlier text."""
    axes.figure.canvas.draw()  # settles where the points are
    taken = list(axes.transData.transform(np.column_stack([x, y])))
    boxes = []
    for text, *point in zip(texts, x, y, strict=True):
        for offset, side in PLACES:
            style = {"textcoords": "offset points", "ha": side, "va": "center", "fontsize": 8}
            label = axes.annotate(text, point, offset, **style)
            box = label.get_window_extent()
            if not any(box.contains(*other) for other in taken) and not any(map(box.overlaps, boxes)):
                break
            label.remove()
        else:
            label = axes.annotate(text, point, *PLACES[0][:1], **style | {"ha": PLACES[0][1]})
        boxes.append(label.get_window_extent())
