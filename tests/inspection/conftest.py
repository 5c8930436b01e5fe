"""A canvas without a window, and tables with names that plots choke on."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from sklearn.datasets import load_wine

HOSTILE = [
    "$x_1$",
    "a_b$",
    "_hidden",
    r"\alpha{",
    "x^2_3",
    "%d & # {x}",
    "a name\nof two lines",
    "the mean over all rows of a quantity that nobody would want to read in full",
    "the mean over all rows of a quantity that somebody would want to read in full",
    "größe (µm²) ≥ 3",
    "",
    "x0",
]


@pytest.fixture(autouse=True)
def pyplot():
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


@pytest.fixture
def wine():
    return load_wine(return_X_y=True, as_frame=True)


@pytest.fixture
def hostile(rng):
    """12 columns in pairs that are nearly equal, and two classes."""
    y = np.arange(60) % 2
    factors = rng.standard_normal((60, 6)) + y[:, None] * [2, 1, 0, 0, 0, 0]
    X = np.repeat(factors, 2, axis=1) + 0.1 * rng.standard_normal((60, 12))
    return pd.DataFrame(X, columns=HOSTILE), y


@pytest.fixture
def apart():
    """A function that draws a figure and returns the texts that overlap others, as pairs."""

    def overlapping(figure):
        figure.draw_without_rendering()
        renderer = figure.canvas.get_renderer()
        texts = [text for ax in figure.axes for text in _texts(ax) if text.get_text().strip() and text.get_visible()]
        # without the lines of annotations; of slanted text the box is no measure
        boxes = [
            (text.get_text(), Text.get_window_extent(text, renderer)) for text in texts if text.get_rotation() % 90 == 0
        ]
        return [
            (a, b)
            for i, (a, first) in enumerate(boxes)
            for b, second in boxes[:i]
            if first.shrunk(0.98, 0.9).overlaps(second.shrunk(0.98, 0.9))
        ]

    return overlapping


def _texts(ax):
    legend = [] if ax.get_legend() is None else ax.get_legend().get_texts()
    ticks = [label for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels() if axis.get_visible()]
    return [*ax.texts, *legend, *ticks, ax.title, ax._left_title, ax._right_title]
