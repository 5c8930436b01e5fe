import pytest
from public import EVERY
from sklearn.base import clone
from sklearn.feature_selection import SelectFromModel, SelectKBest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import parametrize_with_checks

from infsel import (
    AttentionSelector,
    AttentionSelectorCV,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel.affinities import Dispersion, Redundancy
from infsel.krylov import Krylov

pytestmark = pytest.mark.filterwarnings("ignore:All scores are:UserWarning")  # of attention that stays with each


@parametrize_with_checks(
    [
        InfFS(),
        AttentionSelector(),
        InfFS(n_hops=2, alpha=0.2, normalization="row", readout="received", correlation="pearson"),
        InfFS(propagation="stationary", readout="total", constant_columns="inside"),
        InfFS(affinity=0.3 * Dispersion() + 0.7 * Redundancy("pearson"), propagation="heat"),
        InfFS(correlation="pearson"),  # has partial_fit
        AttentionSelector(exclude_self=True, solver=Krylov(n_landmarks=20, random_state=0)),
        AttentionSelector(temperature="auto", projection="pca"),
        RecursiveElimination(),
        RecursiveElimination(kernel="sum", part_size=5),
        RecursiveElimination(kernel="attention"),
        RecursiveElimination(kernel="linear"),
        InfFSCV(LogisticRegression(), alphas=[0.0, 0.5], n_hops=[1, 2], dampings=[0.9], cv=2),
        InfFSCV(Ridge(), alphas=[0.5], n_hops=[2], n_features_to_select=[0.5, 1.0], cv=2, rule="1se"),
        AttentionSelectorCV(LogisticRegression(), n_features_to_select=[0.5, 1.0], cv=2),
        SelectorCV(LogisticRegression(), param_grid={"kernel": ["linear"]}, n_features_to_select=[0.5, 1.0], cv=2),
        SelectorCV(Ridge(), selector=SelectFromModel(Ridge()), n_features_to_select=[0.5, 1.0], cv=2),
        InfFS(n_features_to_select="auto", threshold="0.5*mean", keep=[0], feature_groups=[[0]]),
        StabilitySelector(InfFS(), n_pairs=2),
        StabilitySelector(SelectKBest(k=1), n_pairs=2),
        KnockoffSelector(SelectKBest(k=1)),
        KnockoffSelector(Ridge(), offset=0),
    ]
)
# the checks standardize their tables, which is what the warning is about
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
# nothing stands out of noise
@pytest.mark.filterwarnings("ignore:No features were selected")
# a sample of some dozen noise columns
@pytest.mark.filterwarnings("ignore:n_landmarks=20 leaves the selection uncertain")
@pytest.mark.filterwarnings("ignore:Skipping check:sklearn.exceptions.SkipTestWarning")
def test_scikit_learn_conventions(estimator, check):
    check(estimator)


# scikit-learn does not run these by itself
OF_OUTPUT = [name for name in dir(estimator_checks) if name.startswith(("check_global", "check_set_output_transform"))]


@pytest.mark.parametrize("check", OF_OUTPUT)
@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")
@pytest.mark.filterwarnings("ignore:No features were selected")
@pytest.mark.filterwarnings("ignore:Features .* are constant")
@pytest.mark.filterwarnings("ignore:X (has|does not have valid) feature names")
def test_outputs_are_what_scikit_learn_asks_for(name, check):
    getattr(estimator_checks, check)(name, clone(EVERY[name]))
