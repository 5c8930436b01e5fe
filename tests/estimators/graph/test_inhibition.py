"""Negative damping in a signed graph: from the correlation with the target to ridge regression."""

import naive
import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Ridge

from infsel import InfFS
from infsel.affinities import Correlation
from infsel.krylov import Krylov
from infsel.propagations import Hops, Resolvent, WithStart, propagate
from infsel.relevances import as_relevance


def inhibiting(**parameters):
    settings = {
        "affinity": "signed-correlation",
        "correlation": "pearson",
        "start": "signed-pearson",
        "readout": "settled",
        "propagation": "resolvent",
        "normalization": "none",
    }
    return InfFS(**settings | parameters)


def standardized(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


@pytest.fixture(params=["tall", "wide"])
def problem(request, rng):
    shape = (60, 20) if request.param == "tall" else (30, 80)
    X = rng.standard_normal(shape) @ np.diag(np.arange(1.0, shape[1] + 1))
    X[:, 1] += X[:, 0]
    return X, X[:, 0] - 0.3 * X[:, 5] + rng.standard_normal(len(X))


@pytest.mark.parametrize("alpha", [1e-2, 1.0, 30.0, 1e4])
def test_the_settled_scores_are_the_coefficients_of_ridge_regression(problem, alpha):
    X, y = problem
    ridge = Ridge(alpha=alpha, fit_intercept=False, solver="svd", tol=1e-15).fit(standardized(X), standardized(y))
    selector = inhibiting(damping=-len(X) / alpha, solver=Krylov(tol=1e-15)).fit(X, y)
    coefficients = len(X) / alpha * selector.signed_scores_
    np.testing.assert_allclose(coefficients, ridge.coef_, rtol=0, atol=1e-10 * np.abs(ridge.coef_).max())
    np.testing.assert_array_equal(selector.ranking_, naive.ranking(np.abs(ridge.coef_)))


def test_real_coefficients_too():
    X, y = load_diabetes(return_X_y=True)
    ridge = Ridge(alpha=5.0, fit_intercept=False, solver="svd").fit(standardized(X), standardized(y))
    scores = inhibiting(damping=-len(X) / 5.0).fit(X, y).signed_scores_
    np.testing.assert_allclose(len(X) / 5.0 * scores, ridge.coef_, atol=1e-10)


def test_light_inhibition_is_the_filter_and_hops_lead_to_the_model(problem):
    X, y = problem
    correlation = np.array([naive.pearson(x, y) for x in X.T])
    C = np.array([[naive.pearson(a, b) for a in X.T] for b in X.T])
    np.testing.assert_allclose(inhibiting(damping=-1e-9).fit(X, y).signed_scores_, correlation, atol=1e-7)
    hops = {"propagation": "hops", "normalization": "spectral", "damping": -0.9}
    for n_hops in (1, 2, 5):
        expected = correlation + naive.hops(C / naive.spectral_radius(C), correlation, n_hops, -0.9)
        scores = inhibiting(**hops, n_hops=n_hops).fit(X, y).signed_scores_
        np.testing.assert_allclose(scores, expected, atol=1e-9)
    series = inhibiting(**hops).fit(X, y).signed_scores_
    continued = inhibiting(**hops | {"propagation": "resolvent"}).fit(X, y).signed_scores_
    np.testing.assert_allclose(series, continued, atol=1e-12)


@pytest.mark.parametrize("damping", [-1.0, -50.0, -1e4])
def test_the_basis_of_a_correlation_matrix_ends_with_its_rank(damping, rng):
    X, y = rng.standard_normal((25, 200)), rng.standard_normal(25)
    selector = inhibiting(damping=damping, normalization="spectral", solver=Krylov(tol=1e-14)).fit(X, y)
    assert selector._result.flows[0].basis.n_products <= len(X) + 1
    assert selector.residual_ <= 1e-14


def test_a_basis_cut_short_warns(rng):
    X, y = rng.standard_normal((60, 200)), rng.standard_normal(60)
    with pytest.warns(ConvergenceWarning, match="max_iter=5"):
        inhibiting(damping=-1e4, normalization="spectral", solver=Krylov(max_iter=5)).fit(X, y)


def test_a_repeated_feature_inhibits_itself(rng):
    X = rng.standard_normal((500, 3))
    y = X[:, 0] + X[:, 1]
    single = inhibiting(damping=-100.0).fit(X, y).scores_
    doubled = inhibiting(damping=-100.0).fit(np.hstack([X, X[:, :1]]), y).scores_
    assert doubled[0] == pytest.approx(single[0] / 2, rel=0.02)
    assert doubled[1] == pytest.approx(single[1], rel=0.02)
    assert doubled[0] == doubled[3]


def test_what_diverges_as_a_series_is_refused_by_name(problem):
    X, y = problem
    with pytest.raises(ValueError, match=r"damping=-1.5: pass a number between -1 and 1.*'resolvent'"):
        inhibiting(propagation="hops", normalization="spectral", damping=-1.5).fit(X, y)
    with pytest.raises(ValueError, match=r"diverge.*Hops\(damping=-1.5\).*'resolvent'"):
        inhibiting(propagation=Hops(damping=-1.5), normalization="spectral").fit(X, y)
    start = inhibiting(damping=0).fit(X, y)  # no walk: the start alone
    np.testing.assert_allclose(start.signed_scores_, as_relevance("signed-pearson")(X, y), rtol=1e-12)


def test_what_has_neither_a_series_nor_a_continuation_is_refused_by_name(table):
    parameters = {"propagation": "resolvent", "readout": "settled", "start": np.ones(9)}
    with pytest.raises(
        ValueError, match=r"Resolvent\(damping=-200.0\) lies beyond a pole: the affinity has an eigenvalue"
    ):
        InfFS(damping=-200.0, **parameters).fit(table)
    assert InfFS(damping=-0.5, **parameters).fit(table).scores_.any()


def test_negative_starts_need_a_signed_graph(problem):
    X, y = problem
    with pytest.raises(ValueError, match=r"start\[\d+\] is -0.*non-negative"):
        InfFS(readout="settled", start="signed-pearson").fit(X, y)
    assert inhibiting(readout="seeded", damping=0.5).fit(X, y).scores_.min() < 0


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"propagation": "stationary"}, "readout='settled' cannot rank after propagation='stationary'"),
        ({"propagation": "pagerank", "damping": 0.5}, "count the start of propagation='pagerank' twice"),
        ({"propagation": "pagerank", "damping": -0.5}, "damping=-0.5: pass a number between 0 and 1: "),
        ({"readout": "seeded", "damping": -0.5}, "damping=-0.5: pass a finite number above 0: .*readout='settled'"),
        ({"start": None}, "'settled' need a start vector"),
        ({"solver": Krylov(n_landmarks=16)}, "n_landmarks=16 with readout='settled'"),
    ],
)
def test_pairs_without_meaning_are_refused(problem, parameters, message):
    with pytest.raises(ValueError, match=message):
        inhibiting(**parameters).fit(*problem)


def test_the_explanation_starts_with_the_relevance(problem):
    X, y = problem
    selector = inhibiting(damping=-2.0).fit(X, y)
    table = selector.explain(0, n_neighbors=X.shape[1])
    parts = table.groupby("part")["value"].sum()
    own = table[table.part == "start"]
    assert own.share.item() * selector.scores_[0] + parts["neighbor"] == pytest.approx(selector.scores_[0])
    assert own.value.item() == pytest.approx(naive.pearson(X[:, 0], y))


def test_settled_is_the_start_and_the_rule(rng):
    A = Correlation("pearson")(rng.standard_normal((30, 12)))
    b = rng.standard_normal(12)
    for rule in (Hops(3, -0.4), Hops(np.inf, -0.1), Resolvent(-7.0)):
        settled = WithStart(rule)
        flow = propagate(A, b, settled, in_radii=False, tol=1e-13)
        np.testing.assert_allclose(flow.scores, b + rule(A.to_dense(), b), atol=1e-10)
        np.testing.assert_allclose(flow.own() + A @ flow.inflow(), flow.scores, atol=1e-10)
        assert (settled.degree, settled.weight(2)) == (rule.degree, rule.weight(2))
