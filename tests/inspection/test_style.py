"""Colors stand out on light and on dark backgrounds."""

import numpy as np
import pytest

from infsel.inspection._style import BLUE, GREEN, LINES, PURPLE, VERMILION, diverging, luminance, sequential, text_on

STYLES = ["default", "dark_background"]


def contrast(a, b):
    """As the Web Content Accessibility Guidelines have it, from 1 to 21."""
    high, low = sorted([luminance(a), luminance(b)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", [BLUE, VERMILION, GREEN, PURPLE])
def test_hues_have_contrast(color):
    assert contrast(color, "white") >= 3
    assert contrast(color, "black") >= 3
    assert contrast(text_on(color), color) >= 4.5


def test_contrast_is_that_of_the_guidelines():
    assert contrast("black", "white") == pytest.approx(21)
    assert contrast("#767676", "white") == pytest.approx(4.54, abs=0.01)


def test_lines_differ_in_color_or_dash():
    assert len({tuple(style.values()) for style in LINES}) == len(LINES) == 16


@pytest.mark.parametrize("style", STYLES)
def test_maps_begin_at_the_background_and_leave_it_steadily(pyplot, style):
    with pyplot.style.context(style):
        _, ax = pyplot.subplots()
        background = ax.get_facecolor()[:3]
        up, both = sequential(ax), diverging(ax)
        distances = [[contrast(map_(x)[:3], background) for x in np.linspace(*ends, 20)] for map_, ends in [
            (up, (0, 1)), (both, (0.5, 1)), (both, (0.5, 0))]]  # fmt: skip
    for of_one in distances:
        assert of_one[0] == pytest.approx(1, abs=0.03)
        assert (np.diff(of_one) > 0).all()
        assert of_one[-1] >= 7
