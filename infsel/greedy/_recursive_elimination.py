"""Recursive elimination from the table to the order of its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from infsel._runtime.ties import settle_within
from infsel.eliminations import (
    AttentionRidge,
    BlockRidge,
    BlocksLeftOut,
    Enough,
    LearnedAttention,
    LeftOut,
    LinearRidge,
    PooledRidge,
    RowModel,
    SumRidge,
    column_order,
    deal,
    distinct,
    random_signs,
    visited,
)
from infsel.embeddings import Filled
from infsel.greedy._columns import Columns, Margins, columns_of
from infsel.greedy._eliminate import eliminate
from infsel.greedy._enough import is_known
from infsel.greedy._rounds import Rounds
from infsel.selection import Choices
from infsel.tables import Table, as_table, leaders, with_copies
from infsel.targets import Target

KERNELS = ("auto", "sum", "attention", "linear")
METRICS = ("sqeuclidean", "l1")
SCALINGS = ("normal-scores", "standard")
REGULARIZATIONS = {"sum": 5.0, "attention": 3.0, "linear": 10.0, "numbers": 3.0, "l1": 1e-3}
_MOSTLY = 0.9
_WIDE = 3  # columns a sample: among twice as many attention finds a product of two in 300 samples, among 3.3 not
_LOOKED_AT = 500
_DIGITS = 1e-12  # of the information, a difference of entropies
_MARGIN_ULPS = 64  # differences of means in [0, 1]: exchangeable columns of full factorial designs were up to 6 apart
_STORED_PRODUCTS = 2**25
_EXACTLY = 128  # samples of a part, each of whose leverages is computed: of more it would take up to half of the time


@dataclass(frozen=True)
class Eliminated:
    """What an elimination found.

    Attributes
    ----------
    order : ndarray of int of shape (n_features,)
        All columns from best to worst.
    rounds : Rounds
        Those of the columns that entered.
    repeats : callable
        It finds the column that each repeats, exactly or nearly, -1 where it is none, and the correlation of both as
        the models see them, NaN there; both of shape (n_features,). Shuffled targets have no use for it.
    """

    order: np.ndarray
    rounds: Rounds
    repeats: Callable[[], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Elimination:
    """Everything that turns a table and a target into an order of the columns; `RecursiveElimination` explains it."""

    kernel: str
    metric: str
    scaling: str
    regularization: float
    bandwidth: float
    linear_share: float
    drop: float
    n_screened: int
    bins: int
    information_power: float
    relief_power: float
    temperature: float
    part_size: int
    tol: float
    n_starts: int

    def __call__(self, table: Table, target: Target, among: Choices) -> Eliminated:
        """Rank the columns of a table, none of them constant."""
        table, target = _joined(table, target)
        columns = columns_of(table, self.scaling == "normal-scores", target.outputs, self.bins)
        first = leaders(columns.originals(), among.precedence)
        distinct = np.flatnonzero(first == np.arange(len(first)))
        those = among.of(distinct)
        information = self._information(columns, distinct, target, those.n_groups)
        enters, order = self._screen(information, those)
        entered = distinct[enters]
        Z, owner = columns.rows(entered, self.kernel == "linear", self.metric == "l1")
        parts = self._parts(columns.places, target)
        if self.metric == "l1":
            prior, model = np.ones(len(entered)), self._learned(columns.scores(Z), owner, target, parts)
        else:
            prior = information[enters] ** self.information_power
            prior *= self._closeness(columns.margins(entered), target, parts)
            model = self._ridge(Z, owner, columns.scores, _some(columns.places, entered), target, parts)
        rounds = eliminate(model, prior, self.drop, those.of(enters), self.tol)
        rounds = replace(rounds, order=entered[rounds.order])
        order = with_copies(np.concatenate([rounds.order, distinct[order]]), first, among.group)
        return Eliminated(order, rounds, partial(columns.repeats, rounds.order, first))

    def _information(self, columns: Columns, which: np.ndarray, target: Target, n_groups: int) -> np.ndarray:
        """What each column says about the target by itself, none of it less than chance might."""
        if (self.information_power == 0 or self.metric == "l1") and self.n_screened >= n_groups:
            return np.ones(len(which))
        information, by_chance = columns.information(which, target.outputs, self.bins)
        return np.maximum(settle_within(information, _DIGITS)[0], by_chance)

    def _screen(self, information: np.ndarray, among: Choices) -> tuple[np.ndarray, np.ndarray]:
        """The columns that enter, and the others from best to worst: groups go by the mean of their information."""
        everything, eps = np.ones(len(information), dtype=bool), float(np.finfo(np.float64).eps)
        passes = among.select(information, everything, eps, self.n_screened, None, automatic=False)
        order = np.argsort(among.rank(information, everything, eps))
        return np.flatnonzero(passes), order[~passes[order]]

    def _parts(self, places: Filled, target: Target) -> list[np.ndarray]:
        """Samples of each part: all of them, or where there are twice as many or more at least `part_size`."""
        n_parts = max(1, places.shape[1] // self.part_size)
        return deal(places, target.outputs[0], n_parts) if n_parts > 1 else [np.arange(places.shape[1])]

    def _ridge(
        self,
        scaled: Any,
        owner: np.ndarray | None,
        scores: Callable[[Any], Any],
        places: Filled,
        target: Target,
        parts: list[np.ndarray],
    ) -> RowModel:
        weights, signs = target.weights, random_signs(places) if len(parts[0]) > _EXACTLY else None
        if self.kernel == "linear":
            Z = scores(scaled) if owner is None else scores(scaled).astype(np.float64)  # rows of labels are dependent
            return _by_column(LinearRidge(Z, target.values, weights, self.regularization, signs), owner)
        stored = sum(len(part) ** 2 for part in parts) <= _STORED_PRODUCTS
        single = self.tol > 0 and len(parts) > 1  # what other samples would say differs more than its round-off

        def model(part: np.ndarray, rows: np.ndarray) -> RowModel:
            w, Y = weights[part], target.values[part]
            Z = scores(scaled[rows[:, np.newaxis], part])
            if single:
                Z, Y = Z.astype(np.float32), Y[:, np.lexsort(Y[::-1])]  # in an order that the labels do not decide
            settings = (self.regularization, self.bandwidth, stored, None if signs is None else signs[part])
            Y = Y - w @ Y / w.sum()
            if self.kernel == "sum":
                return SumRidge(Z, Y, w, *settings, linear_share=self.linear_share)
            return AttentionRidge(Z, Y, w, *settings)

        rows = np.arange(len(scaled))
        if len(parts) == 1:
            return _by_column(model(parts[0], rows), owner)
        return _by_column(PooledRidge(model, parts, _row_order(places, owner) if single else rows), owner)

    def _learned(self, Z: Any, owner: np.ndarray | None, target: Target, parts: list[np.ndarray]) -> RowModel:
        outputs = [_of_unit_variance(output, target.weights) for output in target.outputs]
        rows = LeftOut(Z.astype(np.float64), outputs, target.weights, parts)
        objective = rows if owner is None else BlocksLeftOut(rows, owner)
        if len(parts) > 1:
            objective = objective.on_parts(len(visited(objective.alike, parts, self._known())))
        return LearnedAttention(objective, self.regularization, self.n_starts)

    def _closeness(self, measure: Margins, target: Target, parts: list[np.ndarray]) -> np.ndarray | float:
        """How much closer samples lie to their own class than to others, to the power."""
        if self.relief_power == 0:
            return 1.0
        weights = target.weights

        def margins(part: np.ndarray) -> np.ndarray:
            outputs, w = [output[part] for output in target.outputs], weights[part]
            return np.asarray(measure(part, outputs, w, self.temperature) * (w.sum() / weights.sum()))

        shares = visited(margins, parts, self._known())
        resolution = _MARGIN_ULPS * len(target.outputs) * float(np.finfo(np.float64).eps)
        joined = settle_within(shares.sum(axis=0) * (len(parts) / len(shares)), resolution)[0]
        return np.asarray(np.maximum(joined, 0) ** self.relief_power)

    def _known(self) -> Enough | None:
        """Whether more parts would hardly change what is measured on parts, which 0 does not ask."""
        return partial(is_known, tol=self.tol) if self.tol > 0 else None


def _joined(table: Table, target: Target) -> tuple[Table, Target]:
    """The samples in an order that does not depend on where they stand, equal ones as one that counts more often."""
    order, starts = distinct(table, target.outputs)
    first = order[starts]
    counts = np.add.reduceat(table.counts[order], starts)
    joined = replace(target, outputs=[output[first] for output in target.outputs], weights=counts)
    return table.rows(first).weighted(counts), joined


def _some(rows: Any, which: np.ndarray) -> Any:
    """Some of the rows; all of them as they are, without a copy."""
    return rows if len(which) == len(rows) else rows[which]


def _by_column(model: RowModel, owner: np.ndarray | None) -> RowModel:
    return model if owner is None else BlockRidge(model, owner)


def _row_order(places: Filled, owner: np.ndarray | None) -> np.ndarray:
    """The rows of the columns in the order of `column_order`."""
    order = column_order(places)
    return order if owner is None else np.argsort(np.argsort(order)[owner], kind="stable")


def _of_unit_variance(output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Numbers with mean 0 and variance 1; class codes as they are."""
    if output.dtype.kind != "f":
        return output
    return np.asarray(as_table(output[:, np.newaxis], weights).standardized())[0]


def holds_few(n_features: int, target: Target) -> bool:
    """Whether samples with numbers as targets are too few for distances: less than a third of the columns."""
    return target.is_numeric and n_features > _WIDE * float(target.weights.sum())


def holds_counts(table: Table) -> bool:
    """Whether most columns hold one value in most samples, as counts of words do: seen on up to 500 columns."""
    n_features = table.shape[1]
    seen = np.linspace(0, n_features - 1, min(n_features, _LOOKED_AT)).astype(np.intp)
    return bool(np.median(table.columns(seen).majority()) > _MOSTLY)
