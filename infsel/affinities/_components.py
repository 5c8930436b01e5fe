"""Columns less what all of them have in common, for affinities that correlate."""

from __future__ import annotations

from typing import Any

import numpy as np

from infsel._runtime.ranges import Count, InvalidParameter, Or
from infsel.embeddings import Embedding
from infsel.statistics import Components, leading_components, without_components
from infsel.tables import Table

COMPONENTS = Or("auto", Count(0))
MOST = 3  # components that "auto" removes


def deglobalized(table: Table, correlation: str, remove_components: int) -> Embedding:
    """Standardized columns or ranks as rows of norm 1, less as many leading principal components.

    Raises
    ------
    ValueError
        If nothing would be left to correlate, or the table is sparse.
    """
    if not remove_components:
        return table.correlating(correlation)
    found, rank = _leading(table, correlation, remove_components)
    if remove_components > rank - 2:
        raise InvalidParameter(
            f"remove_components={remove_components!r} leaves nothing to correlate of {len(table)} samples and "
            f"{int(table.varying().sum())} columns that vary: pass a whole number from 0 to {max(rank - 2, 0)}."
        )
    return without_components(_dense(table, correlation), found.directions[:, :remove_components])


def how_many(table: Table, correlation: str) -> int:
    """How many leading components hold more than .1 of the variance and most columns: 3 at most."""
    found, rank = _leading(table, correlation, MOST)
    return min(found.n_common, MOST, max(rank - 2, 0))


def reads_with(correlation: str, remove_components: int | str) -> frozenset[str]:
    """What of a table such a correlation needs: components need its samples."""
    return frozenset({"pairs"}) if correlation == "pearson" and remove_components == 0 else frozenset({"samples"})


def _leading(table: Table, correlation: str, k: int) -> tuple[Components, int]:
    """The k leading components and two more, where there are as many, and how many of these are no round-off.

    All columns correlate by 1 or -1 along the last.
    """
    Z = _dense(table, correlation)
    found = leading_components(Z, min(k + 2, *Z.shape))
    return found, int(np.count_nonzero(found.shares > max(Z.shape) * np.finfo(Z.dtype).eps))


def _dense(table: Table, correlation: str) -> Any:
    if correlation == "mutual-information":
        raise InvalidParameter(
            f"remove_components with correlation={correlation!r}, which knows no components: use 'spearman', 'pearson' "
            "or remove_components=0."
        )
    for require in (table.require_dense, table.require_plain):
        require("remove_components", ", or use remove_components=0")
    return table.correlating_rows(correlation)
