"""Feature selection by letting relevance flow over a graph whose nodes are the columns of a table."""

from importlib.metadata import version as _version

from infsel.estimators import (
    AttentionSelector,
    AttentionSelectorCV,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    InfFSCV,
    InfFSPath,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    StabilitySelector,
    inf_fs_path,
    presets,
)

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
    "__version__",
    "inf_fs_path",
    "presets",
]
__version__ = _version("infsel")
