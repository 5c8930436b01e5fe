"""Colors that are told apart with any common color vision, on light and on dark backgrounds.

The hues are those of Okabe and Ito (2008), Color Universal Design, that stand out at 3:1 or more from white and from
black; grays and the ends of color maps are mixed from the style in use.
"""

from itertools import product
from typing import Any

import numpy as np

BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
_DASHES = ("-", "--", "-.", ":")
LINES = [{"color": color, "linestyle": dash} for dash, color in product(_DASHES, (BLUE, VERMILION, GREEN, PURPLE))]


def gray(ax: Any, strength: float) -> np.ndarray:
    """A mixture of the background (0) and the color of text (1)."""
    return _mixed(_background(ax), _foreground(), strength)


def sequential(ax: Any) -> Any:
    """A color map from the background, which is 0, over blue toward the color of text."""
    return _map(_background(ax), BLUE, _mixed(BLUE, _foreground(), 0.6))


def diverging(ax: Any) -> Any:
    """A color map whose middle is the background: vermilion below, blue above."""
    ends = [_mixed(color, _foreground(), 0.5) for color in (VERMILION, BLUE)]
    return _map(ends[0], VERMILION, _background(ax), BLUE, ends[1])


def text_on(color: Any) -> str:
    """Black or white, whichever is read more easily there."""
    return "white" if luminance(color) < 0.18 else "black"  # where both have the same contrast


def luminance(color: Any) -> float:
    """Relative luminance as of the Web Content Accessibility Guidelines, from 0 (black) to 1 (white)."""
    from matplotlib.colors import to_rgb

    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def _map(*colors: Any) -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("infsel", colors)


def _mixed(color: Any, other: Any, share: float) -> np.ndarray:
    from matplotlib.colors import to_rgb

    return (1 - share) * np.array(to_rgb(color)) + share * np.array(to_rgb(other))


def _foreground() -> Any:
    from matplotlib import rcParams

    return rcParams["text.color"]


def _background(ax: Any) -> Any:
    return ax.get_facecolor()
