"""Scores -> ranking -> column mask."""

from infsel.selection._choices import Choices
from infsel.selection._dominant import dominant_set
from infsel.selection._error_bounds import error_bounds
from infsel.selection._fusion import FUSIONS, fuse
from infsel.selection._how_many import n_automatic, n_selected
from infsel.selection._knockoffs import gaussian_knockoffs, knockoff_gaps, knockoff_threshold
from infsel.selection._rank import mean_ranks, rank, settle, settle_ties
from infsel.selection._threshold import threshold_value

__all__ = [
    "FUSIONS",
    "Choices",
    "dominant_set",
    "error_bounds",
    "fuse",
    "gaussian_knockoffs",
    "knockoff_gaps",
    "knockoff_threshold",
    "mean_ranks",
    "n_automatic",
    "n_selected",
    "rank",
    "settle",
    "settle_ties",
    "threshold_value",
]
