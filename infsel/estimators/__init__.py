"""The scikit-learn face of the package."""

from infsel.estimators._attention import AttentionSelector
from infsel.estimators._coverage import CoverageSelector
from infsel.estimators._criterion import CriterionSelector
from infsel.estimators._deflated_popularity import DeflatedPopularity
from infsel.estimators._elimination import RecursiveElimination
from infsel.estimators._inf_fs import InfFS
from infsel.estimators._knockoff import KnockoffSelector
from infsel.estimators._listing import presets
from infsel.estimators._rank_aggregator import RankAggregator
from infsel.estimators._search import AttentionSelectorCV, InfFSCV
from infsel.estimators._search_path import InfFSPath, inf_fs_path
from infsel.estimators._stability import StabilitySelector

__all__ = [
    "AttentionSelector",
    "AttentionSelectorCV",
    "CoverageSelector",
    "CriterionSelector",
    "DeflatedPopularity",
    "InfFS",
    "InfFSCV",
    "InfFSPath",
    "KnockoffSelector",
    "RankAggregator",
    "RecursiveElimination",
    "StabilitySelector",
    "inf_fs_path",
    "presets",
]
