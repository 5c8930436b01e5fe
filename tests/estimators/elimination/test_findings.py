"""What elimination tells beside the ranking: importances, the path, copies, and how many columns are enough."""

import numpy as np
import pandas as pd
import pytest

from infsel import RecursiveElimination

KERNELS = ["sum", "attention", "linear"]


@pytest.fixture(params=KERNELS)
def kernel(request):
    return request.param


@pytest.fixture
def problem(rng):
    """Two columns that matter, one of them with a noisy twin, one mirrored, one constant, and noise."""
    X = rng.standard_normal((120, 12))
    X[:, 5] = X[:, 2] + 0.3 * rng.standard_normal(120)
    X[:, 8], X[:, 9] = 3 - 2 * X[:, 7], 1.0
    return X, X[:, 2] + 0.7 * X[:, 4] + 0.4 * rng.standard_normal(120)


def told(selector):
    return selector.importances_, selector._dropped_in, selector.correlations_


def test_importances_sum_to_what_is_explained_and_copies_are_named(kernel, problem):
    X, y = problem
    selector = RecursiveElimination(kernel=kernel, exclude=[0]).fit(X, y)
    importances, path = selector.importances_, selector.path_
    assert np.isnan(importances[[0, 8, 9]]).all()
    assert np.nansum(importances) == pytest.approx(path["explained"][0])
    assert np.nanargmax(importances) in (2, 5)
    assert importances[4] > 0.15 > 0.02 > np.nanmedian(importances)
    assert path["n_features"].tolist() == [9, 8, 7, 6, 5, 4, 3, 2, 1]
    assert (path["standard_error"] > 0).all()
    assert path["explained"].max() < 1
    assert (selector.copy_of_[8], selector.correlations_[8]) == (7, -1)
    twin, other = sorted([2, 5], key=lambda f: selector.ranking_[f])
    assert (selector.copy_of_[other], selector.copy_of_[twin]) == (twin, -1)
    assert selector.correlations_[other] == pytest.approx(np.corrcoef(X[:, 2], X[:, 5])[0, 1], abs=0.02)
    assert selector.copy_of_[[0, 4, 9]].tolist() == [-1, -1, -1]


def test_orthogonal_columns_have_the_importance_of_their_correlation(rng):
    Q = np.linalg.qr(rng.standard_normal((400, 5)))[0]
    Q = np.linalg.qr(Q - Q.mean(axis=0))[0]
    shares = np.array([0.5, 0.25, 0.12, 0.06])
    y = Q[:, :4] @ np.sqrt(shares)
    selector = RecursiveElimination(kernel="linear", regularization=1e-6, task="regression").fit(Q, y)
    np.testing.assert_allclose(selector.importances_, [*shares / shares.sum(), 0], atol=0.01)
    assert RecursiveElimination(kernel="linear", regularization=10, n_features_to_select="auto").fit(
        Q, y
    ).support_.tolist() == [True] * 4 + [False]


@pytest.mark.parametrize("part_size", [1000, 40])
def test_places_of_rows_and_columns_and_repetitions_change_nothing(kernel, part_size, problem, rng, monkeypatch):
    monkeypatch.setattr("infsel.greedy._recursive_elimination._EXACTLY", 1000 if part_size == 40 else 10)
    X, y = problem
    X[:, 8] = rng.standard_normal(120)  # of copies the first one enters
    y, fit = np.digitize(y, [-0.5, 0.5]), RecursiveElimination(kernel=kernel, part_size=part_size).fit
    rows, columns, times = rng.permutation(120), rng.permutation(12), rng.integers(1, 3, 120)
    first = fit(X, y)
    expected, path = told(first), first.path_
    again = fit(X[rows][:, columns], y[rows])
    for found, value in zip(told(again), expected, strict=True):
        np.testing.assert_allclose(found, value[columns], atol=1e-9)
    np.testing.assert_allclose(again.path_["standard_error"], path["standard_error"])
    weighted = told(fit(X, y, sample_weight=times))
    for found, value in zip(told(fit(np.repeat(X, times, axis=0), np.repeat(y, times))), weighted, strict=True):
        np.testing.assert_allclose(found, value, atol=1e-9)


def test_auto_follows_the_path_and_the_choices_without_another_fit(kernel, problem):
    X, y = problem
    selector = RecursiveElimination(kernel=kernel, n_features_to_select=3, n_permutations=1).fit(X, y)
    assert selector.support_.sum() == 3
    path = selector.path_
    beyond = path["explained"] - path["by_chance"]
    enough = beyond >= beyond.max() - path["standard_error"][beyond.argmax()]
    assert selector.set_params(n_features_to_select="auto").support_.sum() == path["n_features"][enough].min()
    assert selector.support_[4]
    assert selector.set_params(keep=[10, 11]).support_[[10, 11]].all()
    together = RecursiveElimination(kernel=kernel, n_features_to_select="auto", feature_groups=[[2, 4, 5]]).fit(X, y)
    assert together.support_[[2, 4, 5]].all()
    noise = RecursiveElimination(kernel=kernel, n_features_to_select="auto").fit(X[:, [0, 1, 3]], np.arange(120) % 2)
    assert noise.support_.sum() == 1


def test_auto_needs_shuffled_targets(problem):
    fitted = RecursiveElimination().fit(*problem)
    assert not hasattr(fitted, "p_values_")
    assert "by_chance" not in fitted.path_
    with pytest.raises(
        ValueError, match=r"n_features_to_select='auto' compares with shuffled targets.*n_permutations=3"
    ):
        fitted.set_params(n_features_to_select="auto").get_support()
    with pytest.raises(ValueError, match="fit with n_permutations=3"):
        fitted.set_params(n_permutations=0).fit(*problem)


def test_what_exceeds_chance_has_small_p_values_and_the_same_each_time(problem):
    X, y = problem
    first, again = (RecursiveElimination(n_permutations=19).fit(X, y) for _ in range(2))
    np.testing.assert_array_equal(first.p_values_, again.p_values_)
    strong, twin = sorted([2, 5], key=lambda f: first.ranking_[f])
    assert first.p_values_[[strong, 4]].tolist() == [0.05, 0.05]
    assert first.p_values_[twin] > 0.05
    assert np.isnan(first.p_values_[[8, 9]]).all()
    assert (first.p_values_[[0, 1, 3, 6, 7, 10, 11]] > 0.05).all()
    assert first.to_frame().p_value.iloc[0] == 0.05


def test_the_frame_tells_it_by_name(problem):
    X, y = problem
    X = pd.DataFrame(X, columns=list("abcdefghijkl"))
    frame = RecursiveElimination().fit(X, y).to_frame()
    assert frame.columns.tolist() == [
        *("feature", "score", "rank", "selected"),
        *("importance", "round", "copy_of", "correlation"),
    ]
    frame = frame.set_index("feature")
    assert frame.copy_of["i"] == "h"
    assert frame.loc["j", ["importance", "round", "copy_of", "correlation"]].isna().all()
    assert frame["round"].iloc[0] == frame["round"].max()


def test_what_the_screen_leaves_has_no_importance(problem):
    selector = RecursiveElimination(screen=0, min_screened=4).fit(*problem)
    assert (~np.isnan(selector.importances_)).sum() == 4
    assert selector.path_["n_features"][0] == 4


def test_learned_weights_tell_it_too(problem):
    X, y = problem
    selector = RecursiveElimination(metric="l1", n_starts=2).fit(X[:60], y[:60] > 0)
    assert np.nansum(selector.importances_) == pytest.approx(selector.path_["explained"][0])
    assert selector.path_["explained"].max() > 0.2
