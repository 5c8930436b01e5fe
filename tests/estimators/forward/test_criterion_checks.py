import pytest
from sklearn.feature_selection import SelectKBest
from sklearn.utils.estimator_checks import parametrize_with_checks

from infsel import CoverageSelector, CriterionSelector, DeflatedPopularity, InfFS, RankAggregator
from infsel.walks._names import CRITERIA


def refused(estimator):
    """Relief needs a dense table and its tags say so, but scikit-learn 1.6 hands it a sparse one with weights."""
    relief = isinstance(estimator, CriterionSelector) and estimator.criterion in ("relieff", "irelief")
    return {"check_sample_weight_equivalence_on_sparse_data": "needs a dense table"} if relief else {}


@parametrize_with_checks(
    [
        CoverageSelector(),
        DeflatedPopularity(),
        *(CriterionSelector(criterion) for criterion in CRITERIA if criterion != "omp"),
        RankAggregator([("coverage", CoverageSelector()), ("popularity", DeflatedPopularity())]),
        RankAggregator([("anova", SelectKBest(k=1)), ("jmi", CriterionSelector())], method="reciprocal-rank"),
        RankAggregator([("inf_fs", InfFS()), ("popularity", DeflatedPopularity())], method="borda", weights=[1, 2]),
    ],
    expected_failed_checks=refused,
)
@pytest.mark.compiled
# the checks standardize their tables, which is what the first warning is about; SelectKBest warns of constant columns
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
@pytest.mark.filterwarnings("ignore:Features .* are constant")
@pytest.mark.filterwarnings("ignore:invalid value encountered in divide")
@pytest.mark.filterwarnings("ignore:Skipping check:sklearn.exceptions.SkipTestWarning")
def test_scikit_learn_conventions(estimator, check):
    check(estimator)
