"""What columns of numbers and labels have in common, where no target says where labels stand."""

import naive
import numpy as np
import pytest

from infsel.criteria._leading import _LabelRows, leading_component
from infsel.tables import MixedTable

N = 90


def numbers_and_labels(rng):
    X = rng.normal(size=(N, 6)) + rng.normal(size=(N, 1))
    X[:, 1], X[:, 4] = np.digitize(X[:, 1], [-1, 0, 1]), rng.integers(0, 6, N)
    X[rng.random(X.shape) < 0.15] = np.nan
    return X, np.isin(np.arange(6), [1, 4])


@pytest.mark.parametrize("informative", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_it_is_that_of_a_row_a_label(informative, weighted, rng):
    X, nominal = numbers_and_labels(rng)
    weights = rng.integers(1, 4, N) / 2 if weighted else np.ones(N)
    table = MixedTable(X, np.where(nominal, "nominal", "numeric"), informative, weights)
    found = leading_component(table)[:, 0]
    np.testing.assert_allclose(found, naive.leading_component(X, nominal, weights, informative), atol=1e-13)


def test_where_no_sample_stands_out_it_is_exact():
    codes = np.array([[0, 0, 1, 1] * 10, [0, 1, 0, 1] * 10, [0, 0, 1, 1] * 10], dtype=float).T
    found = leading_component(MixedTable(codes, np.full(3, "nominal")))[:, 0]
    np.testing.assert_allclose(np.abs(found), np.full(40, 1 / np.sqrt(40)), atol=1e-12)  # two columns of three agree
    assert len(np.unique(found[codes[:, 0] == 0].round(9))) == 1


def test_rows_that_are_not_written_down_have_the_same_products(rng):
    codes, weights = rng.integers(0, 5, (4, N)).astype(np.uint8), rng.integers(1, 4, N) * 1.0
    codes[3] = codes[3] > 0  # of one label
    rows = _LabelRows(codes, weights)
    written = rows.toarray()
    v, x = rng.normal(size=N), rng.normal(size=len(written))
    np.testing.assert_allclose(rows.lift(v), written @ v, atol=1e-13)
    np.testing.assert_allclose(rows.project(x), written.T @ x, atol=1e-13)
    np.testing.assert_allclose(rows.squares(), np.square(written).sum(axis=0), atol=1e-13)
    assert np.square(written).sum() == pytest.approx(3)  # of each column that varies 1
