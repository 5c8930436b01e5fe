"""Draw the pictures of docs/displays.md, which tests hold displays against: `python docs/make_displays.py`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from PIL import Image
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from infsel import (
    AttentionSelector,
    CriterionSelector,
    InfFS,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
    inspection,
)
from infsel.datasets import breast_cancer

FOLDER = Path(__file__).parent / "displays"
COLORS = 128  # of a file, which is small then
_SURFACE = "#14181e"  # of dark pages of the site
_DARK = {f"{what}.facecolor": _SURFACE for what in ("axes", "figure", "savefig")}
STYLES: dict[str, list[Any]] = {"light": ["default"], "dark": ["default", "dark_background", _DARK]}


def displays() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Name of each picture, and a function that draws it."""
    X, y = breast_cancer()
    model = make_pipeline(StandardScaler(), LogisticRegression())
    selector = RecursiveElimination(kernel="linear", n_features_to_select=8).fit(X, y)
    halves = [RecursiveElimination(kernel="linear").fit(X[start::2], y[start::2]) for start in (0, 1)]
    stable = StabilitySelector(SelectKBest(k=8), n_pairs=20, random_state=0).fit(X, y)
    yield "scores", lambda: inspection.ScoreDisplay.from_estimator(selector, folds=halves, stability=stable)
    search = SelectorCV(model, selector=SelectKBest(), n_features_to_select=[1, 2, 3, 5, 8, 12, 20, 30], rule="1se")
    search.fit(X, y)
    curve = inspection.SelectionCurveDisplay.from_estimator(search, X, y)  # it fits models: once for both styles
    plt.close(curve.figure_)
    yield "curve", curve.plot
    yield "redundancy", lambda: inspection.RedundancyDisplay.from_estimator(selector, X)
    yield "stability", lambda: inspection.StabilityPathDisplay.from_estimator(stable)
    path = StabilitySelector(SelectKBest(), param_name="k", param_range=[2, 4, 8, 16], n_pairs=20, random_state=0)
    path.fit(X, y)
    yield "path", lambda: inspection.StabilityPathDisplay.from_estimator(path)
    walks = InfFS().fit(MinMaxScaler().set_output(transform="pandas").fit_transform(X))
    yield "explanation", lambda: inspection.ExplanationDisplay.from_estimator(walks, "worst area")
    rankings = {
        "elimination": selector,
        "walks": walks,
        "F test": SelectKBest().fit(X, y),
        "JMI": CriterionSelector("jmi").fit(X, y),
    }
    yield "rankings", lambda: inspection.RankingComparisonDisplay.from_estimators(rankings)
    yield "bump", lambda: inspection.RankingComparisonDisplay.from_estimators(rankings, kind="bump")
    yield "hops", lambda: inspection.HopPathDisplay.from_estimator(walks)
    heads = AttentionSelector(n_heads=4, temperature="auto").fit(X)
    yield "heads", lambda: inspection.AttentionHeadsDisplay.from_estimator(heads, n_features=12)


@contextmanager
def drawn(make: Callable[[], Any], style: str) -> Iterator[Any]:
    """The figure of a display in a style, whatever the user's own is."""
    with mpl.rc_context(), plt.style.context(STYLES[style]):
        figure = make().figure_
        yield figure
        plt.close(figure)


def picture(figure: Any) -> Image.Image:
    """What a figure looks like, in colors of red, green and blue."""
    figure.canvas.draw()
    return Image.fromarray(np.asarray(figure.canvas.buffer_rgba())).convert("RGB")


def main() -> None:
    """Write all."""
    FOLDER.mkdir(exist_ok=True)
    for name, make in displays():
        for style in STYLES:
            with drawn(make, style) as figure:
                small = picture(figure).quantize(COLORS, dither=Image.Dither.NONE)
                small.save(FOLDER / f"{name}-{style}.png", optimize=True)


if __name__ == "__main__":
    mpl.use("Agg")
    main()
