"""Where warnings point, and how often they come."""

import inspect
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from joblib import parallel_config
from public import EVERY
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from infsel import (
    AttentionSelectorCV,
    CoverageSelector,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    StabilitySelector,
    inf_fs_path,
)
from infsel._runtime.warning import once, warn
from infsel.affinities import Dispersion
from infsel.krylov import Krylov

FLAT = "All columns have the same standard deviation"
SETTLED = "The scores are known to a relative error of"
ROUGH = InfFS(solver=Krylov(max_iter=1))  # halves of a standardized table are not flat, and this is not known well
GRID = {"alphas": [0.5, 1.0], "n_hops": [1, 2], "dampings": [0.5, 0.9], "n_features_to_select": [1, 2], "cv": 3}


@pytest.fixture
def X(rng):
    return StandardScaler().fit_transform(rng.standard_normal((60, 6)))


@pytest.fixture
def y():
    return np.arange(60) % 2


CALLS = {
    "fit": lambda X, y: InfFS().fit(X),
    "fit_transform": lambda X, y: InfFS().fit_transform(X),
    "set_output": lambda X, y: InfFS().set_output(transform="pandas").fit_transform(X),
    "partial_fit": lambda X, y: InfFS(correlation="pearson").partial_fit(X),
    "pipeline": lambda X, y: make_pipeline(InfFS(), GaussianNB()).fit(X, y),
    "affinity": lambda X, y: Dispersion()(X),
    "path": lambda X, y: inf_fs_path(X),
    "search": lambda X, y: InfFSCV(GaussianNB(), **GRID).fit(X, y),
    "search, threads": lambda X, y: in_threads(InfFSCV(GaussianNB(), n_jobs=2, **GRID), X, y),
    "stability": lambda X, y: StabilitySelector(ROUGH, n_pairs=3).fit(X),
    "stability of sizes": lambda X, y: StabilitySelector(
        ROUGH, n_pairs=2, param_name="n_features_to_select", param_range=[1, 2]
    ).fit(X),
    "stability, threads": lambda X, y: in_threads(StabilitySelector(ROUGH, n_pairs=3, n_jobs=2), X, y),
    "aggregator": lambda X, y: RankAggregator([("a", InfFS()), ("b", InfFS(alpha=0.1))]).fit(X, y),
    "aggregator, threads": lambda X, y: RankAggregator([("a", InfFS()), ("b", InfFS(alpha=0.1))], n_jobs=2).fit(X, y),
    "nested": lambda X, y: StabilitySelector(RankAggregator([("a", ROUGH), ("b", ROUGH)]), n_pairs=2).fit(X, y),
    "landmarks": lambda X, y: InfFS(solver=Krylov(n_landmarks=16, random_state=0)).fit(
        np.c_[X, X[::-1], np.roll(X, 7, axis=0)]
    ),
}


def in_threads(estimator, X, y):
    with parallel_config(backend="threading"):
        return estimator.fit(X, y)


def heard(call, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call(*arguments)
    return caught


@pytest.mark.parametrize("name", CALLS)
def test_the_line_of_the_user_and_once(X, y, name):
    caught = [warning for warning in heard(CALLS[name], X, y) if str(warning.message).startswith((FLAT, SETTLED))]
    assert [warning.filename for warning in caught] == [__file__]
    source, first = inspect.getsourcelines(in_threads if ", threads" in name and "agg" not in name else CALLS[name])
    assert first <= caught[0].lineno < first + len(source)


@pytest.mark.parametrize("backend", ["loky", "threading"])
def test_processes_send_their_warnings_back(X, y, backend):
    with parallel_config(backend=backend, n_jobs=2):
        caught = heard(StabilitySelector(ROUGH, n_pairs=2).fit, X, y)
    assert [str(warning.message)[: len(SETTLED)] for warning in caught] == [SETTLED]


def test_a_search_warns_once_of_what_all_cells_have(rng, y):
    X = rng.standard_normal((60, 6)) * np.arange(1, 7)
    for call in (
        lambda: InfFSCV(GaussianNB(), selector=ROUGH, **GRID).fit(X, y),
        lambda: inf_fs_path(X, solver=Krylov(max_iter=1)),
        lambda: ROUGH.fit(X),
    ):
        caught = heard(call)
        assert [str(warning.message)[: len(SETTLED)] for warning in caught] == [SETTLED]
        assert caught[0].filename == __file__


def test_different_warnings_all_come(X):
    caught = heard(InfFS(solver=Krylov(max_iter=1), alpha=0.5).fit, X)
    assert sorted(str(warning.message)[:10] for warning in caught) == sorted([FLAT[:10], SETTLED[:10]])


def test_a_grid_search_points_at_its_line(X, y):
    grid = GridSearchCV(make_pipeline(InfFS(), GaussianNB()), {"inffs__alpha": [0.1, 0.9]}, cv=2)
    assert {warning.filename for warning in heard(grid.fit, X, y)} == {__file__}


@pytest.mark.parametrize("name", ["KnockoffSelector", "StabilitySelector", "InfFS"])
def test_an_empty_selection_is_warned_of_at_the_line(X, y, name):
    if name == "InfFS":
        fitted = InfFS(alpha=0, threshold=1e9).fit(X, y)
    else:
        fitted = clone(EVERY[name]).set_params(**({"selector__alpha": 0} if name[0] == "S" else {})).fit(X, y)
        fitted.threshold_ = np.inf
    caught = heard(fitted.transform, X)
    assert [warning.filename for warning in caught] == [__file__]


def test_a_call_off_the_main_thread_still_warns(X):
    def fit():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            InfFS().fit(X)

    with ThreadPoolExecutor(1) as pool, pytest.raises(UserWarning, match=FLAT):
        pool.submit(fit).result()


def test_what_fails_has_warned_before(X):
    with pytest.warns(UserWarning, match=FLAT), pytest.raises(ValueError, match="diverge"):
        InfFS(normalization="none").fit(X)


def test_once_keeps_the_first_of_each_line():
    def work():
        for k in range(3):
            warn(f"first {k}")
            warn(f"second {k}", DeprecationWarning)

    def together():
        with once():
            work()
            with once():
                work()

    assert [str(warning.message) for warning in heard(together)] == ["first 0", "second 0"]
    assert len(heard(work)) == 6


def test_selectors_without_anything_to_say_are_silent(X, y):
    assert not heard(CoverageSelector().fit, X, y)
    assert not heard(KnockoffSelector(InfFS(affinity="attention", readout="seeded", start="anova")).fit, X, y)
    assert not heard(AttentionSelectorCV(GaussianNB(), cv=2, n_features_to_select=[2]).fit, X, y)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "KnockoffSelector"])
def test_a_row_number_is_warned_of_once(X, y, name):
    numbered = np.column_stack([X, np.arange(len(X))])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        clone(EVERY[name]).fit(numbered, y)
    assert sum("may name or number" in str(warning.message) for warning in caught) == 1
