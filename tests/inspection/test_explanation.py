"""Bars are the shares of the table that explains a score."""

import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest

from infsel import AttentionSelector, InfFS
from infsel.inspection import ExplanationDisplay


def widths(bars):
    return [bar.get_width() for bar in bars]


def test_shares(hostile, apart, pyplot):
    fitted = InfFS().fit(hostile[0])
    display = ExplanationDisplay.from_estimator(fitted, "$x_1$", n_neighbors=4)
    found = fitted.explain("$x_1$", n_neighbors=4)
    neighbors, hops = (found[found.part == part] for part in ("neighbor", "hop"))
    np.testing.assert_array_equal(widths(display.bars_[0]), neighbors.share[:-1])
    np.testing.assert_array_equal(widths(display.bars_[1]), hops.share)
    assert display.others == neighbors.share.iloc[-1]
    assert (display.rank, display.score) == (fitted.ranking_[0], fitted.scores_[0])
    assert "8 other columns" in display.axes_[0].get_xlabel()
    assert "$x_1$: rank" in display.axes_[0].get_title(loc="left")
    assert apart(display.figure_) == []
    figure, axes = pyplot.subplots(1, 2)
    assert display.plot(axes).figure_ is figure
    figure, ax = pyplot.subplots()
    assert display.plot(ax).figure_ is figure
    with pytest.raises(ValueError, match="ax: pass 2 axes"):
        display.plot(pyplot.figure().add_axes((0, 0, 1, 1)))


def test_what_inhibits_has_another_color(wine):
    X, y = wine
    settled = InfFS(
        affinity="signed-correlation",
        correlation="pearson",
        start="signed-pearson",
        readout="settled",
        n_hops=3,
        damping=-0.5,
    ).fit(X, (y == 1) * 1.0)
    display = ExplanationDisplay.from_estimator(settled, "proline")
    bars = list(display.bars_[0])
    assert bars[0].get_width() == display.own > 0
    against = [bar.get_width() < 0 for bar in bars]
    assert any(against)
    colors = {(bar.get_width() < 0, bar.get_facecolor()) for bar in bars}
    assert len(colors) == 2
    assert [text.get_text() for text in display.axes_[-1].get_legend().get_texts()] == ["reinforces", "inhibits"]


def test_a_single_hop_has_one_panel(wine):
    display = ExplanationDisplay.from_estimator(AttentionSelector().fit(wine[0]), 0, n_neighbors=20)
    assert len(display.axes_) == len(display.bars_) == 1
    assert sum(widths(display.bars_[0])) == pytest.approx(1)
    assert "other columns" not in display.axes_[0].get_xlabel()


def test_what_does_not_explain(wine):
    X, y = wine
    with pytest.raises(TypeError, match="has no walks to explain scores by"):
        ExplanationDisplay.from_estimator(SelectKBest().fit(X, y), 0)
    with pytest.raises(ValueError, match="'Proline'"):
        ExplanationDisplay.from_estimator(InfFS().fit(X), "Proline")
