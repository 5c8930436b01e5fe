import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from infsel import AttentionSelector, InfFS


@parametrize_with_checks(
    [
        InfFS(),
        AttentionSelector(),
        InfFS(n_hops=2, alpha=0.2, normalization="row", readout="received", correlation="pearson"),
        AttentionSelector(exclude_self=True),
    ]
)
# the checks standardize their tables, which is what the warning is about
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
@pytest.mark.filterwarnings("ignore:Skipping check:sklearn.exceptions.SkipTestWarning")
def test_scikit_learn_conventions(estimator, check):
    check(estimator)
