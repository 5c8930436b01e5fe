"""What the chosen parts do not read is refused by name, wherever it comes from; defaults are no request."""

import re

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from infsel import AttentionSelector, InfFS, InfFSCV, inf_fs_path
from infsel.affinities import Dispersion, Redundancy
from infsel.krylov import Krylov
from infsel.propagations import Heat, Hops

pytestmark = pytest.mark.filterwarnings("ignore:All columns have the same standard deviation")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"affinity": Redundancy(), "alpha": 0.3}, r"alpha=0.3 is not read by affinity=Redundancy\(\)"),
        ({"affinity": "attention", "alpha": 0.3}, "alpha=0.3 is not read by affinity='attention'"),
        ({"affinity": "signed-correlation", "alpha": 0}, "alpha=0 is not read"),
        ({"affinity": "attention", "correlation": "nonsense"}, "correlation='nonsense' is not read by affinity="),
        ({"affinity": np.eye(9), "correlation": "pearson"}, "correlation='pearson' is not read by affinity=a ndarray"),
        ({"propagation": Heat(2.0), "n_hops": 3}, r"n_hops=3 is not read by propagation=Heat\(time=2.0\)"),
        ({"propagation": "stationary", "damping": 0.5}, "damping=0.5 is not read by propagation='stationary'"),
        ({"propagation": "resolvent", "n_hops": 2}, "n_hops=2 is not read by propagation='resolvent'"),
        ({"propagation": Hops(3), "damping": 0.5}, "damping=0.5 is not read"),
        ({"propagation": "heat", "n_hops": 1}, "n_hops=1 is not read"),
    ],
)
def test_parameters_beside_parts_that_do_not_read_them(table, parameters, message):
    with pytest.raises(ValueError, match=message):
        InfFS(**parameters).fit(table)
    with pytest.raises(ValueError, match=message):
        clone(InfFS(**parameters)).fit(table)


@pytest.mark.parametrize(
    "parameters",
    [
        {"affinity": Redundancy(), "alpha": 0.5, "correlation": "spearman"},
        {"affinity": np.eye(9), "n_hops": float("inf"), "damping": np.float64(0.9)},
        {"propagation": Heat(), "alpha": 0.1, "n_hops": np.inf, "damping": 0.9},
        {"affinity": "signed-correlation", "correlation": "pearson"},
        {"propagation": "pagerank", "damping": 0.5},
    ],
)
def test_defaults_and_what_is_read_pass(table, parameters):
    InfFS(**parameters).fit(table)


@pytest.mark.parametrize(
    "parameters",
    [
        {"exclude_self": True},
        {"n_heads": 2},
        {"pooling": "max"},
        {"projection": "pca"},
        {"solver": Krylov(n_landmarks=20)},
    ],
    ids=repr,
)
def test_the_asking_target_reads_nothing_but_a_temperature(table, parameters):
    name, value = next(iter(parameters.items()))
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r} is not read by target_token=True")):
        AttentionSelector(target_token=True, **parameters).fit(table, np.arange(40) % 2)
    AttentionSelector(target_token=True, temperature=2.0).fit(table, np.arange(40) % 2)


def test_a_grid_over_an_idle_parameter_fails_and_does_not_compare_equals(table):
    pipeline = make_pipeline(InfFS(affinity=Dispersion()), LogisticRegression())
    search = GridSearchCV(pipeline, {"inffs__alpha": [0.2, 0.8]}, cv=2, error_score="raise")
    with pytest.raises(ValueError, match=r"alpha=0.2 is not read by affinity=Dispersion\(\)"):
        search.fit(table, np.arange(40) % 2)


def test_paths_and_searches_leave_idle_parameters_alone(table):
    path = inf_fs_path(table, affinity=Redundancy(), n_hops=[1, 2])
    assert path.scores.shape == (1, 2, 2, 9)
    with pytest.raises(ValueError, match="correlation='pearson' is not read"):
        inf_fs_path(table, affinity=Redundancy(), correlation="pearson")
    search = InfFSCV(LogisticRegression(), selector=InfFS(affinity=Redundancy(), propagation=Heat()), cv=2)
    assert search.fit(table, np.arange(40) % 2).best_params_["alpha"] == 0.5
    selector = InfFS(affinity=Redundancy(), alpha=0.2)
    with pytest.raises(ValueError, match=r"alpha=0\.2 is not read"):
        InfFSCV(LogisticRegression(), selector=selector, cv=2).fit(table, np.arange(40) % 2)


def test_more_hops_than_numbers_can_count(table):
    with pytest.raises(ValueError, match=r"n_hops=1e\+300: pass a whole number from 1 up, or numpy.inf"):
        InfFS(n_hops=1e300).fit(table)
