"""Displays hold what they draw, and draw what they hold."""

import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.exceptions import NotFittedError
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest
from sklearn.linear_model import RidgeClassifier
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, InfFS, StabilitySelector
from infsel.comparison import agreement
from infsel.inspection import HopPathDisplay, RankingComparisonDisplay, StabilityPathDisplay


@pytest.fixture(autouse=True)
def pyplot():
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


@pytest.fixture
def wine():
    return load_wine(return_X_y=True, as_frame=True)


def test_hop_path(wine, pyplot):
    fitted = InfFS().fit(wine[0])
    display = HopPathDisplay.from_estimator(fitted, p=0.8)
    path = fitted.hop_path(0.8)
    kendall, overlap, selection, share = display.lines_
    np.testing.assert_array_equal(kendall.get_ydata(), path.kendall)
    np.testing.assert_array_equal(overlap.get_ydata(), path.rank_biased_overlap)
    np.testing.assert_array_equal(selection.get_ydata(), path.top_k_overlap)
    np.testing.assert_array_equal(share.get_ydata(), path["share"])
    assert display.ax_.get_xscale() == "log"
    assert "same ranking from 3 hops on" in display.ax_.texts[0].get_text()
    _, ax = pyplot.subplots()
    assert display.plot(ax) is display
    assert (display.ax_, display.figure_) == (ax, ax.figure)
    single = HopPathDisplay.from_estimator(AttentionSelector().fit(wine[0]))
    assert "same ranking from 1 hop on" in single.ax_.texts[0].get_text()
    single.figure_.canvas.draw()
    with pytest.raises(AttributeError, match="no sum over hops"):
        HopPathDisplay.from_estimator(InfFS(propagation="stationary").fit(wine[0]))


def test_ranking_comparison(wine, pyplot):
    X, y = wine
    selectors = {
        "walks": InfFS().fit(X),
        "one hop": InfFS(n_hops=1).fit(X),
        "F-test": SelectKBest().fit(X, y),
        "recursive": RFE(RidgeClassifier(), n_features_to_select=1).fit(X, y),
    }
    display = RankingComparisonDisplay.from_estimators(selectors, measure="top-k-overlap", k=5)
    f_test = np.argsort(np.argsort(-selectors["F-test"].scores_)) + 1
    rankings = [selectors["walks"].ranking_, selectors["one hop"].ranking_, f_test, selectors["recursive"].ranking_]
    np.testing.assert_array_equal(display.agreement, agreement(rankings, "top-k-overlap", k=5))
    np.testing.assert_array_equal(display.image_.get_array(), display.agreement)
    assert display.text_[0, 2].get_text() == f"{display.agreement[0, 2]:.2f}"
    assert [label.get_text() for label in display.ax_.get_xticklabels()] == list(selectors)
    assert display.measure == "top k overlap, k = 5"
    _, ax = pyplot.subplots()
    assert display.plot(ax=ax).figure_ is ax.figure
    display.figure_.canvas.draw()


def test_ties_rank_in_column_order(wine):
    X, y = wine
    ties = RFE(RidgeClassifier(), n_features_to_select=11).fit(X, y)
    model = SelectFromModel(RidgeClassifier()).fit(X, y)
    display = RankingComparisonDisplay.from_estimators({"ties": ties, "model": model})
    worth = np.linalg.norm(model.estimator_.coef_, axis=0)
    rankings = [np.argsort(np.argsort(key, kind="stable")) + 1 for key in (ties.ranking_, -worth)]
    np.testing.assert_array_equal(display.agreement, agreement(rankings))


def test_rankings_that_are_none(wine):
    X, _ = wine
    with pytest.raises(TypeError, match=r"selector 'other', .* has no ranking_, feature_importances_"):
        RankingComparisonDisplay.from_estimators({"walks": InfFS().fit(X), "other": MinMaxScaler().fit(X)})
    with pytest.raises(ValueError, match="measure='cosine' is not known"):
        RankingComparisonDisplay.from_rankings({"a": [1, 2]}, measure="cosine")
    with pytest.raises(ValueError, match=r"of (2 and of 3|3 and of 2) features"):
        RankingComparisonDisplay.from_rankings({"a": [1, 2], "b": [1, 2, 3]})


@pytest.mark.parametrize("values", [[1, 3, 5], ["all", 5]])
def test_stability_path(wine, values):
    stability = StabilitySelector(SelectKBest(), n_pairs=5, param_name="k", random_state=0)
    fitted = stability.set_params(param_range=values).fit(*wine)
    display = StabilityPathDisplay.from_estimator(fitted)
    for line, shares in zip(display.lines_, fitted.stability_path_.T, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), shares)
    legend = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert set(legend) - {"threshold 0.75", "and 1 more"} <= set(fitted.get_feature_names_out())
    assert len(legend) == 1 + min(fitted.support_.sum(), 13)
    assert display.ax_.get_xlabel() == "k"
    display.figure_.canvas.draw()


def test_many_stable_features_do_not_fill_the_legend(rng):
    path = np.ones((2, 30))
    display = StabilityPathDisplay(path=path, threshold=0.6, names=list(map(str, range(30))), values=[1, 2]).plot()
    legend = [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert len(legend) == 14
    assert "and 18 more" in legend


@pytest.mark.parametrize("n_features", [13, 60])
def test_stability_without_a_path(rng, n_features):
    X = rng.standard_normal((30, n_features))
    fitted = StabilitySelector(SelectKBest(k=5), n_pairs=3, random_state=0).fit(X, np.arange(30) % 2)
    display = StabilityPathDisplay.from_estimator(fitted)
    np.testing.assert_array_equal(display.lines_[0].get_ydata(), np.sort(fitted.scores_)[::-1])
    named = len(display.ax_.get_xticklabels()) == n_features
    assert named == (n_features == 13)
    display.figure_.canvas.draw()
    with pytest.raises(NotFittedError):
        StabilityPathDisplay.from_estimator(StabilitySelector(SelectKBest()))


def test_without_matplotlib_only_plots_fail():
    code = """
import sys
sys.modules["matplotlib"] = None
from infsel.inspection import RankingComparisonDisplay
display = RankingComparisonDisplay(agreement=[[1.0]], names=["a"], measure="kendall")
try:
    display.plot()
except ImportError as error:
    raise SystemExit("infsel[plot]" not in str(error))
raise SystemExit(2)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
