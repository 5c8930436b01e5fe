"""The rows on which models are judged: those of classes that every fold can have, and of very many some."""

from __future__ import annotations

import numpy as np
import pandas as pd

from infsel._runtime.words import counted, listed

MOST = 10_000  # rows of the cross-validation: the standard error of an accuracy is below .005 then


def judged_rows(y: pd.Series, kind: str, n_folds: int, most: int = MOST) -> tuple[np.ndarray, list[str]]:
    """Rows that take part in the cross-validation, in the order of the table, and sentences about the others.

    >>> rows, said = judged_rows(pd.Series([0] * 8 + [1] * 4 + [2]), "classification", 2, most=6)
    >>> len(rows), said[0]
    (6, "left out of the cross-validation: 1 row of small classes, '2'")
    >>> said[1]
    'cross-validated on 6 of 13 rows, drawn at random'
    """
    large, said = _of_large_classes(y, kind, n_folds)
    if len(large) <= most:
        return large, said
    drawn = np.sort(large[_drawn(y.iloc[large], kind, n_folds, most)])
    return drawn, [*said, f"cross-validated on {len(drawn):,} of {len(y):,} rows, drawn at random"]


def _of_large_classes(y: pd.Series, kind: str, n_folds: int) -> tuple[np.ndarray, list[str]]:
    everything = np.arange(len(y))
    if kind == "regression":
        return everything, []
    counts = y.value_counts()
    small = counts.index[counts < n_folds]
    if not len(small) or len(counts) - len(small) < 2:
        return everything, []
    kept = np.flatnonzero(~y.isin(small).to_numpy())
    n = len(y) - len(kept)
    return kept, [f"left out of the cross-validation: {counted(n, 'row')} of small classes, {listed(map(str, small))}"]


def _drawn(y: pd.Series, kind: str, n_folds: int, most: int) -> np.ndarray:
    """Places of rows drawn without replacement, of each class its share and no fewer than there are folds."""
    order = np.random.default_rng(0).permutation(len(y))
    if kind == "regression":
        return order[:most]
    labels = pd.Series(y.to_numpy()[order])
    n_wanted = (labels.map(labels.value_counts()) * most / len(y)).round().clip(lower=n_folds)
    return order[(labels.groupby(labels, observed=True).cumcount() < n_wanted).to_numpy()]
