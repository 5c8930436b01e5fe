import pytest
from sklearn.feature_selection import SelectKBest
from sklearn.utils.estimator_checks import parametrize_with_checks

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS, RankAggregator
from infsel.walks._names import CRITERIA


@parametrize_with_checks(
    [
        CoverageSelector(),
        DeflatedPopularity(),
        *(CriterionSelector(criterion) for criterion in CRITERIA if criterion != "omp"),
        RankAggregator([("coverage", CoverageSelector()), ("popularity", DeflatedPopularity())]),
        RankAggregator([("anova", SelectKBest(k=1)), ("jmi", CriterionSelector())], method="reciprocal-rank"),
        RankAggregator([("inf_fs", InfFS()), ("popularity", DeflatedPopularity())], method="borda", weights=[1, 2]),
    ],
)
@pytest.mark.compiled
# the checks standardize their tables, which is what the first warning is about; SelectKBest warns of constant columns
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
@pytest.mark.filterwarnings("ignore:Features .* are constant")
@pytest.mark.filterwarnings("ignore:invalid value encountered in divide")
@pytest.mark.filterwarnings("ignore:Skipping check:sklearn.exceptions.SkipTestWarning")
def test_scikit_learn_conventions(estimator, check):
    check(estimator)
