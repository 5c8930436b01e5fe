"""What criteria read: the columns that compete, the target, and what each sample counts for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from infsel.criteria._leading import leading_component
from infsel.criteria._targets import Output
from infsel.embeddings import Embedding
from infsel.statistics import placed
from infsel.tables import LackingTable, Table
from infsel.targets import Target, read_target


@dataclass(frozen=True)
class Candidates:
    """The columns that compete: none is constant, and none says the same as another if the criterion complements.

    Parameters
    ----------
    table : Table of shape (n_samples, n_candidates)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs), what was read from it, or None
    task : {"auto", "classification", "regression", "ordinal", "survival"}
        What y holds (`infsel.targets.read_target`).
    part_of : tuple of Table and ndarray of int, default=None
        The table that the candidates are columns of, and their numbers there.
    seeds : ndarray of bool of shape (n_candidates,), default=None
        Which are picked before all others, whatever they add; None for none of them.
    """

    table: Table
    y: Any
    task: str = "auto"
    part_of: tuple[Table, np.ndarray] | None = None
    seeds: np.ndarray | None = None

    @property
    def source(self) -> tuple[Table, np.ndarray]:
        """The whole table, and the numbers of the candidates among its columns."""
        return (self.table, np.arange(self.table.shape[1])) if self.part_of is None else self.part_of

    @cached_property
    def Z(self) -> Embedding:
        """Centered columns of norm 1, weighted, as rows: their Gram matrix correlates.

        Labels stand where the target puts them, or without one the leading component of the table (`placed`), in
        shorter rows where that is due to chance.
        """
        table = self.table
        if not isinstance(table, LackingTable) or not (table.informative or table.nominal.any()):
            return table.unit_columns()
        if self.y is None:
            return table.rows_by_blocks(placed, table.dtype, leading_component(table))
        values = [Target([output.values], self.weights, ("",), (None,)).values for output in self.outputs]
        return table.rows_by_blocks(placed, table.dtype, np.hstack(values), len(self.outputs))

    @property
    def weights(self) -> np.ndarray:
        """What each sample counts for."""
        return self.table.counts

    @cached_property
    def outputs(self) -> list[Output]:
        """The target, one output for each of its columns that varies."""
        target = read_target(self.y, self.weights, self.task)
        return [Output(*pair) for pair in zip(target.outputs, target.sources, strict=True)]
