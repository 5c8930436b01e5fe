"""The engine as one checked object."""

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline

from infsel import AttentionSelector, InfFS, StabilitySelector
from infsel.krylov import Krylov


@pytest.mark.parametrize(
    ("parameter", "inside", "outside"),
    [
        ("tol", [1e-15, 0.5], [0, 1, -1e-3, np.nan, "small", None, True]),
        ("max_iter", [1, 1000], [0, -1, 2.5, np.inf, "many", None]),
        ("max_memory", [None, 0, 0.5, 10_000], [-1, np.nan, np.inf, "1GB"]),
        ("n_landmarks", [None, 16, np.int64(40)], [15, 0, 20.5, "many", True]),
        ("random_state", [None, 0, 2**32 - 1, np.random.RandomState(0)], [-1, 2**32, 0.5, "seed"]),
    ],
)
def test_each_parameter_states_its_range(parameter, inside, outside):
    for value in inside:
        Krylov(**{parameter: value}).check()
    for value in outside:
        solver = Krylov(**{parameter: value})  # nothing is checked before it is used
        for selector in (InfFS(solver=solver), AttentionSelector(solver=solver)):
            with pytest.raises(ValueError, match=rf"^Krylov\.{parameter}=.*: pass "):
                selector.fit(np.eye(5))


def test_the_usual_solver_is_none(table):
    np.testing.assert_array_equal(InfFS(solver=Krylov()).fit(table).scores_, InfFS().fit(table).scores_)


def test_a_tolerance_is_met_with_fewer_products(rng):
    X = rng.standard_normal((40, 300))
    rough, fine = InfFS(solver=Krylov(tol=1e-3)).fit(X), InfFS(solver=Krylov(tol=1e-14)).fit(X)
    assert rough.n_iter_ < fine.n_iter_
    assert fine.error_ < rough.error_ < 1e-2


def test_a_grid_search_reaches_it(rng):
    X, y = rng.standard_normal((40, 12)), np.arange(40) % 2
    pipeline = make_pipeline(InfFS(solver=Krylov(), n_features_to_select=3), GaussianNB())
    search = GridSearchCV(pipeline, {"inffs__solver__tol": [1e-3, 1e-9]}, cv=2).fit(X, y)
    assert search.best_params_["inffs__solver__tol"] == 1e-3
    assert pipeline[0].solver.tol == 1e-11


def test_a_clone_has_a_solver_of_its_own():
    selector = InfFS(solver=Krylov(tol=1e-6))
    other = clone(selector).set_params(solver__tol=1e-3)
    assert (selector.solver.tol, other.solver.tol) == (1e-6, 1e-3)


@pytest.mark.filterwarnings("ignore:n_landmarks=16 leaves the selection uncertain")
@pytest.mark.filterwarnings("ignore:No features were selected")
def test_halves_seed_the_landmarks(rng):
    X = rng.standard_normal((40, 60))
    selector = InfFS(solver=Krylov(n_landmarks=16), n_features_to_select=5)
    first, again = (StabilitySelector(selector, n_pairs=2, random_state=3).fit(X).scores_ for _ in range(2))
    np.testing.assert_array_equal(first, again)
