"""One of each that CONTRIBUTING says how to add; tables of one's own are in tests/tables."""

from dataclasses import dataclass

import naive
import numpy as np
import pytest

from infsel import CriterionSelector, InfFS
from infsel._runtime.ranges import Number, parameter
from infsel.affinities import Affinity, Dispersion
from infsel.criteria import Criterion, Gains
from infsel.operators import LowRank
from infsel.readouts import Readout
from infsel.selection import rank


@dataclass
class Distance(Affinity):
    """(m_i - m_j)^2 of the means m of the columns, to a power of one or two."""

    scale: float = parameter(Number(low=0), 1.0)

    def relate(self, table, y):
        m, ones = self.scale * np.average(table.to_dense(), axis=0, weights=table.weights), np.ones(table.shape[1])
        return LowRank(np.column_stack([m**2, -2 * m, ones]), np.column_stack([ones, m, m**2]), nonnegative=True)


@dataclass
class Least(Readout):
    """The fewer of the walks that leave and of those that arrive."""

    directions = (False, True)

    def __call__(self, sent, received):
        return np.minimum(sent, received)


class _Apart(Gains):
    def __init__(self, means):
        self._means, self.values = means, np.abs(means)

    def pick(self, feature):
        self.values = np.minimum(self.values, np.abs(self._means - self._means[feature]))


@dataclass
class Apart(Criterion):
    """How far the mean of a column is from zero and from those of the picks."""

    supervised = False

    def gains(self, candidates):
        return _Apart(np.average(candidates.table.to_dense(), axis=0, weights=candidates.weights))


@pytest.fixture
def X(rng):
    return rng.standard_normal((20, 6)) + np.array([0, 1, 5, 5.4, -9, 2])


def test_an_affinity(X):
    m = 2 * X.mean(axis=0)
    A = np.square(m[:, None] - m)
    expected = naive.infinite_hops(A / naive.spectral_radius(A), np.ones(6), 0.9)
    np.testing.assert_allclose(InfFS(affinity=Distance(2.0)).fit(X).scores_, expected, rtol=1e-8)
    twice = InfFS(affinity=Distance() + 0.5 * Dispersion()).fit(np.repeat(X, 2, axis=0)).scores_
    weighed = InfFS(affinity=Distance() + 0.5 * Dispersion()).fit(X, sample_weight=np.full(20, 2)).scores_
    np.testing.assert_allclose(weighed, twice, rtol=1e-9)
    with pytest.raises(ValueError, match=r"Distance.scale=-1: pass a finite number above 0"):
        InfFS(affinity=Distance(-1)).fit(X)


def test_a_readout(X):
    A = np.arange(36.0).reshape(6, 6)
    fitted = InfFS(affinity=A, normalization="none", n_hops=1, damping=0.5, readout=Least()).fit(X)
    np.testing.assert_allclose(fitted.scores_, 0.5 * np.minimum(A.sum(axis=1), A.sum(axis=0)), rtol=1e-12)


def test_a_criterion(X):
    means, picked = X.mean(axis=0), []
    for _ in range(4):
        gains = [min(abs(m), *(abs(m - means[j]) for j in picked), np.inf) for m in means]
        picked.append(max(set(range(6)) - set(picked), key=gains.__getitem__))
    fitted = CriterionSelector(Apart(), n_features_to_select=4).fit(X)
    assert np.argsort(fitted.ranking_)[:4].tolist() == picked
    assert (rank(fitted.scores_, np.ones(6, dtype=bool)) == fitted.ranking_).all()


def test_what_is_no_operator_is_refused_by_name(X):
    class Matrix(Affinity):
        def relate(self, table, y):
            return np.eye(table.shape[1])

    with pytest.raises(TypeError, match=r"Matrix.relate returned a ndarray: return an operator, such as .*Stored"):
        InfFS(affinity=Matrix()).fit(X)
