"""Whether walks help at all, and how far they should go: damping by cross-fitted relevance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from infsel.propagations import Propagation
from infsel.readouts import Seeded
from infsel.relevances import cross_fitted, halves, picked
from infsel.tables import Table
from infsel.walks._composition import Composition
from infsel.walks._solve import Means, nodes, solve

N_SPLITS = 8


@dataclass(frozen=True)
class HeldOut:
    """What the features selected on one half of the rows are worth on the other.

    Attributes
    ----------
    values : ndarray of shape (n_rules, n_splits)
        Mean relevance, on the half that was not seen, of the features that each rule ranks first on the other half; in
        units of the largest relevance there.
    """

    values: np.ndarray

    def choice(self) -> int:
        """The first rule that the best one does not beat by more than one standard error of their difference."""
        best = self.values[self.values.mean(axis=1).argmax()]
        behind = best - self.values
        errors = behind.std(axis=1, ddof=1) / np.sqrt(behind.shape[1])
        return int(np.flatnonzero(behind.mean(axis=1) <= errors)[0])


def held_out(
    composition: Composition,
    rules: Sequence[Propagation],
    table: Table,
    y: Any,
    admitted: np.ndarray,
    means: Means,
) -> HeldOut:
    """Rank by each rule on halves of the rows, and rate what comes first on the other half.

    Nothing of a half is seen on the other: affinity and start are computed for each.

    Parameters
    ----------
    composition : Composition
        Its readout has a start that reads the rows.
    rules : sequence of Propagation
        From no propagation on.
    table, y : Table, target
    admitted : ndarray of bool of shape (n_features,)
    means : Means

    Raises
    ------
    ValueError
        If there are too few rows, or the start is no relevance.
    """
    readout = composition.readout
    assert isinstance(readout, Seeded)
    fitted = cross_fitted(readout.start, table, y, n_splits=N_SPLITS, name="start")
    worth = fitted.held_out / np.abs(fitted.held_out).max(axis=0)
    values = np.empty((len(rules), 2, N_SPLITS))
    for number, rows in enumerate(halves(table, y, n_splits=N_SPLITS)):
        split, side = divmod(number, 2)
        half, target, column = table.rows(rows), picked(y, rows), split + side * N_SPLITS
        known = replace(composition, readout=replace(readout, start=fitted.given[:, column]))
        inside = nodes(known, half, admitted)
        # no store: halves are not met again
        for _, rule, result in solve(known, half, target, inside, means._replace(store=None), rules=rules):
            first = np.argsort(-np.where(admitted, result.scores, -np.inf), kind="stable")[: means.n_selected]
            values[rule, side, split] = np.abs(worth[first, column]).mean()
    return HeldOut(values.mean(axis=1))
