"""Displays of what fitted selectors found. They hold arrays; only `plot` needs matplotlib."""

from infsel.inspection._attention_heads import AttentionHeadsDisplay
from infsel.inspection._explanation import ExplanationDisplay
from infsel.inspection._hop_path import HopPathDisplay
from infsel.inspection._ranking_comparison import RankingComparisonDisplay
from infsel.inspection._redundancy import RedundancyDisplay
from infsel.inspection._scores import ScoreDisplay
from infsel.inspection._selection_curve import SelectionCurveDisplay
from infsel.inspection._stability_path import StabilityPathDisplay

__all__ = [
    "AttentionHeadsDisplay",
    "ExplanationDisplay",
    "HopPathDisplay",
    "RankingComparisonDisplay",
    "RedundancyDisplay",
    "ScoreDisplay",
    "SelectionCurveDisplay",
    "StabilityPathDisplay",
]
