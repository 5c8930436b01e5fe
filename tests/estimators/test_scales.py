"""The scale of the graph, the start and the damping: no score is NaN, and none depends on a unit it should not."""

import numpy as np
import pytest

from infsel import InfFS, inf_fs_path

SCALES = [1e-300, 1e-150, 1e-140, 1e-100, 1e100, 1e140, 1e150, 1e300]
FREE = [
    {},
    {"n_hops": 1},
    {"normalization": "row", "readout": "received"},
    {"normalization": "sub-stochastic"},
    {"normalization": "sinkhorn", "readout": "seeded", "start": np.arange(20.0)},
    {"normalization": "top-k"},
    {"readout": "seeded", "start": np.arange(20.0)},
    {"propagation": "stationary"},
    {"propagation": "heat"},
    {"propagation": "pagerank", "normalization": "row", "readout": "received"},
]


@pytest.mark.parametrize("parameters", FREE, ids=str)
@pytest.mark.parametrize("scale", SCALES)
def test_the_unit_of_the_affinity_is_free(scale, parameters, rng):
    B, X = rng.random((20, 20)), rng.random((5, 20))
    one, other = (InfFS(affinity=s * B, **parameters).fit(X) for s in (1.0, scale))
    np.testing.assert_allclose(other.scores_, one.scores_, rtol=1e-9)
    np.testing.assert_array_equal(other.ranking_, one.ranking_)
    assert other.error_ < 1e-7


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("n_hops", [1, 3])
def test_without_normalization_scores_follow_or_are_refused(scale, n_hops, rng):
    B, X = rng.random((20, 20)), rng.random((5, 20))
    selector = InfFS(affinity=scale * B, normalization="none", n_hops=n_hops)
    expected = [0.9 * scale * B.sum(axis=1)]
    with np.errstate(all="ignore"):
        for _ in range(1, n_hops):
            expected.append(0.9 * scale * (B @ expected[-1]))
    if np.isfinite(sum(expected)).all():
        np.testing.assert_allclose(selector.fit(X).scores_, sum(expected), rtol=1e-9)
    else:
        with pytest.raises(ValueError, match=r"overflow|range of floating-point"):
            selector.fit(X)


@pytest.mark.parametrize("scale", [1e-170, 1e155])
def test_scores_are_linear_in_the_start(scale, rng):
    X = rng.standard_normal((30, 4))
    one, other = (InfFS(readout="seeded", start=[s] * 4).fit(X).scores_ for s in (1.0, scale))
    np.testing.assert_allclose(other, scale * one, rtol=1e-12)


def test_a_fisher_start_with_a_column_that_separates_is_finite(rng):
    X, y = rng.standard_normal((30, 4)), np.repeat([0, 1], 15)
    X[:, 0] = y * 1e100
    assert np.isfinite(InfFS(readout="seeded", start="fisher", correlation="pearson").fit(X, y).scores_).all()


@pytest.mark.parametrize("damping", [0.999, 0.9999, 0.999999])
def test_the_mean_length_of_walks_has_no_longest(damping, rng):
    fitted = InfFS(affinity=np.ones((4, 4)), damping=damping).fit(rng.random((9, 4)))
    assert fitted.effective_hops_ == pytest.approx(1 / (1 - damping), rel=1e-8)
    assert fitted.hop_profile_.sum() < 0.7
    reasons = fitted.explain(1)
    assert reasons.share[reasons.part == "hop"].sum() == pytest.approx(1)


def test_a_path_reports_the_errors_of_its_cells(table):
    path = inf_fs_path(table, alphas=[0.3], n_hops=[1, np.inf], dampings=[0.5, 0.9])
    assert path.errors.shape == path.residuals.shape == (1, 2, 2)
    assert (path.errors > 0).all()
    assert path.errors.max() < 1.1e-8
