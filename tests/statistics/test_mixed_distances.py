"""Distances of tables with gaps and labels, and what labels seem to say by chance, against their definitions."""

import naive
import numpy as np
import pytest

from infsel.statistics import MixedDistances, _sample_distances, expected_information
from infsel.tables import MixedTable

N = 40
KINDS = np.array(["numeric", "nominal", "numeric", "nominal", "numeric"])


@pytest.fixture
def numbers(rng):
    X = rng.normal(size=(N, 5))
    X[:, 1], X[:, 3] = rng.integers(0, 3, N), rng.integers(0, 2, N)
    X[:, :3][rng.random((N, 3)) < 0.2] = np.nan
    X[rng.random(N) < 0.2, 4] = np.nan
    return X


INFORMS = np.array([False, False, False, False, True])


def apart(X):
    columns = [[None if np.isnan(value) else value for value in column] for column in X.T]
    settings = zip(columns, KINDS == "nominal", INFORMS, strict=True)
    return np.array([naive.differences(column, labels, informs) for column, labels, informs in settings])


@pytest.mark.parametrize("kept", [0, 2**22])
def test_gaps_are_as_far_as_others_are_on_average(numbers, kept, monkeypatch):
    monkeypatch.setattr(_sample_distances, "_KEPT", kept)
    D, distances = apart(numbers), MixedDistances(MixedTable(numbers, KINDS), np.ones(N), INFORMS)
    total = D.sum(axis=0)
    assert distances.deviation() == pytest.approx(total[~np.eye(N, dtype=bool)].std())
    seen = np.zeros((N, N))

    def attend(block, start):
        seen[start : start + len(block)] = block
        np.square(block, out=block)

    np.testing.assert_allclose(distances.margins(attend), np.einsum("ij,fij->f", np.square(total), D))
    np.testing.assert_allclose(seen, total, atol=1e-12)


@pytest.mark.parametrize(
    ("x", "y"), [([0, 0, 1, 1, 2, 2, 3], [0, 0, 0, 1, 1, 1, 2]), ([0, 1, 2, 3, 4, 5], [0, 1, 1, 1, 0, 1])]
)
def test_information_by_chance_is_the_mean_over_all_orders(x, y):
    expected = naive.information_by_chance(x, y)
    assert expected_information(np.bincount(x), np.bincount(y)) == pytest.approx(expected, rel=1e-10)


def test_of_common_labels_it_is_nearly_that_of_wilks():
    found = expected_information(np.full(10, 100), np.array([400, 600]))
    assert found == pytest.approx(9 / 2000, rel=0.02)
