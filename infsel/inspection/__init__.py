"""Displays of what fitted selectors found. They hold arrays; only `plot` needs matplotlib."""

from infsel.inspection._hop_path import HopPathDisplay
from infsel.inspection._ranking_comparison import RankingComparisonDisplay
from infsel.inspection._stability_path import StabilityPathDisplay

__all__ = ["HopPathDisplay", "RankingComparisonDisplay", "StabilityPathDisplay"]
