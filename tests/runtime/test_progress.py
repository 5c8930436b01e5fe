"""Progress: heard by whoever watches, shown by callbacks and the command line, and free where nobody does."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from rich.console import Console

from infsel import AttentionSelector, CoverageSelector, DeflatedPopularity, InfFS
from infsel._runtime.progress import stage, watched_by
from infsel.affinities import Attention
from infsel.cli import _show
from infsel.krylov import Krylov

pytestmark = pytest.mark.filterwarnings("ignore:All scores are:UserWarning")  # of attention that stays with each


class Record:
    def __init__(self):
        self.stages, self.open = [], False

    def begin(self, stage):
        assert not self.open
        self.open = True
        self.stages.append((stage, []))

    def advance(self, share):
        assert self.open
        self.stages[-1][1].append(share)

    def end(self):
        self.open = False


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        (InfFS(), "product"),
        (InfFS(solver=Krylov(max_memory=0), n_jobs=2), "product"),
        (AttentionSelector(), "product"),
        (AttentionSelector(temperature=0.01), "product"),  # whole rows of a softmax
        (InfFS(affinity=Attention(n_heads=2), normalization="softmax", readout="total", n_hops=2), "product"),
        (InfFS(solver=Krylov(n_landmarks=100)), "product with landmarks"),
    ],
)
def test_every_long_product_is_heard(rng, selector, name):
    record, X = Record(), rng.standard_normal((20, 1100))
    with watched_by(record):
        watched = selector.fit(X).ranking_.copy()
    assert {stage for stage, _ in record.stages} == {name}
    assert len(record.stages) >= selector.n_iter_
    for _, shares in record.stages:
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1, abs=0.02)
        assert len(shares) > 1 or selector.solver or "Attention" in repr(selector)
    assert not record.open
    if selector.solver is None or selector.solver.n_landmarks is None:
        np.testing.assert_array_equal(selector.fit(X).ranking_, watched)


@pytest.mark.parametrize("selector", [DeflatedPopularity(n_features_to_select=7), CoverageSelector()], ids=repr)
def test_every_pick_is_heard(rng, selector):
    record = Record()
    with watched_by(record):
        selector.fit(rng.standard_normal((20, 14)), np.arange(20) % 2)
    assert record.stages == [("picks", [pytest.approx(pick / 7) for pick in range(1, 8)])]


def test_threads_tell_one_at_a_time():
    record = Record()
    with watched_by(record), stage("work", 400) as advance, ThreadPoolExecutor(4) as pool:
        list(pool.map(advance, [1] * 400))
    (_, shares) = record.stages[0]
    assert shares == [pytest.approx((i + 1) / 400) for i in range(400)]


def test_an_error_ends_the_stage():
    record = Record()
    with pytest.raises(ZeroDivisionError), watched_by(record), stage("work", 2) as advance:
        advance(1 / 0)
    assert not record.open
    with stage("work", 2) as advance:  # nobody watches any more
        advance(1)
    assert len(record.stages) == 1


def test_callbacks_of_scikit_learn_see_products(rng):
    pytest.importorskip("sklearn.callback")

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

    callback, X = Callback(), rng.standard_normal((20, 3000))
    selector = InfFS(correlation="pearson").set_callbacks(callback).fit(X)
    assert callback.calls == ["setup", "teardown"]
    assert sorted(callback.begun) == sorted(callback.ended)
    assert callback.begun.count("fit") == 1
    assert callback.begun.count("product") == selector.n_iter_
    assert callback.begun.count("part") >= 95 * selector.n_iter_
    selector.partial_fit(X)
    assert callback.begun.count("fit") == 2
    assert callback.calls == ["setup", "teardown"] * 2


def test_the_progress_bar_of_scikit_learn(rng):
    callback = pytest.importorskip("sklearn.callback")
    for selector in (InfFS(), DeflatedPopularity()):
        selector.set_callbacks(callback.ProgressBar()).fit(rng.standard_normal((10, 600)))


@pytest.mark.parametrize("patience", [0.0, 1000.0])
def test_the_command_line_shows_a_bar_to_the_patient(monkeypatch, patience):
    screen = io.StringIO()
    monkeypatch.setattr(_show, "_PATIENCE", patience)
    monkeypatch.setattr(_show, "Console", lambda **_: Console(file=screen, force_terminal=True, width=80))
    with _show.bar("table.csv"):
        for _ in range(2):
            with stage("product", 4) as advance:
                advance(1)
                advance(3)
    assert ("table.csv: product 1" in screen.getvalue()) == (patience == 0)


def test_no_bar_without_a_terminal(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(_show, "_PATIENCE", 0.0)
    monkeypatch.setattr(_show, "Console", lambda **_: Console(file=screen))
    with _show.bar("table.csv"), stage("product", 1) as advance:
        advance(1)
    assert not screen.getvalue()
