import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infsel.selection import n_selected, rank, settle_ties

EPS = np.finfo(float).eps


def test_round_off_is_a_tie_and_distinct_scores_are_not():
    scores = np.array([0.3, 0.1 + 0.2, 1.0, 0.3 + 1e-9, 1e-17, 0.0, -1e-17])
    settled = settle_ties(scores, EPS)
    assert settled[0] == settled[1]
    assert settled[3] == scores[3]
    assert settled[4:].tolist() == [0, 0, 0]


def test_a_continuum_is_not_a_tie():
    scores = 1 + 64 * EPS * np.arange(1000)
    np.testing.assert_array_equal(settle_ties(scores, EPS), scores)


@given(arrays(np.float64, st.integers(1, 20), elements=st.floats(-5, 5)), st.randoms(use_true_random=False))
def test_settling_is_idempotent_equivariant_and_small(scores, random):
    settled = settle_ties(scores, EPS)
    order = random.sample(range(len(scores)), len(scores))
    np.testing.assert_array_equal(settle_ties(scores[order], EPS), settled[order])
    np.testing.assert_allclose(settled, scores, atol=1e-12 * (np.abs(scores).max() + 1e-300))
    np.testing.assert_array_equal(settle_ties(settled, EPS), settled)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20))
def test_ranks_break_ties_by_column(scores):
    scores = np.array(scores, dtype=float)
    np.testing.assert_array_equal(rank(scores, np.ones(len(scores), bool)), naive.ranking(scores))


def test_features_outside_the_graph_come_last():
    assert rank(np.array([0.0, -1.0, 0.0]), np.array([False, True, True])).tolist() == [3, 2, 1]


@pytest.mark.parametrize(
    ("asked", "n", "k"),
    [(None, 1, 1), (None, 9, 4), (1, 9, 1), (9, 9, 9), (0.5, 9, 4), (1.0, 9, 9), (0.01, 9, 1), (0.29, 100, 29)],
)
def test_how_many(asked, n, k):
    assert n_selected(asked, n) == k
    assert n_selected(None if asked is None else np.asarray(asked)[()], n) == k


@pytest.mark.parametrize("asked", [0, 10, -1, 0.0, 1.5, -0.5, np.nan])
def test_impossible_numbers_are_refused(asked):
    with pytest.raises(ValueError, match="n_features_to_select="):
        n_selected(asked, 9)


@pytest.mark.parametrize("asked", [True, "half", [3]])
def test_what_is_no_number_is_refused(asked):
    with pytest.raises(TypeError, match="n_features_to_select="):
        n_selected(asked, 9)
