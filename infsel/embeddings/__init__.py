"""Rows that stand for features: dense, sparse, or known by their products alone."""

from infsel.embeddings._filled import Filled, FilledRows, mapped, row_blocks, sums_of_columns, written
from infsel.embeddings._protocol import Embedding, ImplicitRows, gram, lift, pick_rows, project, squared_norms
from infsel.embeddings._scatter import ScatterRows
from infsel.embeddings._sparse import SparseRows, Written, by_sample, inner, outer

__all__ = [
    "Embedding",
    "Filled",
    "FilledRows",
    "ImplicitRows",
    "ScatterRows",
    "SparseRows",
    "Written",
    "by_sample",
    "gram",
    "inner",
    "lift",
    "mapped",
    "outer",
    "pick_rows",
    "project",
    "row_blocks",
    "squared_norms",
    "sums_of_columns",
    "written",
]
