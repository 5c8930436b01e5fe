import numpy as np
import pytest
from scipy.stats import kendalltau
from sklearn.feature_selection import SelectFromModel, SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler

from infsel import CoverageSelector, InfFS
from infsel.studies import score_agreement


@pytest.mark.parametrize("n_jobs", [None, 2])
def test_it_is_that_of_the_scores_of_the_whole_table(rng, n_jobs):
    X, y = rng.standard_normal((40, 8)), np.arange(40) % 2
    selectors = {"walks": InfFS(), "scaled": make_pipeline(MinMaxScaler(), InfFS()), "greedy": CoverageSelector()}
    found = score_agreement(selectors, X, y, reference="walks", size=3, n_jobs=n_jobs)
    walks = InfFS().fit(X).scores_
    scaled = InfFS().fit(MinMaxScaler().fit_transform(X)).scores_
    greedy = CoverageSelector(n_features_to_select=3).fit(X, y).scores_
    expected = [kendalltau(scores, walks).statistic for scores in (walks, scaled, greedy)]
    np.testing.assert_allclose(list(found.values()), expected)
    assert found["walks"] == pytest.approx(1)


@pytest.mark.filterwarnings("ignore:All columns have the same", "ignore:The affinity is zero")
def test_equal_scores_agree_with_nothing(rng):
    X = np.repeat(rng.standard_normal((20, 1)), 3, axis=1)
    assert np.isnan(score_agreement({"walks": InfFS()}, X, None, reference="walks", size=1)["walks"])


def test_what_has_no_scores_is_refused(rng):
    X, y = rng.standard_normal((20, 3)), np.arange(20) % 2
    selectors = {"f": SelectKBest(), "model": SelectFromModel(LogisticRegression())}
    with pytest.raises(TypeError, match=r"selector 'model', .* has no scores_"):
        score_agreement(selectors, X, y, reference="f", size=2)
    with pytest.raises(ValueError, match="reference='g' is not known"):
        score_agreement(selectors, X, y, reference="g", size=2)
