"""Damping that goes no further than rows not seen agree with."""

import naive
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline

from infsel import InfFS, inf_fs_path
from infsel.estimators.graph._inf_fs import DAMPINGS
from infsel.krylov import Krylov
from infsel.walks._safe_damping import HeldOut


def squared(X, y):
    A = np.corrcoef(X.T) ** 2
    np.fill_diagonal(A, 0)
    return A


SAFE = InfFS(affinity=squared, damping="auto", readout="settled", start="pearson", n_features_to_select=10)


def module(seed, n_samples=60, n_features=80, weak=0.35):
    """Ten columns with a common factor, which alone tells of y, among such with factors of their own."""
    rng = np.random.default_rng(seed)
    y = rng.standard_normal(n_samples)
    X = rng.standard_normal((n_samples, n_features))
    X[:, :10] += (weak * y + rng.standard_normal(n_samples))[:, np.newaxis]
    return X, y


def test_walks_are_taken_where_they_help_and_not_where_they_harm():
    X, y = module(0)
    assert clone(SAFE).fit(X, y).damping_ > 0
    strong = np.random.default_rng(1).standard_normal((200, 30))
    strong[:, 20:] += 3 * np.random.default_rng(2).standard_normal((200, 1))  # one factor that tells nothing
    y = strong[:, :5].sum(axis=1)
    fitted = clone(SAFE).set_params(n_features_to_select=5).fit(strong, y)
    assert fitted.damping_ == 0
    np.testing.assert_allclose(fitted.scores_, np.abs(np.corrcoef(strong.T, y)[-1, :-1]), rtol=1e-12)


def test_the_choice_is_its_definition():
    X, y = module(3)
    fitted = clone(SAFE).fit(X, y)
    values = naive.held_out_relevance(X, y, squared, DAMPINGS, 10)
    best = values[values.mean(axis=1).argmax()]
    enough = [
        damping
        for damping, row in zip(DAMPINGS, values, strict=True)
        if np.mean(best - row) <= np.std(best - row, ddof=1) / np.sqrt(len(row))
    ]
    assert fitted.damping_ == min(enough)


def test_each_half_is_rated_once():
    (X, y), rated = module(3), []

    def relevance(X, y):
        rated.append(len(X))
        return np.abs(np.corrcoef(X.T, y)[-1, :-1])

    assert clone(SAFE).set_params(start=relevance).fit(X, y).damping_ == clone(SAFE).fit(X, y).damping_
    assert rated == [30] * 16 + [60]


def test_one_standard_error():
    values = np.array([[1.0, 1.2], [1.1, 1.3], [2.0, 2.2]])
    assert HeldOut(values).choice() == 2
    assert HeldOut(values[:2]).choice() == 1  # better by as much in each split
    assert HeldOut(np.array([[1.0, 2.0], [2.0, 1.1]])).choice() == 0


def test_it_works_in_pipelines_grids_frames_and_with_pagerank():
    X, y = module(4)
    frame = pd.DataFrame(X, columns=[f"c{i}" for i in range(80)])
    labels = y > 0
    search = GridSearchCV(make_pipeline(clone(SAFE), GaussianNB()), {"inffs__damping": [0, 0.5, "auto"]}, cv=3)
    assert search.fit(frame, labels).best_params_
    ranked = InfFS(affinity=squared, normalization="row", propagation="pagerank", readout="attended", start="pearson")
    assert ranked.set_params(damping="auto").fit(frame, labels).damping_ in DAMPINGS
    np.testing.assert_array_equal(clone(ranked).fit(X, labels).scores_, ranked.scores_)


def test_a_start_alone(rng):
    X = rng.standard_normal((20, 6))
    b = rng.random(6)
    for settings in ({"readout": "settled"}, {"readout": "attended", "propagation": "pagerank"}):
        fitted = InfFS(affinity=squared, damping=0, start=b, **settings).fit(X)
        np.testing.assert_allclose(fitted.scores_ / fitted.scores_.sum(), b / b.sum(), rtol=1e-14)


def test_what_cannot_be_chosen_is_refused():
    X, y = module(5)
    for settings, message in (
        ({"readout": "sent", "start": None}, "damping='auto' with readout='sent'.*readout='settled'"),
        ({"readout": "seeded"}, "damping='auto' with readout='seeded'"),
        ({"start": np.ones(80)}, "start is one number a feature"),
        ({"solver": Krylov(n_landmarks=16)}, "damping='auto' needs exact scores|beside|n_landmarks=16 with"),
        ({"damping": "safe"}, "damping='safe'"),
        ({"readout": "seeded", "damping": 0}, "damping=0"),
    ):
        with pytest.raises(ValueError, match=message):
            clone(SAFE).set_params(**settings).fit(X, y)
    with pytest.raises(ValueError, match=r"dampings=\['auto'\]: a grid holds numbers"):
        inf_fs_path(X, dampings=["auto"])
    with pytest.raises(ValueError, match="5 rows"):
        clone(SAFE).fit(X[:5], y[:5])
    with pytest.raises(ValueError, match="y"):
        clone(SAFE).fit(X)
    with pytest.raises(ValueError, match="half"):
        clone(SAFE).fit(X, np.r_[1.0, np.zeros(59)])
