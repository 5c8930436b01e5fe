"""The scikit-learn face of the package."""

from infsel.estimators.elimination._recursive_elimination import RecursiveElimination
from infsel.estimators.forward._coverage import CoverageSelector
from infsel.estimators.forward._criterion import CriterionSelector
from infsel.estimators.forward._deflated_popularity import DeflatedPopularity
from infsel.estimators.graph._attention import AttentionSelector
from infsel.estimators.graph._inf_fs import InfFS
from infsel.estimators.graph._preset_table import presets
from infsel.estimators.meta._knockoff import KnockoffSelector
from infsel.estimators.meta._rank_aggregator import RankAggregator
from infsel.estimators.meta._stability import StabilitySelector
from infsel.estimators.search._path import InfFSPath, inf_fs_path
from infsel.estimators.search._searches import AttentionSelectorCV, InfFSCV
from infsel.estimators.search._selector_cv import SelectorCV

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
    "SelectorCV",
    "StabilitySelector",
    "inf_fs_path",
    "presets",
]
