"""Every selector tells how far it is, shows that to scikit-learn's callbacks, and lets itself be interrupted."""

import io
import signal
import threading
import time

import numpy as np
import pytest
from rich.console import Console
from sklearn.base import BaseEstimator, clone
from sklearn.feature_selection import SelectKBest, SelectorMixin
from sklearn.naive_bayes import GaussianNB

from infsel import (
    AttentionSelectorCV,
    CoverageSelector,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel._runtime.progress import stage, watched_by
from infsel.cli import _show

F_TEST = SelectKBest(k=3)
GRID = {"n_features_to_select": [2, 4, 8], "cv": 3}
# Each with its stages and the number of times that each advances.
SELECTORS = {
    "elimination": (RecursiveElimination(drop=0.5), {"rounds": 5}),
    "aggregator": (RankAggregator([("f", F_TEST), ("coverage", CoverageSelector())]), {"members": 2}),
    "aggregator in threads": (RankAggregator([("f", F_TEST), ("g", SelectKBest())], n_jobs=2), {"members": 2}),
    "knockoffs": (KnockoffSelector(F_TEST, random_state=0), {"steps": 3}),
    "stability": (StabilitySelector(F_TEST, n_pairs=4, random_state=0), {"halves": 8}),
    "stability in processes": (StabilitySelector(F_TEST, n_pairs=4, n_jobs=2, random_state=0), {"halves": 8}),
    "search": (InfFSCV(GaussianNB(), alphas=[0.2, 0.8], **GRID), {"folds": 3, "candidates": 3}),
    "search in processes": (InfFSCV(GaussianNB(), n_jobs=2, **GRID), {"folds": 3, "candidates": 6}),
    "search of any": (SelectorCV(GaussianNB(), **GRID), {"folds": 3, "candidates": 3}),
    "search of attention": (AttentionSelectorCV(GaussianNB(), **GRID), {"folds": 3, "candidates": 3}),
}


@pytest.fixture(params=SELECTORS)
def case(request):
    selector, stages = SELECTORS[request.param]
    return clone(selector), stages


@pytest.fixture
def Xy(rng):
    X = rng.standard_normal((60, 16))
    return X, (X[:, 0] + X[:, 1] + 0.3 * rng.standard_normal(60) > 0).astype(int)


class Record:
    """Keeps what it is told, and may end it."""

    def __init__(self, until=np.inf):
        self.stages, self.open, self.left = {}, False, until

    def begin(self, stage):
        assert not self.open
        self.open, self.shares = True, self.stages.setdefault(stage, [])

    def advance(self, share):
        assert self.open
        self.shares.append(share)
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt

    def end(self):
        self.open = False


def test_every_step_is_heard_and_changes_nothing(case, Xy):
    selector, stages = case
    record = Record()
    with watched_by(record):
        watched = clone(selector).fit(*Xy)
    heard = {name: record.stages[name] for name in stages}
    assert {name: len(shares) for name, shares in heard.items()} == stages
    for shares in heard.values():
        assert shares == sorted(shares)
        assert 0 < shares[0] < shares[-1] == pytest.approx(1)
    assert not record.open
    np.testing.assert_array_equal(selector.fit(*Xy).ranking_, watched.ranking_)


class Callback:
    def __init__(self):
        self.begun, self.ended, self.calls = [], [], []

    def setup(self, estimator, context):
        self.calls.append("setup")

    def teardown(self, estimator, context):
        self.calls.append("teardown")

    def on_fit_task_begin(self, estimator, context):
        self.begun.append(context.task_name)

    def on_fit_task_end(self, estimator, context):
        self.ended.append(context.task_name)


def test_callbacks_see_tasks(case, Xy):
    pytest.importorskip("sklearn.callback", reason="scikit-learn before 1.9 has no callbacks")
    selector, stages = case
    callback = Callback()
    selector.set_callbacks(callback).fit(*Xy)
    assert callback.calls == ["setup", "teardown"]
    assert sorted(callback.begun) == sorted(callback.ended)
    for name in stages:
        assert callback.begun.count(name) == 1
    assert callback.begun.count("part") >= 100 * len(stages)


def test_the_progress_bar_of_scikit_learn(case, Xy):
    callback = pytest.importorskip("sklearn.callback", reason="scikit-learn before 1.9 has no callbacks")
    selector, _ = case
    clone(selector).fit(*Xy)  # joblib starts its processes and the threads that look after them, which stay
    n_threads = threading.active_count()
    selector.set_callbacks(callback.ProgressBar()).fit(*Xy)
    until = time.monotonic() + 10  # the bar serves its display by threads that end a little after the fit, all but one
    while threading.active_count() > n_threads + 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert threading.active_count() <= n_threads + 1


# after the first step and after the second; processes, which take seconds to start, have first steps enough
INTERRUPTED = [(name, until) for name in SELECTORS for until in (1, 2) if until == 1 or "processes" not in name]


# joblib's own thread may look for work that the interrupt has taken from it
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(("case", "until"), INTERRUPTED, indirect=["case"])
def test_an_interrupt_leaves_no_half_of_a_fit(case, until, Xy):
    selector, _ = case
    before = vars(selector).copy()
    with pytest.raises(KeyboardInterrupt), watched_by(Record(until)):
        selector.fit(*Xy)
    assert vars(selector) == before
    ranking = selector.fit(*Xy).ranking_
    with pytest.raises(KeyboardInterrupt), watched_by(Record(until)):
        selector.fit(Xy[0][:, ::-1], Xy[1])
    np.testing.assert_array_equal(selector.ranking_, ranking)
    np.testing.assert_array_equal(clone(selector).fit(*Xy).ranking_, ranking)


class Endless(SelectorMixin, BaseEstimator):
    """A fit of a minute, in steps that it reports."""

    def fit(self, X, y=None):
        with stage("steps", 6000) as advance:
            for _ in range(6000):
                time.sleep(0.01)
                advance(1)
        return self

    def _get_support_mask(self):
        return np.ones(16, dtype=bool)


@pytest.mark.parametrize(
    "selector",
    [
        RankAggregator([("a", Endless()), ("b", Endless())]),
        RankAggregator([("a", Endless()), ("b", Endless())], n_jobs=2),
        StabilitySelector(Endless(), n_pairs=2, random_state=0),
        StabilitySelector(Endless(), n_pairs=2, n_jobs=2, random_state=0),
        KnockoffSelector(Endless(), random_state=0),
    ],
    ids=repr,
)
def test_an_interrupt_from_the_keyboard_ends_the_fit_at_once(selector, Xy):
    running = set(threading.enumerate())
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        selector.fit(*Xy)
    assert time.monotonic() - start < 15  # of a minute or more; processes have to start, too
    timer.join()
    for thread in set(threading.enumerate()) - running:
        thread.join(5)
        assert not thread.is_alive() or "Executor" in thread.name, thread
    assert not [name for name in vars(selector) if name.endswith("_")]


def test_the_default_ranking_of_the_command_line_shows_a_bar(monkeypatch, tmp_path, Xy):
    from click.testing import CliRunner

    from infsel.cli._main import infsel

    screen = io.StringIO()
    monkeypatch.setattr(_show, "_PATIENCE", 0.0)
    monkeypatch.setattr(_show, "Console", lambda **_: Console(file=screen, force_terminal=True, width=200))
    monkeypatch.chdir(tmp_path)
    np.savetxt("table.csv", np.c_[Xy], delimiter=",", header=",".join([*"abcdefghijklmnop", "y"]), comments="")
    assert CliRunner().invoke(infsel, ["rank", "table.csv", "--target", "y"]).exit_code == 0
    assert "table.csv: rounds 1" in screen.getvalue()
