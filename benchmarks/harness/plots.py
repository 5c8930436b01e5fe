"""Time and memory against the number of columns, one picture each."""

from harness.runs import median, members

SHOWN = {"time": ("seconds", "seconds of one fit"), "memory": ("peak", "peak MB of the process")}
OURS = ("#c0392b", "#e67e22", "#8e44ad", "#d6336c")
OTHERS = ("#1f4e79", "#2a9d8f", "#4c6ef5", "#5c940d", "#495057", "#a0522d", "#0b7285", "#7a7a00")


def draw(results, folder):
    """Pictures of the first dataset measured at several sizes. Returns their file names."""
    scaling = [name for name, cells in results["datasets"].items() if len({cell["size"] for cell in cells}) > 1]
    try:
        import matplotlib as mpl
    except ImportError:
        print("no pictures: matplotlib is not installed")
        return []
    if not scaling:
        return []
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "peers", "font.size": 10})
    cells = results["datasets"][scaling[0]]
    return [_picture(kind, cells, results["methods"], folder) for kind in SHOWN]


def _picture(kind, cells, names, folder):
    from matplotlib import pyplot as plt
    from matplotlib.ticker import LogLocator

    quantity, label = SHOWN[kind]
    figure, axes = plt.subplots(figsize=(9, 5.2), layout="constrained")
    ends = [line for name in names if (line := _line(axes, name, cells, quantity, names))]
    sizes = sorted({cell["size"] for cell in cells})
    axes.set(xscale="log", yscale="log", xlabel="columns (log scale)", ylabel=f"{label} (log scale)")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 3) if kind == "time" else (1, 2, 5)))
    axes.yaxis.set_major_formatter("{x:g}")
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    _label(axes, ends, sizes[-1])
    path = folder / f"peers_{kind}.svg"
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
    return path.name


def _line(axes, name, cells, quantity, names):
    """Draw one method. Returns where its line ends, its color and its name."""
    points = [(cell["size"], median(cell, quantity)) for cell in cells if cell["method"] == name and cell["runs"]]
    if not points:
        return None
    title = members("methods")[name].NAME
    family = [other for other in names if members("methods")[other].NAME.startswith("infsel") == _ours(title)]
    palette = OURS if _ours(title) else OTHERS
    color = palette[family.index(name) % len(palette)]
    style = {"linewidth": 2.5, "zorder": 3} if _ours(title) else {"linewidth": 1.3, "linestyle": "--"}
    axes.plot(*zip(*points, strict=True), marker="o", markersize=4, color=color, **style)
    return *points[-1], color, title


def _ours(title):
    return title.startswith("infsel")


def _label(axes, ends, right):
    """Names beside the lines' ends, moved apart until they can be read; above the end of a line that stops early."""
    low, high = axes.get_ylim()
    gap, below = (high / low) ** 0.047, 0.0
    for size, value, color, title in sorted(ends, key=lambda end: end[1]):
        style = {"color": color, "annotation_clip": False}
        if size < right:
            axes.annotate(title, (size, value), (0, 7), textcoords="offset points", ha="center", **style)
            continue
        below = max(value, below * gap)
        line = {"arrowstyle": "-", "color": color, "linewidth": 0.6, "relpos": (0, 0.5), "shrinkA": 2}
        axes.annotate(title, (size, value), (right * 1.25, below), va="center", arrowprops=line, **style)
