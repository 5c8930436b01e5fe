"""What a least score may be written as: what scikit-learn's SelectFromModel takes, and nothing that has no value."""

import numpy as np
import pytest
from sklearn.feature_selection._from_model import _calculate_threshold

from infsel import InfFS
from infsel.selection import threshold_value

SCORES = np.array([0.5, 3.0, 1.0, 8.0])


@pytest.mark.parametrize(
    "text",
    ["mean", "median", ".5*mean", "1.*median", "1e-2*median", "-2*mean", "+.5 * mean", " 1.25 *median ", "0*mean"],
)
def test_what_scikit_learn_takes(text):
    assert threshold_value(text, SCORES) == _calculate_threshold(None, SCORES, text)


def test_blanks_around_a_name():
    assert threshold_value(" mean ", SCORES) == SCORES.mean()


@pytest.mark.parametrize(
    "text",
    ["", "*", "*mean", "mean*", "mean*2", "half*mean", "1*2*mean", "nan*mean", "inf*median", "1.25", "means", "2*max"],
)
def test_what_cannot_be_read(text):
    with pytest.raises(ValueError, match=r"threshold='.*' cannot be read: pass a number, 'mean', 'median', or a mult"):
        threshold_value(text, SCORES)


def test_at_the_estimator(table):
    scores = InfFS().fit(table).scores_
    np.testing.assert_array_equal(InfFS(threshold=".5*mean").fit(table).support_, scores >= 0.5 * scores.mean())
