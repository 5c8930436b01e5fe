"""Scores -> ranking -> column mask."""

from infsel.selection._fusion import FUSIONS, fuse
from infsel.selection._rank import rank, settle_ties
from infsel.selection._top_k import n_selected

__all__ = ["FUSIONS", "fuse", "n_selected", "rank", "settle_ties"]
