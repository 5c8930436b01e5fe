"""Every estimator states what its parameters may be, checks them before anything else, and reads all that it takes."""

import inspect

import numpy as np
import pytest
from public import EVERY
from sklearn.base import clone
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.linear_model import Lasso
from sklearn.naive_bayes import GaussianNB

from infsel import InfFSCV, KnockoffSelector, RankAggregator, RecursiveElimination, StabilitySelector
from infsel.criteria import JMI
from infsel.estimators.base._parallel import threads
from infsel.relevances import Fisher

# What only a table gives a range, numbers of columns and names of them, and lists of values to try.
OF_A_TABLE = {
    "n_features_to_select",
    "threshold",
    "keep",
    "exclude",
    "feature_groups",
    "feature_costs",
    "kinds",
    "weights",
}
LISTS = {"selectors", "alphas", "n_hops", "dampings", "temperatures", "n_heads"}
PARTS = {"affinity", "correlation", "normalization", "propagation", "damping", "readout", "start", "projection"}
ELSEWHERE = {"memory"}  # checked where it is used
CHECKED = list(EVERY)


@pytest.mark.parametrize("name", CHECKED)
def test_every_parameter_states_its_range(name):
    parameters = set(inspect.signature(type(EVERY[name])).parameters)
    ranges = EVERY[name]._ranges.keys()
    assert ranges <= parameters
    assert parameters - ranges <= OF_A_TABLE | LISTS | PARTS | ELSEWHERE


@pytest.mark.parametrize(
    ("name", "parameter"), [(name, parameter) for name in CHECKED for parameter in EVERY[name]._ranges]
)
def test_wrong_values_are_refused_before_anything_else(name, parameter):
    """Not even the table is looked at, and the message names the parameter, its value and what to pass."""

    class Wrong:
        pass

    selector = clone(EVERY[name]).set_params(**{parameter: Wrong})
    with pytest.raises(TypeError, match=rf"^{parameter}=Wrong is a class: pass an object of it, Wrong\(\.\.\.\)\.$"):
        selector.fit(None)
    if not EVERY[name]._ranges[parameter].holds(Wrong()):
        with pytest.raises(ValueError, match=rf"^{parameter}=<.*Wrong object.*>: (pass|choose) "):
            selector.set_params(**{parameter: Wrong()}).fit(None)


@pytest.mark.parametrize("name", CHECKED)
def test_defaults_are_in_range(name):
    type(EVERY[name])(**EVERY[name].get_params(deep=False))._check_parameters()


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        (InfFSCV(GaussianNB), "estimator=GaussianNB is a class"),
        (InfFSCV(GaussianNB(), selector=SelectKBest), "selector=SelectKBest is a class"),
        (StabilitySelector(SelectKBest), "selector=SelectKBest is a class"),
        (KnockoffSelector(Lasso), "selector=Lasso is a class"),
        (
            RankAggregator([("f", SelectKBest), ("r", RecursiveElimination())]),
            r"selectors\['f'\]=SelectKBest is a class",
        ),
        (clone(EVERY["CriterionSelector"]).set_params(criterion=JMI), "criterion=JMI is a class"),
        (clone(EVERY["CriterionSelector"]).set_params(criterion=Fisher), "criterion=Fisher is a class"),
    ],
)
def test_one_message_for_classes_wherever_they_are_passed(selector, message, table):
    with pytest.raises(TypeError, match=message + r": pass an object of it, \w+\(\.\.\.\)\."):
        selector.fit(table, np.arange(40) % 2)


def problem():
    """Three classes that many columns inform about, some of them together."""
    rng = np.random.default_rng(3)
    X = rng.standard_normal((200, 25))
    signal = X[:, 0] * X[:, 1] + X[:, 2:8] @ (0.3 * np.arange(1, 7)) + 0.5 * rng.standard_normal(200)
    X[:, 15:] += 0.7 * X[:, 2:12]
    return np.exp(1.5 * X), (np.digitize(signal, [-0.7, 0.7]) + 1) % 3


def worst(results):
    return int(results["mean_test_score"].argmin())


