"""Ties: the lower column comes first, whatever labels are called, whatever the samples are worth, and in any order."""

import naive
import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.datasets import make_classification

from infsel import CoverageSelector, CriterionSelector
from infsel.criteria import Gains
from infsel.greedy import forward
from infsel.selection import Choices
from infsel.walks._names import CRITERIA

N_FEATURES = 20
INFORMATION = ("jmi", "cmim", "mrmr-mid", "mrmr-miq")
SUPERVISED = [
    name for name in CRITERIA if name not in ("irelief", "omp")
]  # of which exact ties are no law: it iterates


class Fixed(Gains):
    def __init__(self, values, resolution=None):
        self.values, self._stated = np.array(values), resolution

    @property
    def resolution(self):
        return super().resolution if self._stated is None else self._stated

    def pick(self, feature):
        pass


def tables():
    """Few samples and few values, so that columns tie by the dozen; and a full factorial, where gains are 0."""
    for state in range(2):
        yield make_classification(80, N_FEATURES, n_informative=4, n_redundant=2, random_state=state)
        rng = np.random.default_rng(state)
        X = rng.integers(0, 3, (30, N_FEATURES)).astype(float)
        yield X, ((X[:, 0] + X[:, 1] > 2) ^ (rng.random(30) < 0.2)).astype(int)
    factorial = np.array([[i >> j & 1 for j in range(5)] for i in range(32)], dtype=float)
    yield np.c_[factorial, factorial[:, 1:3].prod(axis=1)], (factorial[:, 0] + factorial[:, 3] > 0).astype(int)


@pytest.fixture(params=range(5))
def problem(request):
    return list(tables())[request.param]


@pytest.fixture(params=SUPERVISED)
def name(request):
    return request.param


@pytest.fixture(params=[3, None])
def ranking(request, name):
    def of(X, y, sample_weight=None):
        k = request.param or X.shape[1]
        return CriterionSelector(name, n_features_to_select=k).fit(X, y, sample_weight=sample_weight).ranking_.tolist()

    return of


def test_the_names_of_labels_change_nothing(ranking, problem):
    X, y = problem
    expected = ranking(X, y)
    assert ranking(X, 1 - y) == expected
    assert ranking(X, np.array(["no", "ja"])[y]) == expected


def test_the_names_of_three_labels_change_nothing(ranking, rng):
    X = rng.integers(0, 3, (40, N_FEATURES)).astype(float)
    y = np.digitize(X[:, 0] + X[:, 1] + rng.random(40), [1.5, 3])
    for names in ([1, 2, 0], [2, 0, 1], [0, 2, 1]):
        assert ranking(X, np.array(names)[y]) == ranking(X, y)


def test_the_order_of_the_samples_changes_nothing(ranking, problem, rng):
    X, y = problem
    rows = rng.permutation(len(X))
    assert ranking(X[rows], y[rows]) == ranking(X, y)


@pytest.mark.parametrize("weight", [0.3, 1 / 7, 1e-9])
def test_constant_weights_are_no_weights(ranking, problem, weight):
    X, y = problem
    assert ranking(X, y, np.full(len(X), weight)) == ranking(X, y)


@pytest.mark.parametrize("weight", [3.0, 2.7])
@pytest.mark.parametrize("name", [*INFORMATION, "coverage", "suppression", "mrmr-fcq"], indirect=True)
def test_nor_are_constant_weights_that_repeat_every_sample(ranking, problem, weight):
    X, y = problem
    assert ranking(X, y, np.full(len(X), weight)) == ranking(X, y)


def test_mirrored_codes_change_nothing(name, ranking, rng):
    X = rng.integers(0, 3, (40, N_FEATURES)).astype(float)
    y = (X[:, 0] + X[:, 1] + rng.random(40) > 2.5).astype(int)
    assert ranking(X * rng.choice([-1, 1], N_FEATURES), y) == ranking(X, y)


def test_sparse_tables_tie_alike(name, ranking, problem):
    if name == "relieff":
        pytest.skip("takes no sparse table")
    X, y = problem
    assert ranking(sp.csr_array(X), y) == ranking(X, y)


