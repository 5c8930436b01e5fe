"""What associations of columns with gaps and labels are computed from."""

from __future__ import annotations

import numpy as np

from infsel.embeddings import Columns, Gaps, InformedNumbers, Labels, PairwiseNumbers
from infsel.tables._mixed_protocol import Mixed


def columns_of(table: Mixed, correlation: str) -> Columns:
    """The columns of a table as rows that are associated: numbers correlate as `correlation` says.

    Parameters
    ----------
    table : MixedTable
    correlation : {"spearman", "pearson"}
    """
    numeric, counts = table.columns(np.flatnonzero(~table.nominal)), table.counts
    rows = numeric.correlating_rows(correlation)
    rows, there = rows.astype(np.float64, copy=False), np.ascontiguousarray(~numeric.missing.T)
    kind = InformedNumbers if table.informative else PairwiseNumbers
    numbers = kind(rows, Gaps.of(there, counts), np.asarray(rows.any(axis=1)))
    return Columns(numbers, Labels.of(_codes(table), counts), table.nominal)


def _codes(table: Mixed) -> np.ndarray:
    """The labels of each column of them as 1, 2, ..., all of which occur, with 0 in gaps."""
    codes = table.label_codes()[table.nominal]
    return np.stack(codes).astype(np.int32) if len(codes) else np.zeros((0, len(table)), dtype=np.int32)
