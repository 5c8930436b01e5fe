"""Where a display draws."""

import warnings
from typing import Any

import numpy as np

from infsel._runtime.extras import install

_LOGARITHMIC = 20  # times the first number, from which on an axis of counts is logarithmic
_DECADES = 1000  # times the first, from which on it has powers of ten alone


def axes_or_new(ax: Any, height: float | None = None) -> Any:
    """The given axes, or those of a new figure, of this height in inches where the usual one would not do.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    if ax is not None:
        return ax
    plt = _pyplot()
    width, usual = plt.rcParams["figure.figsize"]
    return plt.subplots(figsize=(width, height or usual), layout="constrained")[1]


def panels(ax: Any, n_rows: int, n_columns: int, **options: Any) -> np.ndarray:
    """Several axes: those given, parts of the one given, or those of a new figure.

    Raises
    ------
    ValueError
        If as many are not given, or one that is no part of a grid.
    """
    if ax is None:
        figure = _pyplot().figure(layout="constrained", figsize=options.pop("figsize", None))
        return figure.subplots(n_rows, n_columns, squeeze=False, **options)
    options.pop("figsize", None)
    given = np.atleast_1d(np.asarray(ax, dtype=object)).ravel()
    if len(given) == n_rows * n_columns:
        return given.reshape(n_rows, n_columns)
    place = given[0].get_subplotspec() if len(given) == 1 else None
    if place is None:
        raise ValueError(f"ax: pass {n_rows * n_columns} axes, one of plt.subplots(), or None for a new figure.")
    given[0].set_axis_off()
    return place.subgridspec(n_rows, n_columns).subplots(squeeze=False, **options)


def size_in_points(ax: Any) -> tuple[float, float]:
    """Width and height of the axes once the figure is laid out with what it holds by now."""
    figure = ax.figure.canvas.figure  # of a part of a figure the whole
    with warnings.catch_warnings():  # what there is to say will be said when it is drawn
        warnings.simplefilter("ignore")
        figure.draw_without_rendering()
    box = ax.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def rough_height_in_points(ax: Any) -> float:
    """Height of the axes before the figure is laid out."""
    return float(ax.get_position().height * ax.figure.canvas.figure.get_figheight() * 72)


def scale_counts(ax: Any, name: str, first: float, last: float) -> None:
    """Whole numbers on an axis, on a logarithmic scale where the last is more than 20 times the first."""
    from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

    axis = getattr(ax, f"{name}axis")
    if last <= _LOGARITHMIC * max(first, 1):
        axis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    else:
        getattr(ax, f"set_{name}scale")("log")
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if last < _DECADES * max(first, 1) else (1,)))
        axis.set_minor_locator(NullLocator())
    axis.set_major_formatter("{x:,.10g}")


def _pyplot() -> Any:
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError(f"plots need matplotlib: {install('plot')}.") from error
    return plt
