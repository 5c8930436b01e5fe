"""What a comparison says follows from its scores and selections."""

import numpy as np
import pytest
from sklearn.feature_selection import SelectKBest
from sklearn.naive_bayes import GaussianNB

from infsel.comparison import corrected_resampled_t, holm, selection_stability
from infsel.studies import SelectorComparison, compare


def comparison(scores, selected=None):
    scores = np.asarray(scores, dtype=float)
    n_selectors, n_models, n_sizes, n_splits = scores.shape
    selected = np.ones((n_selectors, n_sizes, n_splits, 4), dtype=bool) if selected is None else selected
    return SelectorComparison(
        selectors=tuple("abcdefgh"[:n_selectors]),
        models=tuple("xyz"[:n_models]),
        sizes=tuple(range(1, n_sizes + 1)),
        metric="r2",
        test_shares=np.full(n_splits, 1 / n_splits),
        scores=scores,
        selected=selected,
        select_seconds=np.full((n_selectors, n_sizes, n_splits), 0.5),
        train_seconds=np.full(scores.shape, 0.25),
    )


def of_two(best, other):
    return comparison([[[other]], [[best]]])


def test_the_verdict_agrees_with_the_corrected_test_by_hand():
    best, other = np.array([0.9, 0.8, 0.85, 0.95, 0.9]), np.array([0.8, 0.78, 0.8, 0.85, 0.84])
    # differences .1 .02 .05 .1 .06: mean .066, standard deviation .0344, error .0344 sqrt(1/5 + 1/4) = .0231,
    # and t of 4 degrees of freedom is 2.776: clearly behind above .0640
    for shift, behind in ((0.001, True), (0.003, False)):
        found = of_two(best, other + shift)
        assert found.best == "b"
        (row,) = found.differences().itertuples()
        assert (row.selector, row.low > 0, row.p_adjusted < 0.05) == ("a", behind, behind)


def test_equal_scores_are_not_behind():
    found = of_two(np.ones(3), np.ones(3))
    assert found.best == "a"
    assert found.differences()[["mean", "low", "high", "p_value"]].to_numpy().tolist() == [[0, 0, 0, 1]]


def test_the_best_is_compared_over_all_models_and_sizes_and_adjusted_for_all_pairs(rng):
    scores = rng.random((4, 2, 3, 6))
    found = comparison(scores)
    means = scores.mean(axis=(1, 2))
    best = int(means.mean(axis=1).argmax())
    assert found.best == "abcd"[best]
    table = found.differences(confidence=0.9)
    pairs = {
        (i, j): corrected_resampled_t(means[i] - means[j], 1 / 6, 0.9) for i in range(4) for j in range(4) if i != j
    }
    expected = [pairs[best, j] for j in range(4) if j != best]
    np.testing.assert_allclose(table[["mean", "low", "high", "p_value"]], expected)
    assert table["selector"].tolist() == [name for name in "abcd" if name != found.best]
    once = [(i, j) for i in range(4) for j in range(i)]
    adjusted = dict(zip(once, holm([pairs[pair].p_value for pair in once]), strict=True))
    np.testing.assert_allclose(
        table["p_adjusted"], [adjusted[max(best, j), min(best, j)] for j in range(4) if j != best]
    )


def test_a_baseline_that_was_named_before_is_adjusted_for_its_own_comparisons(rng):
    found = comparison(rng.random((4, 1, 1, 6)))
    table = found.differences(baseline="c")
    assert table["selector"].tolist() == ["a", "b", "d"]
    np.testing.assert_allclose(table["p_adjusted"], holm(table["p_value"]))
    with pytest.raises(ValueError, match="selector 'z' is not known: choose one of 'a', 'b'"):
        found.differences(baseline="z")


def test_all_pairs_keep_the_promise_that_the_comparisons_with_the_best_do_not(rng):
    """Of eight equal selectors one is the best by chance, so that something is behind it far more often than named."""
    wrong = {"itself": 0, "all pairs": 0}
    for _ in range(400):
        scores = rng.standard_normal((8, 1, 1, 30))
        found = comparison(scores)
        found.test_shares[:] = 0  # independent splits, of which the test is exact
        table = found.differences()
        wrong["itself"] += (table["p_value"] <= 0.05).any()
        wrong["all pairs"] += (table["p_adjusted"] <= 0.05).any()
    assert wrong["all pairs"] <= 400 * 0.05 + 3 * np.sqrt(400 * 0.05 * 0.95)
    assert wrong["itself"] > 400 * 0.2


def test_only_some_are_what_they_were(rng):
    found = comparison(rng.random((3, 1, 2, 4)))
    some = found.only(["c", "a"])
    assert some.selectors == ("c", "a")
    np.testing.assert_array_equal(some.scores, found.scores[[2, 0]])
    np.testing.assert_array_equal(some.split_scores, found.split_scores[[2, 0]])
    np.testing.assert_array_equal(some.stability, found.stability[[2, 0]])
    with pytest.raises(ValueError, match=r"did you mean|choose one of"):
        found.only(["d"])


def test_a_frame_holds_the_means(rng):
    selected = rng.random((2, 3, 5, 4)) < 0.5
    found = comparison(rng.random((2, 2, 3, 5)), selected)
    frame = found.to_frame().set_index(["selector", "model", "n_features"])
    assert len(frame) == 12
    row = frame.loc["b", "x", 3]
    assert row["score"] == pytest.approx(found.scores[1, 0, 2].mean())
    assert row["standard_error"] == pytest.approx(found.scores[1, 0, 2].std(ddof=1) / 5**0.5)
    assert row["n_selected"] == pytest.approx(selected[1, 2].sum() / 5)
    assert row["stability"] == pytest.approx(selection_stability(selected[1, 2]).value)
    assert (row["select_seconds"], row["train_seconds"]) == (0.5, 0.25)


def test_a_single_split_has_scores_and_no_errors(rng):
    X = rng.standard_normal((20, 3))
    found = compare(
        {"k": SelectKBest(), "all": None}, GaussianNB(), X, np.arange(20) % 2, cv=[(np.arange(10), np.arange(10, 20))]
    )
    frame = found.to_frame()
    assert frame["score"].between(0, 1).all()
    assert frame[["standard_error", "stability"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="at least two splits"):
        found.differences()
