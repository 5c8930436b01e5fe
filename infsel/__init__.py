"""Feature selection by letting relevance flow over a graph whose nodes are the columns of a table."""

from importlib import import_module as _import
from importlib.metadata import version as _version
from typing import Any as _Any

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
    SelectorCV,
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
    "SelectorCV",
    "StabilitySelector",
    "__version__",
    "inf_fs_path",
    "presets",
]
__version__ = _version("infsel")

_LATER = ("datasets", "inspection", "studies")  # what no selector needs is imported where it is first asked for


def __getattr__(name: str) -> _Any:
    if name in _LATER:
        return _import(f"infsel.{name}")
    raise AttributeError(f"module 'infsel' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
