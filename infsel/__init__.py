"""Feature selection by letting relevance flow over a graph whose nodes are the columns of a table."""

from importlib.metadata import version as _version

from infsel.estimators import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    KnockoffSelector,
    RankAggregator,
    StabilitySelector,
    presets,
)

__all__ = [
    "AttentionSelector",
    "CoverageSelector",
    "CriterionSelector",
    "DeflatedPopularity",
    "InfFS",
    "KnockoffSelector",
    "RankAggregator",
    "StabilitySelector",
    "__version__",
    "presets",
]
__version__ = _version("infsel")
