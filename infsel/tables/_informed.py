"""Columns that are associated by the information that one has about another."""

from __future__ import annotations

import numpy as np

from infsel.embeddings import Bins, Columns, Gaps, PairwiseNumbers


def informed_columns(codes: np.ndarray, counts: np.ndarray) -> Columns:
    """Columns that are associated by the information of their codes 1, 2, ..., one row a column, with 0 in gaps."""
    nothing = np.zeros((0, codes.shape[1]))
    numbers = PairwiseNumbers(nothing, Gaps.of(nothing > 0, counts), np.zeros(0, dtype=bool))
    return Columns(numbers, Bins.of(codes.astype(np.int32), counts), np.ones(len(codes), dtype=bool))
