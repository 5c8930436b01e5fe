"""Tests of independence that a graph implies, against closed forms and the loops of the definition."""

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from infsel import AttentionSelector, InfFS
from infsel.operators import Stored
from infsel.walks import implied_correlations

NAMES = list("abcdefg")


@pytest.fixture
def attention(rng):
    A = rng.random((7, 7))
    return A / A.sum(axis=1, keepdims=True)


@pytest.fixture
def fitted(attention, rng):
    X = pd.DataFrame(rng.standard_normal((20, 7)), columns=NAMES)
    return InfFS(affinity=attention, normalization="none", damping=0.5).fit(X)


def defined(A, x, y, given, n_effective):
    """Correlation, partial correlation by the inverse of the block, z, and p-value by SciPy's normal distribution."""
    covariance = A @ A.T
    block = np.linalg.inv(covariance[np.ix_([x, y, *given], [x, y, *given])])
    partial = -block[0, 1] / (block[0, 0] * block[1, 1]) ** 0.5
    z = 0.5 * np.log((1 + partial) / (1 - partial))
    freedom = n_effective - len(given) - 2
    correlation = covariance[x, y] / (covariance[x, x] * covariance[y, y]) ** 0.5
    return correlation, partial, z, 2 * norm.sf((freedom - 1) ** 0.5 * abs(z))


def test_correlations_of_attended_noise_are_those_of_a_times_its_transpose(attention):
    covariance = attention @ attention.T
    scale = 1 / np.sqrt(np.diagonal(covariance))
    np.testing.assert_allclose(
        implied_correlations(attention), scale[:, None] * covariance * scale, rtol=0, atol=3.5e-16
    )


def test_they_are_what_many_draws_of_noise_show(attention, rng):
    Z = attention @ rng.standard_normal((7, 200_000))
    np.testing.assert_allclose(np.corrcoef(Z), implied_correlations(attention), atol=0.01)


def test_a_row_of_zeros_correlates_with_nothing():
    A = np.array([[0.0, 0.0], [1.0, 1.0]])
    np.testing.assert_allclose(implied_correlations(A), [[0, 0], [0, 1]], atol=1e-15)


def test_the_inverse_of_what_a_propagator_correlates_is_one_hop(rng):
    M = np.eye(30) - 0.9 * rng.random((30, 30)) / 30
    S = np.linalg.inv(M)
    np.testing.assert_allclose(np.linalg.inv(S @ S.T), M.T @ M, rtol=0, atol=2e-14)


@pytest.mark.parametrize("given", [[], [4], ["a", 6, "e"]], ids=str)
def test_tests_are_those_of_the_definition(fitted, attention, given):
    tests = fitted.independence("c", given=given, n_effective=32).set_index("feature")
    numbers = [NAMES.index(name) if isinstance(name, str) else name for name in given]
    assert sorted(tests.index) == [name for k, name in enumerate(NAMES) if k not in (2, *numbers)]
    for name, row in tests.iterrows():
        expected = defined(attention, 2, NAMES.index(name), numbers, 32)
        found = row[["correlation", "partial", "z", "p_value"]].astype(float)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
        assert row.independent == (row.p_value > 0.05)
    assert (np.diff(np.abs(tests.partial)) <= 0).all()


def test_the_level_decides_what_is_independent(fitted):
    tests = fitted.independence("c", n_effective=12, alpha=0.02)
    assert (tests.independent == (tests.p_value > 0.02)).all()
    assert tests.independent.nunique() == 2


def test_a_chain_is_blocked_in_its_middle(rng):
    attention = np.linalg.inv(np.eye(3) - np.diag([0.8, 0.8], k=-1))
    fitted = InfFS(affinity=attention, normalization="none", damping=0.1).fit(rng.standard_normal((9, 3)))
    assert not fitted.independence(0, n_effective=100).independent.any()
    assert fitted.independence(0, given=[1], n_effective=100).independent.tolist() == [True]


def test_copies_are_never_independent_and_what_is_determined_always(rng):
    A = rng.random((5, 5))
    A[1] = A[0]
    fitted = InfFS(affinity=A, normalization="none", damping=0.1).fit(rng.standard_normal((9, 5)))
    tests = fitted.independence(0, n_effective=50).set_index("feature")
    assert tests.partial["x1"] == pytest.approx(1)
    assert tests.p_value["x1"] == pytest.approx(0)
    tests = fitted.independence(2, given=[0], n_effective=50).set_index("feature")
    assert tests.loc["x1", ["partial", "p_value", "independent"]].tolist() == [0, 1, True]
    with pytest.raises(ValueError, match=r"given=\['x0', 'x1'\]: the given features determine each other"):
        fitted.independence(2, given=[0, 1], n_effective=50)


def test_it_reads_the_attention_of_a_fitted_selector(table):
    fitted = AttentionSelector(temperature=10).fit(table)
    tests = fitted.independence(2, n_effective=40).set_index("feature")
    A = fitted.graph_.to_dense()
    expected = defined(A, 2, 7, [], 40)
    np.testing.assert_allclose(tests.loc["x7", "p_value"], expected[3], rtol=1e-9)


def test_constant_columns_have_no_place(rng):
    X = rng.standard_normal((20, 5))
    X[:, 1] = 1
    fitted = InfFS().fit(X)
    assert sorted(fitted.independence(4, given=[3], n_effective=20).feature) == ["x0", "x2"]
    with pytest.raises(ValueError, match="feature 1 is constant or excluded"):
        fitted.independence(1, n_effective=20)
    with pytest.raises(ValueError, match="given names 'x1', which is constant or excluded"):
        fitted.independence(0, given=[1], n_effective=20)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"feature": "nobody"}, "feature 'nobody' is neither"),
        ({"given": ["nobody"]}, "given names a column that X does not have: 'nobody'"),
        ({"given": "b"}, "given='b': pass a list"),
        ({"given": ["c"]}, "feature 'c' is among those given"),
        ({"n_effective": 3}, "n_effective=3: pass a finite number above 3, 3 and the number of given features"),
        ({"n_effective": 5, "given": ["a", "b"]}, "n_effective=5: pass a finite number above 5"),
        ({"n_effective": "many"}, "n_effective='many': pass"),
        ({"n_effective": np.nan}, "n_effective=nan: pass"),
        ({"alpha": 1}, "alpha=1: pass a number between 0 and 1"),
    ],
    ids=str,
)
def test_bad_arguments_are_refused_by_name(fitted, arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        fitted.independence(**{"feature": "c", "n_effective": 32} | arguments)


def test_large_graphs_and_pickled_ones_are_refused(rng, fitted, attention):
    large = InfFS().fit(rng.standard_normal((5, 201)))
    with pytest.raises(ValueError, match="this one has 201 nodes: 200 at most, so name others in exclude="):
        large.independence(0, n_effective=20)
    again = pickle.loads(pickle.dumps(fitted))
    with pytest.raises(AttributeError, match="not kept in a pickle"):
        again.independence(0, n_effective=20)
    again.graph_ = Stored(attention)
    pd.testing.assert_frame_equal(again.independence(0, n_effective=20), fitted.independence(0, n_effective=20))
