"""What may be selected, against its definition as loops."""

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infsel.selection import Choices, n_automatic, rank, threshold_value

EPS = np.finfo(float).eps


@st.composite
def problems(draw):
    n = draw(st.integers(1, 9))
    values = st.lists(st.integers(0, 3), min_size=n, max_size=n)
    label = draw(values)  # 0 for columns in no group
    role = draw(values)
    exclude = [j for j in range(n) if role[j] == 1 and role != [1] * n]
    inside = np.array([value > 0 for value in draw(values)])
    scores = np.where(inside & ~np.isin(range(n), exclude), np.array(draw(values), dtype=float) / 4, 0.0)
    return {
        "scores": scores,
        "inside": inside,
        "groups": [group for group in ([j for j in range(n) if label[j] == g] for g in (1, 2, 3)) if group],
        "keep": [j for j in range(n) if role[j] == 2],
        "exclude": exclude,
        "costs": draw(st.none() | values),
        "k": draw(st.integers(1, n)),
        "threshold": draw(st.sampled_from([-np.inf, 0.0, 0.3, 0.5])),
    }


def choices(problem):
    n = len(problem["scores"])
    first = np.arange(n)
    for group in naive.units(n, problem["groups"], problem["exclude"]):
        first[group] = min(group)
    return Choices(
        group=np.unique(first, return_inverse=True)[1],
        kept=np.isin(range(n), problem["keep"]),
        excluded=np.isin(range(n), problem["exclude"]),
        costs=None if problem["costs"] is None else np.array(problem["costs"], dtype=float),
    )


@settings(max_examples=300)
@given(problems())
def test_ranks_and_masks_equal_their_definition(problem):
    among, scores = choices(problem), problem["scores"]
    selected, order = naive.select(**problem)
    inside = problem["inside"] & ~among.excluded
    assert (np.argsort(among.rank(scores, inside, EPS))).tolist() == order
    threshold = None if problem["threshold"] == -np.inf else problem["threshold"]
    mask = among.select(scores, inside, EPS, problem["k"], threshold, automatic=False)
    assert np.flatnonzero(mask).tolist() == selected


@given(problems())
def test_without_wishes_the_ranks_are_those_of_the_scores(problem):
    scores, inside = problem["scores"], problem["inside"]
    among = Choices.all_of(len(scores))
    np.testing.assert_array_equal(among.rank(scores, inside, EPS), rank(scores, inside))
    mask = among.select(scores, inside, EPS, problem["k"], None, automatic=False)
    np.testing.assert_array_equal(mask, rank(scores, inside) <= problem["k"])


@settings(max_examples=200)
@given(problems(), st.randoms())
def test_choices_among_some_features_are_the_same_choices(problem, random):
    among, n = choices(problem), len(problem["scores"])
    features = [j for j in range(n) if j not in problem["exclude"] and random.random() < 0.7]
    some, costs = among.of(np.array(features, dtype=int)), problem["costs"] or [0] * n
    units = naive.units(n, problem["groups"], problem["exclude"])
    units.sort(key=lambda unit: (sum(costs[j] for j in unit), min(unit)))
    present = [[j for j in unit if j in features] for unit in units]
    number = {j: i for i, unit in enumerate(unit for unit in present if unit) for j in unit}
    whole = {j for unit in units if set(unit) & set(problem["keep"]) for j in unit}
    assert some.group.tolist() == [number[j] for j in features]
    assert some.kept.tolist() == [j in whole for j in features]
    assert some.of(np.arange(len(features))).group.tolist() == some.group.tolist()
    sizes = [sum(number[i] == number[j] for i in features) for j in features]
    speakers = sorted(features, key=lambda j: (j not in whole, sizes[features.index(j)] > 1, number[j], j))
    if some.precedence is not None:
        assert [features[i] for i in np.argsort(some.precedence)] == speakers
    else:
        assert speakers == features


def test_equal_groups_tie_whatever_the_order_of_their_sums():
    scores = np.array([0.1, 0.2, 0.3, 0.3, 0.2, 0.1])
    among = Choices(np.array([0, 0, 0, 1, 1, 1]), np.zeros(6, bool), np.zeros(6, bool), np.arange(6.0)[::-1])
    assert among.rank(scores, np.ones(6, bool), EPS).tolist() == [6, 5, 4, 1, 2, 3]  # the cheaper group first


@pytest.mark.parametrize(
    ("threshold", "value"),
    [(0.5, 0.5), ("mean", 2), ("median", 1), ("2*mean", 4), (" 0.5 * median", 0.5), (np.float32(1), 1), (-3, -3)],
)
def test_what_a_threshold_stands_for(threshold, value):
    assert threshold_value(threshold, np.array([0.0, 1, 5])) == value


@pytest.mark.parametrize("threshold", ["max", "2mean", "a*mean", "mean*2", "inf*mean", "", np.nan])
def test_thresholds_that_cannot_be_read(threshold):
    with pytest.raises(ValueError, match="threshold="):
        threshold_value(threshold, np.ones(3))


@pytest.mark.parametrize("threshold", [True, [1], None])
def test_thresholds_that_are_no_number(threshold):
    with pytest.raises(TypeError, match="threshold="):
        threshold_value(threshold, np.ones(3))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(-8, 8), st.integers(-99, 99))
def test_how_many_knows_neither_scale_nor_order(scores, exponent, shift):
    scores = np.array(scores, dtype=float)
    k = n_automatic(scores)
    assert k == (sum(score > np.mean(scores) for score in scores) or len(scores))
    assert n_automatic(scores[::-1]) == k
    assert n_automatic(2.0**exponent * (scores + shift)) == k


@pytest.mark.parametrize("value", [0.0, 0.1, 1e300, -3.3])
def test_equal_scores_set_nothing_apart(value):
    assert n_automatic(np.full(7, value)) == 7
