"""Rows that stand for features: dense, sparse, or known by their products alone."""

from infsel.embeddings._protocol import Embedding, ImplicitRows, gram, lift, pick_rows, project, squared_norms
from infsel.embeddings._scatter import ScatterRows
from infsel.embeddings._sparse import SparseRows

__all__ = [
    "Embedding",
    "ImplicitRows",
    "ScatterRows",
    "SparseRows",
    "gram",
    "lift",
    "pick_rows",
    "project",
    "squared_norms",
]
