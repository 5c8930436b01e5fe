"""Where a display draws."""

from typing import Any


def axes_or_new(ax: Any) -> Any:
    """The given axes, or those of a new figure.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install 'infsel[plot]'.") from error
    return plt.subplots(layout="constrained")[1] if ax is None else ax
