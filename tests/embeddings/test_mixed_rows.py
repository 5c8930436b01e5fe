"""Rows of labels that are not written down multiply as those that are."""

import numpy as np
import pytest

from infsel.embeddings import MixedRows, by_sample, inner, lift, outer, project, squared_norms, written

T = 300


@pytest.fixture(params=[(3, [4, 1, 90, 2]), (0, [3]), (2, [])], ids=str)
def rows(request, rng):
    n_numbers, sizes = request.param
    codes = np.array([rng.integers(0, size + 1, T) for size in sizes], dtype=np.int32).reshape(-1, T)
    total = sum(sizes)
    labeled = np.insert(np.ones(total, dtype=bool), sum(sizes[:1]), np.zeros(n_numbers, dtype=bool))
    return MixedRows(
        rng.normal(size=(n_numbers, T)),
        codes,
        np.array(sizes, dtype=int),
        rng.random(total),
        rng.random(total),
        np.ones(T),
        labeled,
    )


@pytest.fixture(params=[False, True], ids=["even", "weighted"])
def weighted(request, rows, rng):
    return by_sample(rows, rng.random(T)) if request.param else rows


def test_rows_are_their_definition(rows):
    Z, line = written(rows)[rows.labeled], 0
    for codes, size in zip(rows.codes, rows.sizes, strict=True):
        for label in range(1, size + 1):
            p, w = rows.shares[line], rows.factors[line]
            expected = [w * ((code == label) - p) if code else 0 for code in codes]
            np.testing.assert_allclose(Z[line], expected, atol=1e-15)
            line += 1


def test_products_are_those_of_rows_that_are_written_down(weighted, rng):
    Z = written(weighted)
    assert weighted.shape == Z.shape
    np.testing.assert_allclose(outer(weighted, weighted), Z @ Z.T, atol=1e-11)
    np.testing.assert_allclose(inner(weighted), Z.T @ Z, atol=1e-11)
    np.testing.assert_allclose(squared_norms(weighted), np.square(Z).sum(axis=1), atol=1e-11)
    for v, x in [
        (rng.normal(size=T), rng.normal(size=len(Z))),
        (rng.normal(size=(T, 40)), rng.normal(size=(len(Z), 2))),
    ]:
        np.testing.assert_allclose(lift(weighted, v), Z @ v, atol=1e-11)
        np.testing.assert_allclose(project(weighted, x), Z.T @ x, atol=1e-11)


def test_whole_columns_may_go(weighted):
    column = np.zeros(len(weighted), dtype=int)
    column[weighted.labeled] = np.repeat(np.arange(len(weighted.sizes)), weighted.sizes) + 100
    column[~weighted.labeled] = np.arange(len(weighted.numbers))
    stays = np.isin(column, [0, 101, 102, 100 if len(weighted.sizes) == 1 else 103])
    some = weighted[stays]
    np.testing.assert_array_equal(written(some), written(weighted)[stays])
    np.testing.assert_allclose(outer(some, weighted), written(some) @ written(weighted).T, atol=1e-11)


def test_norms_of_blocks_are_those_of_their_products(weighted):
    P = outer(weighted, weighted)
    owner = np.arange(len(weighted.numbers))
    owner = np.concatenate([owner, len(owner) + np.repeat(np.arange(len(weighted.sizes)), weighted.sizes)])
    rows = np.concatenate([np.flatnonzero(~weighted.labeled), np.flatnonzero(weighted.labeled)])
    of = owner[:, np.newaxis] == np.arange(owner.max() + 1)
    np.testing.assert_allclose(weighted.block_norms(weighted), of.T @ np.square(P[np.ix_(rows, rows)]) @ of, atol=1e-9)
