"""Samples sorted and dealt by what they hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from infsel.eliminations import column_order, deal, distinct
from infsel.tables import as_table

FEW_VALUES = arrays(
    np.float64, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.sampled_from([-1.5, -0.0, 0.0, 2.0, 7.0])
)


@given(FEW_VALUES, st.randoms(use_true_random=False))
def test_every_content_once_and_in_the_same_order(X, random):
    outputs = [np.array([random.randint(0, 1) for _ in X]), np.array([random.random() for _ in X]).round(1)]
    order, starts = distinct(as_table(X), outputs)
    assert sorted(order) == list(range(len(X)))
    content = np.c_[X, outputs[0], outputs[1]] + 0.0
    found = content[order[starts]]
    assert {tuple(row) for row in found} == {tuple(row) for row in content}
    assert len(found) == len({tuple(row) for row in content})
    shuffled = np.array(random.sample(range(len(X)), len(X)))
    again, other = distinct(as_table(X[shuffled]), [output[shuffled] for output in outputs])
    np.testing.assert_array_equal(content[shuffled][again[other]], found)
    np.testing.assert_array_equal(np.diff(other, append=len(X)), np.diff(starts, append=len(X)))


def contents(X, y, n_parts):
    """The rows of each part."""
    places = as_table(X).positions()
    return [{(*row, value) for row, value in zip(X[part], y[part], strict=True)} for part in deal(places, y, n_parts)]


@pytest.mark.parametrize("target", [lambda X: (X[:, 0] > 0.3).astype(int), lambda X: X[:, 1] + 7.0])
def test_only_the_content_decides_who_is_in_which_part(target, rng):
    X = rng.standard_normal((60, 4))
    y = target(X)
    parts = contents(X, y, 4)
    assert [len(part) for part in parts] == [15] * 4
    rows = rng.permutation(60)
    assert contents(X[rows], y[rows], 4) == parts
    columns = np.array([2, 0, 3, 1])
    assert [{(row[2], row[0], row[3], row[1], row[4]) for row in part} for part in parts] == contents(
        X[:, columns], y, 4
    )
    if y.dtype.kind == "i":
        renamed = contents(X, 1 - y, 4)
        assert [{(*row[:4], 1 - row[4]) for row in part} for part in renamed] == parts


def test_parts_stand_for_every_class_and_the_whole_range(rng):
    X, classes, numbers = rng.standard_normal((999, 3)), rng.choice(4, 999, p=[0.6, 0.3, 0.09, 0.01]), rng.random(999)
    places = as_table(X).positions()
    for part in deal(places, classes, 7):
        np.testing.assert_allclose(np.bincount(classes[part], minlength=4), np.bincount(classes) / 7, atol=1)
    for part in deal(places, numbers, 7):
        np.testing.assert_allclose(np.sort(numbers[part]), np.sort(numbers)[::7][: len(part)], atol=0.02)


def test_parts_of_a_full_design_are_no_designs_of_their_own():
    """Dealt by their place they would lack a level of a column."""
    X = np.indices((2,) * 10).reshape(10, -1).T.astype(float)
    for part in deal(as_table(X).positions(), np.zeros(1024, dtype=int), 4):
        assert np.abs(X[part].mean(axis=0) - 0.5).max() < 0.1


def test_hashes_that_collide_are_told_apart(rng, monkeypatch):
    X, outputs = rng.integers(0, 2, (30, 3)).astype(float), [rng.integers(0, 2, 30)]
    order, starts = distinct(as_table(X), outputs)
    monkeypatch.setattr(
        "infsel.tables._contents.sums_of_columns", lambda _, bits: np.zeros((1, bits.shape[1]), np.uint64)
    )
    again, others = distinct(as_table(X), outputs)
    content = np.c_[X, outputs[0]]
    assert sorted(map(tuple, content[order[starts]])) == sorted(map(tuple, content[again[others]]))
    assert len(starts) == len(np.unique(content, axis=0))


def test_the_order_of_columns_goes_with_them(rng):
    places = as_table(rng.standard_normal((50, 6))).positions()
    rows, columns = rng.permutation(50), rng.permutation(6)
    order = column_order(places)
    np.testing.assert_array_equal(columns[column_order(places[columns][:, rows])], order)
