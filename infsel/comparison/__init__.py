"""How much rankings agree, and how stable selections are."""

from infsel.comparison._agreement import (
    MEASURES,
    agreement,
    kendall,
    rank_biased_overlap,
    spearman,
    top_k_overlap,
    weighted_kendall,
)
from infsel.comparison._stability import Stability, selection_stability

__all__ = [
    "MEASURES",
    "Stability",
    "agreement",
    "kendall",
    "rank_biased_overlap",
    "selection_stability",
    "spearman",
    "top_k_overlap",
    "weighted_kendall",
]
