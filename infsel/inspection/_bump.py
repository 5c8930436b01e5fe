"""Ranks of the best features from ranking to ranking."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from infsel.inspection._axes import scale_counts
from infsel.inspection._labels import label_columns, label_side, plain
from infsel.inspection._style import LINES


def draw_bumps(
    ax: Any, rankings: np.ndarray, names: Sequence[str], feature_names: Sequence[str], n_features: int
) -> tuple[np.ndarray, list[Any]]:
    """Draw a line for each of the best features, labeled at its last rank; returns which, and the lines.

    Ranks are on a logarithmic axis where one is beyond 20, so that places near the top stay apart.
    """
    shown = np.argsort(np.log(rankings).mean(axis=0), kind="stable")[:n_features]
    places, last = np.arange(len(rankings)), int(rankings[:, shown].max())
    styles = [LINES[number % len(LINES)] for number in range(len(shown))]
    lines = [
        ax.plot(places, rankings[:, j], marker="o", markersize=5, linewidth=1.8, **style)[0]
        for j, style in zip(shown, styles, strict=True)
    ]
    scale_counts(ax, "y", 1, last)
    ax.set_ylim((last * 1.15, 0.87) if ax.get_yscale() == "log" else (last + 0.7, 0.3))
    ax.set_xlim(-0.2, len(rankings) - 0.8)
    label_columns(ax, names)
    ax.set_ylabel("rank")
    labels, colors = [plain(feature_names[j]) for j in shown], [style["color"] for style in styles]
    order = np.argsort(rankings[-1, shown])
    label_side(ax, rankings[-1, shown[order]], [labels[k] for k in order], [colors[k] for k in order])
    return shown, lines
