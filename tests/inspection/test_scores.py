"""Bars are scores, best first; one row stands for all others."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest
from sklearn.linear_model import Ridge, RidgeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from infsel import InfFS, RecursiveElimination, SelectorCV, StabilitySelector
from infsel.inspection import ScoreDisplay
from infsel.inspection._style import BLUE
from infsel.krylov import Krylov


def widths(display):
    return [bar.get_width() for bar in display.bars_]


def test_bars(hostile, apart, pyplot):
    X, _ = hostile
    fitted = InfFS(n_features_to_select=4).fit(X)
    display = ScoreDisplay.from_estimator(fitted)
    order = np.argsort(fitted.ranking_)
    np.testing.assert_array_equal(display.shown_, order)
    np.testing.assert_array_equal(widths(display), fitted.scores_[order])
    blue = [bar.get_facecolor()[:3] == pyplot.matplotlib.colors.to_rgb(BLUE) for bar in display.bars_]
    assert blue == [True] * 4 + [False] * 8
    assert [text.get_text() for text in display.ax_.get_legend().get_texts()] == ["selected", "not selected"]
    assert display.rest_ == []
    assert apart(display.figure_) == []
    _, ax = pyplot.subplots()
    assert display.plot(ax).ax_ is ax


def test_the_rest_is_one_row(rng, apart):
    scores = rng.standard_normal(2000)
    ranking = np.argsort(np.argsort(-scores)) + 1
    display = ScoreDisplay(
        scores=scores, ranking=ranking, support=ranking <= 100, names=[f"$x_{{{j}}}" for j in range(2000)]
    ).plot()
    best, rest = -np.sort(-scores)[:30], np.sort(scores)[:-30]
    np.testing.assert_array_equal(widths(display), best)
    whole, half, middle = display.rest_
    np.testing.assert_array_equal(whole.get_segments()[0][:, 0], [rest[0], rest[-1]])
    np.testing.assert_allclose(half.get_segments()[0][:, 0], np.quantile(rest, [0.25, 0.75]))
    assert middle.get_xdata()[0] == np.median(rest)
    assert display.ax_.get_yticklabels()[-1].get_text() == "1,970 others, 70 selected"
    assert apart(display.figure_) == []


def test_a_single_one_more_has_a_bar_of_its_own(rng):
    display = ScoreDisplay(
        scores=np.arange(6.0), ranking=np.arange(6, 0, -1), support=np.zeros(6, dtype=bool), names=list("abcdef")
    )
    assert len(display.plot(n_features=5).bars_) == 6
    assert len(display.plot(n_features=4).bars_) == 4
    assert display.ax_.get_yticklabels()[-1].get_text() == "2 others"


def test_folds_and_stability(wine, apart):
    X, y = wine
    fitted = SelectKBest(k=3).fit(X, y)
    folds = [clone(fitted).fit(X[start::3], y[start::3]) for start in range(3)]
    stability = StabilitySelector(SelectKBest(k=3), n_pairs=4, random_state=0).fit(X, y)
    display = ScoreDisplay.from_estimator(fitted, folds=folds, stability=stability)
    found = np.array([fold.scores_ for fold in folds])[:, display.shown_]
    drawn = np.array([segment[:, 0] for segment in display.intervals_.get_segments()])
    np.testing.assert_array_equal(drawn, np.stack([found.min(axis=0), found.max(axis=0)], axis=1))
    shares = [f"{share:.0%} of fits" for share in stability.scores_[display.shown_]]
    assert [text.get_text() for text in display.ax_.texts] == ["selected in", *shares]
    assert "range over 3 folds" in [text.get_text() for text in display.ax_.get_legend().get_texts()]
    assert apart(display.figure_) == []
    with pytest.raises(ValueError, match="folds knows 12 columns and the selector 13"):
        ScoreDisplay.from_estimator(fitted, folds=[SelectKBest().fit(X.iloc[:, 1:], y)])
    with pytest.raises(ValueError, match="stability knows 13 columns and the selector 5"):
        ScoreDisplay.from_estimator(SelectKBest(k=1).fit(X.iloc[:, :5], y), stability=stability)


def test_estimated_scores_have_standard_errors(rng):
    fitted = InfFS(solver=Krylov(n_landmarks=20), n_features_to_select=3).fit(rng.standard_normal((30, 60)))
    display = ScoreDisplay.from_estimator(fitted)
    drawn = np.array([segment[:, 0] for segment in display.intervals_.get_segments()])
    spread = fitted.score_errors_[display.shown_]
    np.testing.assert_allclose(np.diff(drawn)[:, 0], 2 * spread)
    assert display.interval_label == "± one standard error"


def test_elimination_shows_what_columns_are_worth(wine):
    X, y = wine
    X = X.assign(twice=2 * X.proline)
    fitted = RecursiveElimination().fit(X, y)
    display = ScoreDisplay.from_estimator(fitted)
    np.testing.assert_array_equal(widths(display), np.nan_to_num(fitted.importances_[display.shown_]))
    assert display.label == "share of the target explained"


def test_what_ranks_inside_others(wine):
    X, y = wine
    search = SelectorCV(RidgeClassifier(), selector=SelectKBest(), cv=2, n_features_to_select=[2]).fit(X, y)
    piped = make_pipeline(StandardScaler(), SelectKBest(k=2)).fit(X, y)
    model = SelectFromModel(Ridge()).fit(X, y)
    expected = {search: search.scores_, piped: piped[-1].scores_, model: np.abs(model.estimator_.coef_)}
    rfe = RFE(Ridge(), n_features_to_select=5).fit(X, y)
    expected[rfe] = [np.mean(rfe.ranking_ >= own) for own in rfe.ranking_]
    for estimator, scores in expected.items():
        np.testing.assert_allclose(ScoreDisplay.from_estimator(estimator).scores, scores)
    with pytest.raises(TypeError, match=r"has no scores_, feature_importances_ or coef_"):
        ScoreDisplay.from_estimator(MinMaxScaler().fit(X))


def test_infinite_scores_are_as_long_as_the_largest():
    scores = np.array([np.inf, 3.0, np.nan])
    display = ScoreDisplay(scores=scores, ranking=np.array([1, 2, 3]), support=scores > 1, names=list("abc")).plot()
    assert widths(display) == [3, 3, 0]
    assert display.plot(n_features=1).ax_.get_yticklabels()[-1].get_text() == "2 others, 1 selected"
    assert display.rest_[2].get_xdata()[0] == 3
    display.scores = np.array([1.0, np.nan, np.nan])
    assert display.plot(n_features=1).rest_ == []
