"""Columns that are associated by the information that one has about another."""

from __future__ import annotations

import numpy as np

from infsel.embeddings import Bins, Columns, Gaps, PairwiseNumbers


def columns_of(codes: np.ndarray, unknown: np.ndarray | None, counts: np.ndarray) -> Columns:
    """Columns that are associated by the information of their bins 0, 1, ..., where these are known.

    Parameters
    ----------
    codes : ndarray of int of shape (n_features, n_samples)
    unknown : ndarray of bool of shape (n_features, n_samples) or None
        None where all are known.
    counts : ndarray of shape (n_samples,)
    """
    nothing = np.zeros((0, codes.shape[1]))
    numbers = PairwiseNumbers(nothing, Gaps.of(nothing > 0, counts), np.zeros(0, dtype=bool))
    bins = codes.astype(np.int32) + 1
    if unknown is not None:
        bins[unknown] = 0
    return Columns(numbers, Bins.of(bins, counts), np.ones(len(codes), dtype=bool))
