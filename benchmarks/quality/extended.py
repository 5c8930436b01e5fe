"""Columns that say nothing new, appended to tables of labels or numbers: do the original ones still lead?

V. Cherepanova et al., A Performance-Driven Benchmark for Feature Selection in Tabular Deep Learning, NeurIPS 2023.
"""

import zlib
from dataclasses import replace

import numpy as np
from quality.protocol import imputed

SHARES = (50, 75)  # percent of the columns of the extended table that are appended


def tables(table):
    """The table with every kind of columns appended in every share, for the order alone."""
    return [_extended(table, kind, share) for kind in KINDS for share in SHARES]


def _extended(table, kind, share):
    name, n_columns = f"{table.name}+{kind}{share}", table.X.shape[1]
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    X = next(imputed(table.X, table.X))
    appended = KINDS[kind](X, n_columns * share // (100 - share), rng)
    shuffled = rng.permutation(n_columns + appended.shape[1])
    groups = np.where(shuffled < n_columns, 1 + shuffled, 0)
    columns = np.hstack([X, appended])[:, shuffled]
    return replace(table, name=name, origin="extended", X=columns, groups=groups, judged="order")


def random(X, n_columns, rng):
    """Normal numbers without any relation to the rows."""
    return rng.standard_normal((len(X), n_columns))


def corrupted(X, n_columns, rng):
    """Columns drawn with replacement, half of each the column and half normal noise of the same deviation."""
    chosen = X[:, rng.integers(X.shape[1], size=n_columns)]
    return 0.5 * chosen + 0.5 * chosen.std(axis=0) * rng.standard_normal(chosen.shape)


def products(X, n_columns, rng):
    """Products of two different columns drawn at random."""
    pairs = [rng.choice(X.shape[1], size=2, replace=False) for _ in range(n_columns)]
    return np.column_stack([X[:, i] * X[:, j] for i, j in pairs])


KINDS = {"random": random, "corrupted": corrupted, "products": products}
