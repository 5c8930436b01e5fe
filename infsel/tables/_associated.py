"""What associations of columns with gaps and labels are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from infsel.embeddings import AssociatedRows, Columns, InformedNumbers, Labels, PairwiseNumbers

if TYPE_CHECKING:
    from infsel.tables._mixed import MixedTable


def associated(table: MixedTable, correlation: str) -> AssociatedRows:
    """Rows whose products are the associations of the columns: between numbers as `correlation` says."""
    root, nominal = np.sqrt(table.counts), table.nominal
    numbers: Any = table.columns(~nominal)
    rows = numbers.unit_ranks() if correlation == "spearman" else numbers.unit_columns()
    missing = np.ascontiguousarray(numbers.missing.T)
    rows = np.ascontiguousarray(rows, dtype=np.float64)
    kind: Any
    if table.informative:
        gaps = _second_dimensions(missing, root)
        inside = gaps.any(axis=1)
        kind = InformedNumbers(rows, gaps[inside], np.where(inside, np.cumsum(inside) - 1, -1), root)
    else:
        kind = PairwiseNumbers(rows, ~missing, root, ~missing @ np.square(root))
    return AssociatedRows(Columns(kind, Labels.of(_codes(table), root), nominal), table.dtype)


def _second_dimensions(missing: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Twice the mask of the gaps less its mean, as rows of mean 0 whose squares have the mean 4 g (1 - g)."""
    shares = missing @ np.square(root) / (root @ root)
    rows = 2 * (missing - shares[:, np.newaxis]) * (root / np.sqrt(root @ root))
    rows[missing.all(axis=1) | ~missing.any(axis=1)] = 0
    return rows


def _codes(table: MixedTable) -> np.ndarray:
    """The labels of each nominal column as 1, 2, ..., all of which occur; a gap is 0, or a label where it informs."""
    columns, gaps = table.numbers[:, table.nominal].T, table.missing[:, table.nominal].T
    codes = np.zeros(columns.shape, dtype=np.int32)
    for row, column, gap in zip(codes, columns, gaps, strict=True):
        row[~gap] = np.unique(column[~gap], return_inverse=True)[1] + 1
        if table.informative:
            row[gap] = row.max(initial=0) + 1
    return codes
