"""Displays look as in the committed pictures, which docs/displays.md shows: python docs/make_displays.py draws them."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from pictures import ALLOWED, differing, saved
from PIL import Image

DOCS = Path(__file__).parents[2] / "docs"
MOST = 1_500_000  # bytes of all pictures


@pytest.fixture(scope="module")
def made():
    spec = importlib.util.spec_from_file_location("make_displays", DOCS / "make_displays.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_displays_look_as_they_did(made):
    """One test, as most of its time goes into what is fitted."""
    seen, found = set(), {}
    for name, make in made.displays():
        for style in made.STYLES:
            path = DOCS / "displays" / f"{name}-{style}.png"
            with made.drawn(make, style) as figure:
                found[path.stem] = differing(made.picture(figure), saved(path))
            seen.add(path)
    assert {name: share for name, share in found.items() if share > ALLOWED} == {}
    assert seen == set((DOCS / "displays").glob("*.png"))
    assert sum(path.stat().st_size for path in seen) < MOST


BROKEN = {
    "no curve": lambda ax: [line.remove() for line in ax.lines],
    "no numbers at an axis": lambda ax: ax.set(yticks=[]),
    "no texts": lambda ax: [text.remove() for text in ax.texts] + [ax.set(xlabel="", ylabel="")],
    "a curve of other numbers": lambda ax: ax.lines[0].set_ydata(1 - np.asarray(ax.lines[0].get_ydata()) / 2),
    "another color": lambda ax: [line.set(color="red", linewidth=3) for line in ax.lines],
}


@pytest.fixture
def curve(pyplot):
    def curve(change=None, **options):
        with pyplot.rc_context(options):
            figure, ax = pyplot.subplots(layout="constrained")
            ax.plot([0.2, 0.8, 0.6, 0.9], marker="o", label="a curve")
            ax.set(xlabel="number of columns", ylabel="score", title="a title")
            ax.annotate("an annotation", (1, 0.4))
            if change is not None:
                change(ax)
            figure.canvas.draw()
            return Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")

    return curve


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_differs(curve, name):
    assert differing(curve(BROKEN[name]), curve()) > ALLOWED


def test_what_other_versions_change_does_not_differ(curve):
    assert differing(curve(**{"text.hinting": "force_autohint", "lines.antialiased": False}), curve()) <= ALLOWED
    assert differing(curve(lambda ax: ax.tick_params(pad=5)), curve()) <= ALLOWED
    small = curve().quantize(64)
    assert differing(small, curve()) <= ALLOWED


def test_pictures_of_other_sizes_differ(curve):
    assert differing(curve(), curve(**{"figure.figsize": (5, 5)})) == 1
