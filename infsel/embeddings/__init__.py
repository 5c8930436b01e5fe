"""Rows that stand for features: dense, sparse, or known by their products alone."""

from infsel.embeddings._associated import (
    AssociatedRows,
    Columns,
    association,
    debiased_squares,
    squares,
    standard_errors,
)
from infsel.embeddings._filled import Filled, FilledRows, mapped, row_blocks, sums_of_columns, written
from infsel.embeddings._gaps import Gaps
from infsel.embeddings._labels import Bins, Labels
from infsel.embeddings._mixed_rows import MixedRows
from infsel.embeddings._numbers import InformedNumbers, PairwiseNumbers
from infsel.embeddings._pairs import corrected_information, corrected_v, epsilon_squared
from infsel.embeddings._protocol import (
    Embedding,
    ImplicitRows,
    are_associated,
    are_known,
    are_spread,
    by_row,
    gram,
    joined,
    lift,
    own_products,
    pick_rows,
    project,
    squared_norms,
)
from infsel.embeddings._scatter import ScatterRows
from infsel.embeddings._sparse import SparseRows, Written, by_sample, inner, outer

__all__ = [
    "AssociatedRows",
    "Bins",
    "Columns",
    "Embedding",
    "Filled",
    "FilledRows",
    "Gaps",
    "ImplicitRows",
    "InformedNumbers",
    "Labels",
    "MixedRows",
    "PairwiseNumbers",
    "ScatterRows",
    "SparseRows",
    "Written",
    "are_associated",
    "are_known",
    "are_spread",
    "association",
    "by_row",
    "by_sample",
    "corrected_information",
    "corrected_v",
    "debiased_squares",
    "epsilon_squared",
    "gram",
    "inner",
    "joined",
    "lift",
    "mapped",
    "outer",
    "own_products",
    "pick_rows",
    "project",
    "row_blocks",
    "squared_norms",
    "squares",
    "standard_errors",
    "sums_of_columns",
    "written",
]
