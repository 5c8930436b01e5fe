"""The one road from a composition and a table to results: a fit is a grid with one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from infsel.affinities import Affinity
from infsel.operators import FeatureOperator, Sum
from infsel.propagations import Propagation
from infsel.readouts import Readout
from infsel.tables import Table
from infsel.walks._composition import Composition
from infsel.walks._graphs import Graph, Mixtures, Store, graph_of, mixtures_of, normalized
from infsel.walks._landmarks import Walked, estimate
from infsel.walks._result import Result, result_of
from infsel.walks._walk import walk


class Means(NamedTuple):
    """What there is to compute with.

    Attributes
    ----------
    kept_bytes : int
        Bytes of a graph that may stay from one product to the next.
    store : Store or None
        What keeps graphs from one fit to the next.
    rng : RandomState or None
        Draws landmarks.
    n_selected : int
        How many features will be selected, which landmarks rescore.
    """

    kept_bytes: int
    store: Store | None = None
    rng: np.random.RandomState | None = None
    n_selected: int = 1


def nodes(composition: Composition, table: Table, admitted: np.ndarray) -> np.ndarray:
    """Which of the admitted columns are nodes of the graph, as a mask of shape (n_features,).

    Raises
    ------
    ValueError
        If none is.
    """
    inside = table.varying() & admitted
    if not inside.any():
        raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
    return inside | (composition.constants_inside & admitted)


def solve(
    composition: Composition,
    table: Table,
    y: Any,
    inside: np.ndarray,
    means: Means,
    *,
    affinities: Sequence[Affinity] = (),
    rules: Sequence[Propagation] = (),
) -> Iterator[tuple[int, int, Result]]:
    """Results of a composition, or of a grid of them that differ in their affinities and rules.

    Statistics of the columns are computed once, affinities share the terms that they have in common and the products
    with them, and all rules share the basis of an affinity.

    Parameters
    ----------
    composition : Composition
    table, y : Table, target
    inside : ndarray of bool of shape (n_features,)
        Which columns are `nodes` of the graph.
    means : Means
    affinities, rules : sequence of Affinity, of Propagation
        What to put in the place of the composition's own.

    Yields
    ------
    affinity, rule : int
        Numbers of the affinity and of the rule, rule by rule.
    result : Result

    Raises
    ------
    ValueError
        If a part cannot be used on this table, or a rule has no value.
    """
    columns = np.flatnonzero(inside)
    n_landmarks = composition.solver.n_landmarks
    if n_landmarks is not None and n_landmarks < len(columns):
        yield 0, 0, _estimated(composition, table, y, inside, columns, means)
        return
    readout, solver = composition.readout, composition.solver
    formulas = [affinity.resolve(columns, table, y) for affinity in affinities or [composition.affinity]]
    graphs = _graphs(composition, formulas, columns, table, y, means)
    start = start_of(readout, graphs.each[0].A, table, y, columns)
    limits: dict[str, Any] = {"tol": solver.tol, "max_iter": solver.max_iter}
    counted = [readout.counted(rule) for rule in rules or [composition.rule]]
    for i, j, flows in walk(graphs.each, counted, start, readout.directions, mixtures=graphs.shared, **limits):
        brought = [flow.scores for flow in flows]
        found: dict[str, Any] = {"affinity": formulas[i], "additive": readout.additive}
        if readout.settles:
            found["signed_scores"] = reduce(np.add, brought)
        yield i, j, result_of(readout(*brought), inside, graphs.each[i].A, flows, **found)
    graphs.owner.release()


class _Graphs(NamedTuple):
    """Normalized graphs, the mixtures that they are where these may share products, and who keeps memory for all."""

    each: list[Graph]
    shared: Mixtures | None
    owner: FeatureOperator


def _graphs(
    composition: Composition, affinities: Sequence[Affinity], columns: np.ndarray, table: Table, y: Any, means: Means
) -> _Graphs:
    normalization = composition.normalization
    if len(affinities) == 1:
        graph = graph_of(
            affinities[0], normalization, columns, table, y, kept_bytes=means.kept_bytes, store=means.store
        )
        return _Graphs([graph], None, graph.A)
    mixtures = mixtures_of(affinities, columns, table, y)
    owner = Sum(*mixtures.parts)
    owner.keep(means.kept_bytes)
    sums = [mixtures[number] for number in range(len(mixtures))]
    each = [normalized(A, normalization) for A in sums]
    # where a normalization makes another operator of a mixture, its products are no longer sums
    unchanged = all(graph.A is A for graph, A in zip(each, sums, strict=True))
    return _Graphs(each, mixtures if unchanged else None, owner)


def _estimated(
    composition: Composition, table: Table, y: Any, inside: np.ndarray, columns: np.ndarray, means: Means
) -> Result:
    """The result from landmarks."""
    readout, solver = composition.readout, composition.solver
    affinity = composition.affinity.resolve(columns, table, y)
    A = affinity.among(columns, table, y)
    A.keep(means.kept_bytes)
    start = start_of(readout, A, table, y, columns)

    def walked(sample: FeatureOperator) -> Walked:
        graph = normalized(sample, composition.normalization)
        limits: dict[str, Any] = {"tol": solver.tol, "max_iter": solver.max_iter}
        [(_, _, flows)] = walk([graph], [readout.counted(composition.rule)], start, readout.directions, **limits)
        return Walked(graph.A, flows)

    assert solver.n_landmarks is not None
    assert means.rng is not None
    k = min(means.n_selected, len(columns))
    found = estimate(A, walked, readout, solver.n_landmarks, k, means.rng)
    uncertain = {"errors": found.errors, "rescored": found.rescored, "recall": found.recall}
    found.graph.release()
    known: dict[str, Any] = {"affinity": affinity, "additive": readout.additive}
    return result_of(found.scores, inside, found.graph, found.flows, **known, **uncertain)


def start_of(readout: Readout, A: FeatureOperator, table: Table, y: Any, columns: np.ndarray) -> np.ndarray:
    """One weight per given column, negative ones only in a signed graph A, each 1 where no start is given.

    Raises
    ------
    ValueError
        If one cannot be used, or all are 0.
    """
    weights = readout.weights(table, y)
    if weights is None:
        return np.ones(len(columns))
    b = weights[columns]
    wrong = ~np.isfinite(b)
    if (b < 0).any() and A.nonnegative:
        wrong |= b < 0
    if wrong.any():
        raise ValueError(
            f"start[{columns[wrong][0]}] is {b[wrong][0]}: weights must be finite and, unless the affinity is signed "
            "too, non-negative."
        )
    if not b.any():
        raise ValueError("start is zero for every feature that varies: at least one weight must differ from 0.")
    return b