F_TEST = SelectKBest(f_classif, k=5)
ELIMINATION = {
    "scaling": "standard",
    "regularization": 1e3,
    "bandwidth": 0.1,
    "drop": 0.9,
    "screen": 0.96,
    "min_screened": 8,
    "bins": 12,
    "information_power": 2.0,
    "relief_power": 4.0,
    "temperature": 0.05,
    "part_size": 20,
    "task": "regression",
}
AT_THE_END = {"min_screened", "bins", "temperature", "part_size"}  # may be idle where another number ends its range
UNSCREENED = {name: value for name, value in ELIMINATION.items() if name not in {"screen", *AT_THE_END}}
SMALL = {"min_screened": 20, "screen": 0.1, "kernel": "attention"}
CASES = [
    (RecursiveElimination(**SMALL), ELIMINATION, set()),
    (RecursiveElimination(**SMALL).set_params(kernel="linear", scaling="normal-scores"), ELIMINATION, {"bandwidth"}),
    (RecursiveElimination(kernel="sum"), {"linear_share": 0.9, "bandwidth": 0.1, "regularization": 1e3}, set()),
    (RecursiveElimination(kernel="attention"), {"linear_share": 0.9}, {"linear_share"}),
    (RecursiveElimination(kernel="attention", part_size=5), {"tol": 3.0}, set()),
    (RecursiveElimination(kernel="attention", screen=1), UNSCREENED, set()),
    (
        RecursiveElimination(kernel="linear", screen=1, information_power=0, relief_power=0),
        UNSCREENED | {"scaling": "normal-scores"},
        {"bandwidth"},
    ),
    (
        RankAggregator([("f", F_TEST), ("r", RecursiveElimination())]),
        {"method": "borda", "weights": [1, 5], "smoothing": 1.0},
        {"smoothing"},
    ),
    (
        RankAggregator([("f", F_TEST), ("r", RecursiveElimination())], method="reciprocal-rank"),
        {"weights": [1, 5], "smoothing": 0.0},
        set(),
    ),
    (
        StabilitySelector(F_TEST, n_pairs=10, random_state=0),
        {"n_pairs": 3, "threshold": 0.3, "max_false": 1.5, "assumption": "worst-case", "stratify": False},
        {"assumption"},
    ),
    (
        StabilitySelector(F_TEST, n_pairs=10, max_false=1.5, random_state=0),
        {"n_pairs": 3, "threshold": 0.3, "assumption": "worst-case"},
        {"threshold"},
    ),
    (KnockoffSelector(F_TEST, fdr=0.3, random_state=0), {"fdr": 0.9, "offset": 0, "covariance": np.eye(25)}, set()),
    (
        InfFSCV(GaussianNB(), alphas=[0.2, 0.8], n_hops=[2], dampings=[0.9], n_features_to_select=[2, 4, 8, 16], cv=3),
        {"alphas": [0.1, 0.3], "scoring": "balanced_accuracy", "rule": worst, "refit": "score"},
        {"refit"},
    ),
]


def outcome(selector):
    fitted = selector.fit(*problem())
    own = (fitted.scores_, fitted.ranking_, fitted.support_, getattr(fitted, "threshold_", 0))
    found = getattr(fitted, "cv_results_", {})
    return [*own, *(found[name] for name in found if "test" in name), getattr(fitted, "best_index_", 0)]


def alike(one, other):
    return len(one) == len(other) and all(map(np.array_equal, one, other))


@pytest.mark.parametrize(
    ("selector", "parameter", "value", "unread"),
    [
        (selector, parameter, value, parameter in unread)
        for selector, values, unread in CASES
        for parameter, value in values.items()
    ],
)
def test_what_is_not_read_is_refused_and_nothing_else(selector, parameter, value, unread, monkeypatch):
    """Whatever a value is refused for changes nothing, and what is not refused changes something."""
    changed = clone(selector).set_params(**{parameter: value})
    if unread:
        with pytest.raises(ValueError, match=rf"^{parameter}=.* is not read \w+ .*: leave it out"):
            changed.fit(*problem())
        monkeypatch.setattr(type(selector), "_unread", lambda self: {})
    assert alike(outcome(clone(selector)), outcome(changed)) == unread


def test_a_grid_passes_the_ends_of_ranges():
    idle = {name: ELIMINATION[name] for name in AT_THE_END}
    selector = RecursiveElimination(kernel="linear", screen=1, relief_power=0, information_power=0)
    assert alike(outcome(clone(selector)), outcome(selector.set_params(**idle)))


def test_jobs_are_counted_as_joblib_counts(monkeypatch):
    monkeypatch.setattr("joblib.cpu_count", lambda: 8)
    assert [threads(n_jobs) for n_jobs in (None, 3, -1, -2, -20)] == [None, 3, 8, 7, 1]
