"""Everything that joblib shares out runs on a cluster, with the same results to the bit."""

import time

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline

from infsel import (
    AttentionSelectorCV,
    CoverageSelector,
    InfFS,
    InfFSCV,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)
from infsel._runtime.progress import watched_by
from infsel.krylov import Krylov
from infsel.studies import compare

sizeof = pytest.importorskip("dask.sizeof").sizeof
SIZES = {"n_features_to_select": [2, 5], "cv": 3}
BOTH = {"walks": InfFS(n_features_to_select=3), "coverage": CoverageSelector(n_features_to_select=3)}
FITS = {
    "search": SelectorCV(GaussianNB(), CoverageSelector(), **SIZES),
    "search over graphs": InfFSCV(GaussianNB(), alphas=[0.2, 0.8], **SIZES),
    "search over attention": AttentionSelectorCV(GaussianNB(), **SIZES),
    "search of a pipeline": SelectorCV(GaussianNB(), make_pipeline(RecursiveElimination()), **SIZES),
    "stability": StabilitySelector(SelectKBest(k=3), n_pairs=3, random_state=0),
    "stability of a search": StabilitySelector(SelectorCV(GaussianNB(), **SIZES), n_pairs=2, random_state=0),
    "aggregator": RankAggregator(list(BOTH.items())),
    "search of an aggregator": SelectorCV(GaussianNB(), RankAggregator(list(BOTH.items())), **SIZES),
    "grid": GridSearchCV(make_pipeline(InfFS(n_features_to_select=3), GaussianNB()), {"inffs__alpha": [0.2, 0.8]}),
}


@pytest.fixture(autouse=True)
def _connected(client):
    """Let joblib find the client."""


@pytest.fixture
def X(rng):
    return rng.standard_normal((60, 12))


@pytest.fixture
def y(X):
    return (X[:, 0] + X[:, 1] > 0).astype(int)


def on_cluster():
    return joblib.parallel_config(backend="dask")


def results(fitted):
    found = {"ranking": fitted.ranking_} if hasattr(fitted, "ranking_") else {}
    table = getattr(fitted, "cv_results_", {})
    return found | {name: column for name, column in table.items() if "test_score" in name}


@pytest.mark.parametrize("name", FITS)
def test_fits_are_the_same(X, y, name):
    alone = results(FITS[name].fit(X, y))
    with on_cluster():
        shared = results(FITS[name].fit(X, y))
    assert alone.keys() == shared.keys()
    for part in alone:
        np.testing.assert_array_equal(shared[part], alone[part])


CALLS = {
    "comparison": lambda X, y: compare(BOTH, GaussianNB(), X, y, sizes=[2, 4], cv=3).scores,
    "cross-validation": lambda X, y: cross_val_score(make_pipeline(BOTH["coverage"], LogisticRegression()), X, y),
    "cross-validation of a search": lambda X, y: cross_val_score(SelectorCV(GaussianNB(), **SIZES), X, y, cv=2),
}


@pytest.mark.parametrize("name", CALLS)
def test_studies_are_the_same(X, y, name):
    alone = CALLS[name](X, y)
    with on_cluster():
        np.testing.assert_array_equal(CALLS[name](X, y), alone)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_with_text_gaps_and_weights(X, y, library):
    frame = pd.DataFrame(X[:, :4], columns=list("abcd")).assign(e=np.where(X[:, 0] > 0.5, "high", None))
    frame.loc[::7, "b"] = np.nan
    table = frame if library == "pandas" else pytest.importorskip("polars").from_pandas(frame)
    search = SelectorCV(DummyClassifier(), RecursiveElimination(), n_features_to_select=[1, 3], cv=3)
    weights = np.arange(len(y)) % 3
    alone = results(search.fit(table, y, sample_weight=weights))
    with on_cluster():
        shared = results(search.fit(table, y, sample_weight=weights))
    for part in alone:
        np.testing.assert_array_equal(shared[part], alone[part])


@pytest.mark.parametrize("name", ["search", "stability", "aggregator"])
def test_the_table_travels_once_a_stage(X, y, name, client, monkeypatch):
    sent, scatter = [], client.scatter

    def counted(data, *arguments, **options):
        sent.append(sizeof(data))
        return scatter(data, *arguments, **options)

    monkeypatch.setattr(client, "scatter", counted)
    with on_cluster():
        FITS[name].fit(X, y)
    n_stages = 2 if name == "search" else 1
    assert [size >= X.nbytes for size in sent].count(True) == n_stages


def test_progress_is_heard(X, y):
    record = Record()
    with on_cluster(), watched_by(record):
        FITS["search"].fit(X, y)
    assert list(record.shares)[:2] == ["folds", "candidates"]  # the last fit is the client's
    assert all(shares == sorted(shares) and shares[-1] == pytest.approx(1) for shares in record.shares.values())


class Record:
    def __init__(self):
        self.shares = {}

    def begin(self, stage):
        self.here = self.shares.setdefault(stage, [])

    def advance(self, share):
        self.here.append(share)

    def end(self):
        del self.here


def test_warnings_come_back_once(X, y):
    rough = InfFS(solver=Krylov(max_iter=1))
    with on_cluster(), pytest.warns(ConvergenceWarning, match="The scores are known") as caught:
        StabilitySelector(rough, n_pairs=2).fit(X * np.arange(1, 13), y)
    assert [warning.filename for warning in caught] == [__file__]


def test_errors_come_back_with_their_place_and_leave_no_work(X, y, client):
    search = SelectorCV(GaussianNB(), SelectKBest(score_func=len), n_features_to_select=[2])
    with on_cluster(), pytest.raises(TypeError, match="takes exactly one argument") as caught:
        search.fit(X, y)
    assert "This was in split 0 of cv." in caught.value.__notes__
    assert eventually_idle(client)


def test_an_interrupt_takes_waiting_work_off_the_cluster(X, y, client):
    search = SelectorCV(GaussianNB(), CoverageSelector(), n_features_to_select=[2, 5], cv=10)
    with pytest.raises(KeyboardInterrupt), on_cluster(), watched_by(Interrupting()):
        search.fit(X, y)
    assert not hasattr(search, "ranking_")
    assert eventually_idle(client)


class Interrupting(Record):
    def advance(self, share):
        raise KeyboardInterrupt


def eventually_idle(client, patience=30):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if not any(client.processing().values()):
            return True
        time.sleep(0.05)
    return False


def test_rankings_are_remembered_where_workers_share_a_folder(X, y, tmp_path):
    search = SelectorCV(GaussianNB(), CoverageSelector(), memory=tmp_path, **SIZES)
    alone = results(SelectorCV(GaussianNB(), CoverageSelector(), **SIZES).fit(X, y))
    with on_cluster():
        search.fit(X, y)
        n_kept = len(list(tmp_path.rglob("output.pkl")))
        again = results(search.fit(X, y))
    assert n_kept == len(list(tmp_path.rglob("output.pkl"))) >= 3
    np.testing.assert_array_equal(again["mean_test_score"], alone["mean_test_score"])