def test_fractional_weights_are_told_apart_from_the_order_of_the_samples(ranking, problem, rng):
    X, y = problem
    weights = rng.choice([0.1, 0.2, 0.7], len(X))
    rows = rng.permutation(len(X))
    assert ranking(X[rows], y[rows], weights[rows]) == ranking(X, y, weights)


@pytest.mark.parametrize("name", INFORMATION, indirect=True)
def test_ties_go_to_the_lower_column(name, rng):
    X = rng.integers(0, 2, (24, 10)).astype(float)
    X = X[:, np.unique(np.abs(X - X[0]), axis=1, return_index=True)[1]]  # no copies
    y = (X[:, 0] + X[:, 1] + rng.random(24) > 1.5).astype(int)
    codes, relevance = X.T.astype(int).tolist(), [naive.information(x, y) for x in X.T]

    def gain(f, picks):
        if name in ("jmi", "cmim"):
            return round(getattr(naive, name)(codes, y, f, picks), 10)
        shared = lambda f, j: naive.information(codes[f], codes[j])  # noqa: E731
        return round(naive.mrmr(relevance, shared, f, picks, name.endswith("q")), 10)

    fitted = CriterionSelector(name, n_features_to_select=X.shape[1]).fit(X, y)
    assert np.argsort(fitted.ranking_).tolist() == naive.greedy(gain, X.shape[1])


THIRD = 0.1 + 0.2  # 0.30000000000000004


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_those_never_picked_tie_like_those_picked(k):
    assert forward(Fixed([0.3, 1.0, THIRD, 0.3]), k, Choices.all_of(4)).order.tolist() == [1, 0, 2, 3]


@pytest.mark.parametrize("k", [1, 2, 4])
def test_gains_say_how_far_they_can_be_trusted(k):
    gains = Fixed([1e-17, 1.0, 0.0, -1e-17, 3e-17], 1e-15)
    assert forward(gains, k, Choices.all_of(5)).order.tolist() == [1, 0, 2, 3, 4]
    each = Fixed([2.0, 2.0 + 1e-6, 1.0, 1.0 + 1e-6], np.array([1e-3, 1e-3, 1e-9, 1e-9]))
    assert forward(each, k, Choices.all_of(4)).order.tolist() == [0, 1, 3, 2]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_groups_tie_too_and_the_cheaper_of_equals_is_first(k):
    group, nobody = np.array([0, 1, 0, 1, 2]), np.zeros(5, bool)
    values = [0.3, THIRD, THIRD, 0.3, 0.5]
    assert forward(Fixed(values), k, Choices(group, nobody, nobody)).order.tolist() == [4, 0, 2, 1, 3]
    dear = Choices(group, nobody, nobody, np.array([2.0, 1.0, 2.0, 1.0, 9.0])).of(np.arange(5))
    assert forward(Fixed(values), k, dear).order.tolist() == [4, 1, 3, 0, 2]
    single = Choices(np.arange(3), np.zeros(3, bool), np.zeros(3, bool), np.array([5.0, 1.0, 3.0])).of(np.arange(3))
    assert forward(Fixed([THIRD, 0.3, 0.3]), k, single).order.tolist() == [1, 2, 0]


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
@pytest.mark.parametrize("name", ["coverage", "suppression", "mrmr-fcq", "mrmr-fcd"])
def test_symmetric_columns_keep_their_order(name, scale, rng):
    """Columns that other samples see alike: every gain is that of the mirror image."""
    half = rng.integers(0, 4, (20, 6)).astype(float)
    X = np.vstack([half, half[:, ::-1]]) * scale
    y = np.tile(rng.integers(0, 2, 20), 2)
    a, b = (CriterionSelector(name, n_features_to_select=1).fit(table, y) for table in (X, X[:, ::-1]))
    assert a.ranking_.tolist() == b.ranking_.tolist()


def test_coverage_selector_obeys_too():
    X, y = next(tables())
    a, b = (CoverageSelector(n_features_to_select=5).fit(X, t) for t in (y, 1 - y))
    assert a.ranking_.tolist() == b.ranking_.tolist()
