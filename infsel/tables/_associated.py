"""What associations of columns with gaps and labels are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from infsel.embeddings import AssociatedRows, Columns, Gaps, InformedNumbers, Labels, PairwiseNumbers

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable


def associated(table: MixedTable, correlation: str) -> AssociatedRows:
    """Rows whose products are the associations of the columns: between numbers as `correlation` says."""
    numbers: Any = table.columns(~table.nominal)
    rows = numbers.unit_ranks() if correlation == "spearman" else numbers.unit_columns()
    rows, kind = rows.astype(np.float64, copy=False), InformedNumbers if table.informative else PairwiseNumbers
    there = np.ascontiguousarray(~numbers.missing.T)
    columns = Columns(
        kind(rows, Gaps.of(there, table.counts), rows.any(axis=1)), Labels.of(_codes(table), table.counts), table.nominal
    )
    return AssociatedRows(columns, table.dtype)


def _codes(table: MixedTable) -> np.ndarray:
    """The labels of each nominal column as 1, 2, ..., all of which occur; a gap is 0, or a label where it informs."""
    columns, gaps = table.numbers[:, table.nominal].T, table.missing[:, table.nominal].T
    codes = np.zeros(columns.shape, dtype=np.int32)
    for row, column, gap in zip(codes, columns, gaps, strict=True):
        there = column[~gap].astype(np.intp)
        names = np.cumsum(np.bincount(there) > 0, dtype=np.int32)
        row[~gap] = names[there]
        if table.informative:
            row[gap] = row.max(initial=0) + 1
    return codes
