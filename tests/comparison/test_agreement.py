import string

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from infsel.comparison import (
    MEASURES,
    agreement,
    kendall,
    rank_biased_overlap,
    spearman,
    top_k_overlap,
    weighted_kendall,
)

PAIRS = st.integers(2, 9).flatmap(lambda n: st.tuples(*[st.permutations(range(1, n + 1))] * 3))


def ranks_of(letters):
    return [letters.index(letter) + 1 for letter in sorted(letters)]


# rbo_ext of an independent implementation: mpetri/rbo on GitHub, test_data/permute_abc.json
PUBLISHED = [
    ("jtnxyzovchmfldbksguqewari", 0.9, 0.256365),
    ("agmtrsyhfidnjobwzkxvucqel", 0.5, 0.696746),
    ("achudyxfktsrzwbgqjenolivm", 0.9, 0.640332),
    ("zscendjrkobhmitlugywxvafq", 0.99, 0.905053),
]


@pytest.mark.parametrize(("other", "p", "expected"), PUBLISHED)
def test_rank_biased_overlap_equals_published_values(other, p, expected):
    alphabet = ranks_of(string.ascii_lowercase[:25])
    assert rank_biased_overlap(alphabet, ranks_of(other), p) == pytest.approx(expected, abs=1e-6)


@given(PAIRS, st.sampled_from([0.1, 0.5, 0.9, 0.98]))
def test_rank_biased_overlap_equals_its_definition(pair, p):
    a, b, _ = pair
    assert rank_biased_overlap(a, b, p) == pytest.approx(naive.rank_biased_overlap(a, b, p), abs=1e-12)


@given(PAIRS)
def test_every_measure_is_symmetric_and_forgets_the_order_of_the_features(pair):
    a, b, order = (np.array(ranking) for ranking in pair)
    order = order - 1
    for measure in MEASURES.values():
        assert measure(a, a) == pytest.approx(1)
        assert measure(a, b) == pytest.approx(measure(b, a))
        assert measure(a[order], b[order]) == pytest.approx(measure(a, b))
        assert -1 - 1e-12 <= measure(a, b) <= 1 + 1e-12


@given(PAIRS)
def test_correlations_equal_those_of_scipy(pair):
    a, b, _ = pair
    n = len(a)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    same = sum(np.sign(a[i] - a[j]) * np.sign(b[i] - b[j]) for i, j in pairs)
    assert kendall(a, b) == pytest.approx(same / len(pairs))
    assert spearman(a, b) == pytest.approx(stats.spearmanr(a, b).statistic)
    assert spearman(a, b) == pytest.approx(naive.spearman(a, b))
    assert weighted_kendall(a, b) == pytest.approx(naive_weighted_kendall(a, b))


def naive_weighted_kendall(a, b):
    """Vigna (2015): weights 1/(i+1) + 1/(j+1) by rank in a, by rank in b, and the mean of the two."""

    def tau(ranks):
        total = agree = 0.0
        for i in range(len(a)):
            for j in range(i):
                weight = 1 / ranks[i] + 1 / ranks[j]
                total += weight
                agree += weight * np.sign((a[i] - a[j]) * (b[i] - b[j]))
        return agree / total

    return (tau(a) + tau(b)) / 2


def test_an_exchange_at_the_top_weighs_more():
    a = np.arange(1, 11)
    top, bottom = a.copy(), a.copy()
    top[[0, 1]], bottom[[8, 9]] = [2, 1], [10, 9]
    assert kendall(a, top) == kendall(a, bottom)
    assert weighted_kendall(a, top) < weighted_kendall(a, bottom)
    assert rank_biased_overlap(a, top) < rank_biased_overlap(a, bottom)


@pytest.mark.parametrize(("k", "expected"), [(1, 0), (2, 0.5), (3, 2 / 3), (4, 1), (100, 1)])
def test_overlap_of_the_best(k, expected):
    assert top_k_overlap([1, 2, 3, 4], [4, 1, 2, 3], k) == pytest.approx(expected)


def test_agreement_of_several():
    rankings = [[1, 2, 3], [3, 2, 1], [1, 3, 2]]
    matrix = agreement(rankings)
    np.testing.assert_allclose(matrix, [[1, -1, 1 / 3], [-1, 1, -1 / 3], [1 / 3, -1 / 3, 1]])
    with pytest.raises(ValueError, match="measure='pearson' is not known: choose one of 'kendall'"):
        agreement(rankings, "pearson")


def test_what_is_no_ranking_is_refused():
    for wrong in ([0.3, 0.1], [1, 1], [0, 1], [[1, 2]], []):
        with pytest.raises(ValueError, match="a ranking holds each of 1 to n_features once"):
            kendall(wrong, [1, 2])
    with pytest.raises(ValueError, match="of 2 and of 3 features"):
        spearman([1, 2], [1, 2, 3])
    for p in (0, 1, -1, np.nan):
        with pytest.raises(ValueError, match="p="):
            rank_biased_overlap([1, 2], [1, 2], p)
    with pytest.raises(ValueError, match="k=0"):
        top_k_overlap([1, 2], [1, 2], 0)
    assert np.isnan(spearman([1], [1]))
