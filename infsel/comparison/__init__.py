"""How much rankings agree, how stable selections are, and whether differences are more than chance."""

from infsel.comparison._agreement import (
    MEASURES,
    agreement,
    kendall,
    rank_biased_overlap,
    spearman,
    top_k_overlap,
    weighted_kendall,
)
from infsel.comparison._holm import holm
from infsel.comparison._resampled_t import Difference, corrected_resampled_t
from infsel.comparison._stability import Stability, selection_stability

__all__ = [
    "MEASURES",
    "Difference",
    "Stability",
    "agreement",
    "corrected_resampled_t",
    "holm",
    "kendall",
    "rank_biased_overlap",
    "selection_stability",
    "spearman",
    "top_k_overlap",
    "weighted_kendall",
]
