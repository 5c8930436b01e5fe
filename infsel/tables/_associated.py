"""What associations of columns with gaps and labels are computed from."""

from __future__ import annotations

import numpy as np

from infsel._kernels import write_bins
from infsel.embeddings import Columns, Gaps, InformedNumbers, Labels, PairwiseNumbers
from infsel.tables._present import unit_columns, unit_ranks


def columns_of(
    numbers: np.ndarray, nominal: np.ndarray, counts: np.ndarray, correlation: str, informative: bool
) -> Columns:
    """The columns of a table as rows that are associated: numbers correlate as `correlation` says.

    Parameters
    ----------
    numbers : ndarray of shape (n_samples, n_features)
        NaN in gaps.
    nominal : ndarray of bool of shape (n_features,)
        Which columns hold labels.
    counts : ndarray of shape (n_samples,)
        The weights of the samples.
    correlation : {"spearman", "pearson"}
    informative : bool
        Whether a gap is a value of its own.
    """
    values, labels = numbers[:, ~nominal], numbers[:, nominal]
    rows = (unit_ranks if correlation == "spearman" else unit_columns)(values, counts)
    rows, there = rows.astype(np.float64, copy=False), np.ascontiguousarray(~np.isnan(values.T))
    kind = InformedNumbers if informative else PairwiseNumbers
    codes = _codes(np.ascontiguousarray(labels.T), informative)
    return Columns(kind(rows, Gaps.of(there, counts), np.asarray(rows.any(axis=1))), Labels.of(codes, counts), nominal)


def binned_codes(
    numbers: np.ndarray, nominal: np.ndarray, counts: np.ndarray, bins: int, informative: bool
) -> np.ndarray:
    """Codes of all columns of a table with gaps, shape (n_features, n_samples): bins of numbers, and labels."""
    columns = np.ascontiguousarray(numbers.T)
    for j in np.flatnonzero(~nominal):
        there = ~np.isnan(columns[j])
        x = columns[j, there][np.newaxis].astype(np.float64)
        cut = np.zeros(x.shape, dtype=np.uint8)
        if x.size:
            write_bins(x, np.argsort(x, axis=1), bins, counts[there], cut)
        columns[j, there] = cut[0]
    return _codes(columns, informative)


def _codes(labels: np.ndarray, informative: bool) -> np.ndarray:
    """The labels of each row as 1, 2, ..., all of which occur; a gap is 0, or a label where it informs."""
    gaps, codes = np.isnan(labels), np.zeros(labels.shape, dtype=np.int32)
    for row, own, gap in zip(codes, labels, gaps, strict=True):
        there = own[~gap].astype(np.intp)
        names = np.cumsum(np.bincount(there) > 0, dtype=np.int32)
        row[~gap] = names[there]
        if informative:
            row[gap] = row.max(initial=0) + 1
    return codes
