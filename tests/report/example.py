"""A report whose numbers nothing computes, so that its page changes where the page is changed."""

import numpy as np
import pandas as pd

from infsel.inspection import RedundancyDisplay
from infsel.report import Cluster, Report
from infsel.studies import Alert, SelectorComparison

NAMES = [
    "area",
    "texture",
    "smoothness",
    "perimeter of the hull",
    "width",
    "width (copy)",
    "radius",
    "color",
    "height",
    "weight",
    "a_name_of_many_letters_without_a_space",
    "batch",
]
REASONS = ["near copy of area, r = .98", "copy of width", "dropped in round 3 of 7", "no more than chance", "constant"]
SELECTORS = ("RecursiveElimination", "CriterionSelector, jmi", "F-test", "all columns", "random columns")
SIZES = (1, 2, 3, 6, 12)


def example():
    """Five of twelve columns are selected."""
    selected = np.arange(12) < 5
    columns = pd.DataFrame({"feature": NAMES, "rank": np.arange(1, 13), "selected": selected})
    columns["number"] = [4, 7, 1, 12, 2, 3, 11, 5, 8, 6, 9, 10]
    columns["reason"] = ["selected"] * 5 + [REASONS[k] for k in (1, 0, 2, 2, 3, 3, 4)]
    columns["importance"] = [*np.round(0.6 * 0.7 ** np.arange(10), 3), -0.002, np.nan]
    columns["p_value"] = [0.1] * 7 + [0.3, 0.4, 1, 1, np.nan]
    columns["round"] = [7, 7, 6, 5, 5, np.nan, 4, 3, 3, 2, 1, np.nan]
    columns["kind"] = ["nominal" if name == "color" else "numeric" for name in NAMES]
    columns["missing"] = [0.25 if name == "height" else 0 for name in NAMES]
    alerts = (
        Alert("copy", ("width (copy)", "width"), "'width (copy)' is a copy of 'width'"),
        Alert("leak", ("area",), "'area' alone tells the target"),
        Alert("missing", ("height",), "'height' is missing in 25 of 100 rows"),
    )
    rounds = pd.DataFrame({"n_features": [12, 10, 8, 6, 4, 2, 1], "explained": [0.8, 0.81, 0.82, 0.82, 0.8, 0.7, 0.5]})
    rounds["standard_error"], rounds["by_chance"] = 0.03, [0.05, 0.04, 0.03, 0.03, 0.02, 0.01, 0.0]
    hops = pd.DataFrame({"n_hops": [1, 2, 3, 4], "kendall": [0.9, 0.95, 0.99, 1]})
    hops["rank_biased_overlap"], hops["share"] = [0.95, 0.97, 1, 1], [0.1, 0.19, 0.27, 0.34]
    return Report(
        name="measurements.csv",
        target="diagnosis",
        task="classification",
        n_samples=40_000,
        n_features=12,
        n_judged=10_000,
        model="logistic regression",
        verdict=("Keep 5 of 12 columns: “area”, “texture”, “smoothness” and 2 more.", "A second sentence.", "A third."),
        notes=("separated by ';'",),
        alerts=alerts,
        comparison=_comparison(),
        n_selected=3,
        columns=columns,
        path=rounds,
        clusters=(Cluster("area", (("radius", 0.98),)), Cluster("width", (("width (copy)", 1.0),))),
        redundancy=_redundancy(),
        hops=hops,
        code="import pandas as pd\n\nframe = pd.read_csv('measurements.csv')  # a line longer than a phone is wide",
    )


def _comparison():
    heights = np.array([[0.7, 0.8, 0.9, 0.92, 0.93], [0.7, 0.75, 0.85, 0.9, 0.93], [0.6, 0.7, 0.78, 0.88, 0.93]])
    heights = np.vstack([heights, np.full(5, 0.93), [0.52, 0.6, 0.7, 0.8, 0.93]])
    scores = heights[:, None, :, None] + 0.02 * np.array([-1, 0, 1])
    shape = (len(SELECTORS), len(SIZES), 3)
    return SelectorComparison(
        selectors=SELECTORS,
        models=("simple",),
        sizes=SIZES,
        metric="balanced_accuracy",
        test_shares=np.full(3, 1 / 3),
        scores=scores,
        selected=np.zeros((*shape, 12), dtype=bool),
        select_seconds=np.zeros(shape),
        train_seconds=np.zeros((len(SELECTORS), 1, len(SIZES), 3)),
    )


def _redundancy():
    apart = np.abs(np.subtract.outer(np.arange(12), np.arange(12)))
    return RedundancyDisplay(affinity=np.exp(-apart / 3), columns=np.arange(12), names=NAMES, ranking=np.arange(1, 13))
