"""Names of columns as labels: whatever they hold, never one upon the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.isotonic import isotonic_regression

from infsel.inspection._axes import rough_height_in_points, size_in_points

PLAIN = {"parse_math": False, "usetex": False}  # a name may hold $, _ or \
_LONGEST = 28
_LINE = 1.3  # distance of two lines of text in units of its size
_SMALLEST = 5.0
_LEVEL, _SLANTED = 2, 12  # names


def plain(name: object, longest: int = _LONGEST) -> str:
    r"""A name on one line, its middle left out where it is too long.

    >>> plain("mean of  all\nthe concave points", 16)
    'mean of…points'
    """
    text = " ".join("".join(c if c.isprintable() else " " for c in str(name)).split())
    if len(text) <= longest:
        return text
    end = (longest - 1) // 2
    return f"{text[: longest - 1 - end].rstrip()}…{text[-end:].lstrip()}"


def names_of(estimator: Any) -> np.ndarray:
    """Names of the columns that an estimator was fitted on: x0, x1, ... where they have none."""
    names = getattr(estimator, "feature_names_in_", None)
    return np.array([f"x{j}" for j in range(estimator.n_features_in_)], dtype=object) if names is None else names


def label_rows(ax: Any, places: np.ndarray, names: Sequence[object], axis: str = "y") -> None:
    """Names beside the rows (or below the columns) of axes whose limits are set, in a size that fits.

    Where even the smallest type would not fit, every second has a name, every third, and so on. Call it last.
    """
    labels, turned = [plain(name) for name in names], {} if axis == "y" else {"rotation": 90}
    low, high = sorted(getattr(ax, f"get_{axis}lim")())
    for laid_out in (False, True):  # by what is left of the axes beside the names, the second time
        length = size_in_points(ax)[axis == "y"] if laid_out else rough_height_in_points(ax)
        each = length / max(high - low, 1) / _LINE
        step = max(int(np.ceil(_SMALLEST / each)), 1)
        size = min(_usual_size(axis), max(each * step, _SMALLEST))
        getattr(ax, f"set_{axis}ticks")(places[::step], labels[::step], fontsize=size, **turned, **PLAIN)


def label_columns(ax: Any, names: Sequence[object]) -> None:
    """Names below columns 0, 1, ...: level for few, slanted for some, upright for many."""
    places = np.arange(len(names))
    if len(names) > _SLANTED:
        label_rows(ax, places, names, axis="x")
    else:
        turned = {"rotation": 30, "ha": "right", "rotation_mode": "anchor"} if len(names) > _LEVEL else {}
        ax.set_xticks(places, [plain(name, 20) for name in names], **turned, **PLAIN)


def label_side(ax: Any, heights: Any, texts: Sequence[str], colors: Sequence[Any]) -> list[Any]:
    """Labels to the right of axes whose limits are set, at these values of y, moved apart and led there by lines.

    Those that do not fit are left out, the last first, and counted. Call it last.
    """
    first = _annotate(ax, heights, texts, colors, rough_height_in_points(ax))
    height = size_in_points(ax)[1]  # with room made for them
    for label in first:
        label.remove()
    return _annotate(ax, heights, texts, colors, height)


def _annotate(ax: Any, heights: Any, texts: Sequence[str], colors: Sequence[Any], height: float) -> list[Any]:
    """The labels for axes of this height in points."""
    size = _usual_size()
    gap = size * _LINE / height
    room = max(int(1 / gap + 1e-9), 1)
    texts, heights, colors = list(texts), np.asarray(heights, dtype=float), list(colors)
    if len(texts) > room:
        left_out = len(texts) - room + 1
        texts = [*texts[: room - 1], f"and {left_out:,} more"]
        heights, colors = np.append(heights[: room - 1], ax.get_ylim()[0]), [*colors[: room - 1], "none"]
    to_axes = ax.transData + ax.transAxes.inverted()
    origins = to_axes.transform(np.column_stack([np.full(len(texts), ax.get_xlim()[1]), heights]))[:, 1]
    return [
        ax.annotate(
            text,
            (1, origin),
            (1.05, place),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            fontsize=size,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": color, "shrinkA": 0, "shrinkB": 0, "relpos": (0, 0.5)},
            **PLAIN,
        )
        for text, origin, place, color in zip(texts, origins, apart(origins, gap, 0, 1), colors, strict=True)
    ]


def apart(places: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """The nearest places, by squares, that keep their order and a gap, shifted to lie between low and high."""
    order, steps = (
        np.lexsort((-np.arange(len(places)), places)),
        gap * np.arange(len(places)),
    )  # of equals the first on top
    moved = np.empty(len(places))
    free = isotonic_regression(places[order] - steps)
    moved[order] = np.clip(free, low, max(low, high - steps[-1])) + steps
    return moved


def _usual_size(axis: str = "y") -> float:
    from matplotlib import rcParams
    from matplotlib.font_manager import FontProperties

    size = rcParams["xtick.labelsize"] if axis == "x" else rcParams["ytick.labelsize"]
    return float(FontProperties(size=size).get_size_in_points())
