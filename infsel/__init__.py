"""Feature selection by letting relevance flow over a graph whose nodes are the columns of a table.

Docstrings name pages of the documentation by their files, such as docs/choosing.md: they are in the source of the
package, and on its site, if it was published with one; ``pip show --verbose infsel`` lists its addresses.
"""

from importlib import import_module as _import
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
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

    __version__: str

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
_FOLDERS = (
    "affinities",
    "comparison",
    "criteria",
    "datasets",
    "distributed",
    "eliminations",
    "embeddings",
    "estimators",
    "files",
    "greedy",
    "inspection",
    "krylov",
    "normalizations",
    "onnx",
    "operators",
    "propagations",
    "readouts",
    "relevances",
    "report",
    "selection",
    "statistics",
    "studies",
    "tables",
    "targets",
    "walks",
)


def __getattr__(name: str) -> _Any:
    """Import a name where it is first asked for: the command line answers before scikit-learn is there."""
    if name in _FOLDERS:
        return _import(f"infsel.{name}")
    if name == "__version__":
        from importlib.metadata import version

        found: _Any = version("infsel")
    elif name in __all__:
        found = getattr(_import("infsel.estimators"), name)
    else:
        raise AttributeError(f"module 'infsel' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_FOLDERS})
