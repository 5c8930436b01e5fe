"""Displays hold what they draw, and draw what they hold."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest
from sklearn.linear_model import RidgeClassifier
from sklearn.preprocessing import MinMaxScaler

from infsel import AttentionSelector, InfFS, RankAggregator, StabilitySelector
from infsel.comparison import agreement
from infsel.inspection import HopPathDisplay, RankingComparisonDisplay, StabilityPathDisplay


def test_hop_path(wine, apart, pyplot):
    fitted = InfFS().fit(wine[0])
    display = HopPathDisplay.from_estimator(fitted, p=0.8)
    path = fitted.hop_path(0.8)
    kendall, overlap, selection, share = display.lines_
    np.testing.assert_array_equal(kendall.get_ydata(), path.kendall)
    np.testing.assert_array_equal(overlap.get_ydata(), path.rank_biased_overlap)
    np.testing.assert_array_equal(selection.get_ydata(), path.top_k_overlap)
    np.testing.assert_array_equal(share.get_ydata(), path["share"])
    assert "same ranking from 3 hops on; a single hop: Kendall's tau 0.90" in display.ax_.get_title(loc="left")
    _, ax = pyplot.subplots()
    assert display.plot(ax) is display
    assert (display.ax_, display.figure_) == (ax, ax.figure)
    single = HopPathDisplay.from_estimator(AttentionSelector().fit(wine[0]))
    assert single.ax_.get_title(loc="left") == "same ranking from 1 hop on"
    assert apart(single.figure_) == []
    with pytest.raises(AttributeError, match="no sum over hops"):
        HopPathDisplay.from_estimator(InfFS(propagation="stationary").fit(wine[0]))


def test_the_axis_of_hops_magnifies_nothing():
    curve = np.linspace(0.99975, 1, 25)
    depths = np.unique(np.geomspace(1, 300, 25).round().astype(int))[:25]
    display = HopPathDisplay(
        agreement={"tau": curve[: len(depths)]}, depths=depths, share=curve[: len(depths)], saturation_depth=300
    ).plot()
    assert display.ax_.get_ylim() == (0, 1.03)
    assert display.ax_.get_xscale() == "log"
    assert display.ax_.get_title(loc="left").endswith("a single hop: tau 0.9998")
    below = HopPathDisplay(agreement={"tau": np.array([-0.2, 1])}, depths=[1, 2], share=[0.5, 1], saturation_depth=2)
    assert below.plot().ax_.get_ylim()[0] < -0.2


def test_ranking_comparison(wine, apart, pyplot):
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
    assert apart(display.figure_) == []
    assert display.image_.get_clim() == (-1, 1)


def test_ranks_from_ranking_to_ranking(hostile, apart):
    X, y = hostile
    selectors = {"walks": InfFS().fit(X), "$F_$": SelectKBest().fit(X, y)}
    display = RankingComparisonDisplay.from_estimators(selectors, kind="bump").plot(kind="bump", n_features=5)
    best = np.argsort(np.log(display.rankings).mean(axis=0), kind="stable")[:5]
    np.testing.assert_array_equal(display.shown_, best)
    for line, j in zip(display.lines_, best, strict=True):
        np.testing.assert_array_equal(line.get_ydata(), display.rankings[:, j])
    assert display.ax_.get_yscale() == "linear"
    assert display.ax_.yaxis_inverted()
    labels = {text.get_text() for text in display.ax_.texts}
    assert labels & {"$x_1$", "a_b$"}
    assert len(labels) == 5
    assert apart(display.figure_) == []


def test_members_of_an_aggregator(hostile):
    X, y = hostile
    members = RankAggregator([("F", SelectKBest()), ("walks", InfFS())]).fit(X, y).selectors_
    display = RankingComparisonDisplay.from_estimators(dict(members), kind="bump", feature_names=X.columns)
    assert {text.get_text() for text in display.ax_.texts} & {"$x_1$", "a_b$"}
    assert RankingComparisonDisplay.from_estimators(dict(members)).feature_names[:2] == ["x0", "x1"]


def test_far_ranks_are_on_a_logarithmic_axis(rng, apart):
    rankings = {f"ranking_{k}": rng.permutation(2000) + 1 for k in range(16)}
    display = RankingComparisonDisplay.from_rankings(rankings, kind="bump")
    assert display.ax_.get_yscale() == "log"
    assert apart(display.figure_) == []
    matrix = display.plot()
    assert matrix.text_ is None
    assert apart(matrix.figure_) == []


def test_bumps_need_rankings():
    display = RankingComparisonDisplay(agreement=np.eye(2), names=["a", "b"], measure="kendall")
    with pytest.raises(ValueError, match="kind='bump' draws rankings, and there are none"):
        display.plot(kind="bump")
    with pytest.raises(ValueError, match="kind='bumps' is not known: choose 'matrix' or 'bump'"):
        display.plot(kind="bumps")


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
def test_stability_path(wine, apart, values):
    stability = StabilitySelector(SelectKBest(), n_pairs=5, param_name="k", random_state=0)
    fitted = stability.set_params(param_range=values).fit(*wine)
    display = StabilityPathDisplay.from_estimator(fitted)
    order = np.argsort(-fitted.scores_, kind="stable")
    n_named = min(fitted.support_.sum(), 12)
    drawn = [line.get_ydata() for line in display.lines_]
    np.testing.assert_array_equal(drawn, fitted.stability_path_.T[order[:n_named]])
    others = [segment[:, 1] for segment in display.others_.get_segments()]
    np.testing.assert_array_equal(np.reshape(others, (-1, len(values))), fitted.stability_path_.T[order[n_named:]])
    names = {text.get_text() for text in display.ax_.texts}
    more = {"and 1 more"} if values[0] == "all" else set()
    assert names == more | set(fitted.feature_names_in_[order[:n_named]])
    assert display.ax_.get_xlabel() == "k"
    assert apart(display.figure_) == []


def test_many_features_along_a_path_are_some_lines_and_an_area(rng, apart):
    path = np.sort(rng.random((3, 2000)), axis=0)
    path[:, :30] = 1
    display = StabilityPathDisplay(
        path=path, threshold=0.9999, names=[f"$x_{j}" for j in range(2000)], values=[0.01, 0.1, 1], param_name="C"
    ).plot()
    n_selected = np.count_nonzero(path.max(axis=0) >= 0.9999)
    assert f"and {n_selected - 12} more" in [text.get_text() for text in display.ax_.texts]
    assert len(display.lines_) == 12
    assert len(display.others_.get_segments()) == 500
    assert display.ax_.get_xscale() == "log"
    rest = np.argsort(-path.max(axis=0), kind="stable")[512:]
    [area] = [each for each in display.ax_.collections if each is not display.others_]
    np.testing.assert_allclose(area.get_paths()[0].get_extents().y1, path[:, rest].max())
    assert apart(display.figure_) == []


def test_a_path_that_selects_nothing(rng):
    path, values = rng.random((3, 5)) / 2, [0.3, 0.1, 0.2]
    display = StabilityPathDisplay(path=path, threshold=0.9, names=list("abcde"), values=values, param_name="C").plot()
    assert (display.lines_, list(display.ax_.texts)) == ([], [])
    assert len(display.others_.get_segments()) == 5
    assert display.ax_.get_xscale() == "linear"


@pytest.mark.parametrize("n_features", [13, 60, 600])
def test_stability_without_a_path(rng, apart, n_features):
    X = rng.standard_normal((30, n_features))
    fitted = StabilitySelector(SelectKBest(k=5), n_pairs=3, random_state=0).fit(X, np.arange(30) % 2)
    display = StabilityPathDisplay.from_estimator(fitted)
    shares = np.sort(fitted.scores_)[::-1]
    n_selected = fitted.support_.sum()
    selected, others = [line.get_xdata() if n_features == 13 else line.get_ydata() for line in display.lines_]
    np.testing.assert_array_equal(selected, shares[:n_selected])
    np.testing.assert_array_equal(others, shares[n_selected:])
    assert (len(display.ax_.get_yticklabels()) == 13) == (n_features == 13)
    assert display.lines_[1].get_rasterized() == (n_features == 600)
    assert apart(display.figure_) == []
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


@pytest.mark.parametrize(("display", "message"), [(HopPathDisplay, "no walks"), (StabilityPathDisplay, "no stability")])
def test_a_selector_without_a_path_is_refused(wine, display, message):
    with pytest.raises(TypeError, match=message):
        display.from_estimator(SelectKBest().fit(*wine))
