"""Walks through one or several graphs by one or several rules, with one Krylov basis for each graph and direction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from infsel.propagations import Flow, Propagation, Propagator, propagator
from infsel.walks._graphs import Graph, Mixtures


def walk(
    graphs: Sequence[Graph],
    rules: Sequence[Propagation],
    start: np.ndarray,
    directions: Sequence[bool],
    *,
    mixtures: Mixtures | None = None,
    tol: float = 1e-11,
    max_iter: int = 100,
) -> Iterator[tuple[int, int, tuple[Flow, ...]]]:
    """Let relevance flow through every graph by every rule.

    Parameters
    ----------
    graphs : sequence of Graph
    rules : sequence of Propagation
    start : ndarray of shape (n,)
        Where the walks start, not zero.
    directions : sequence of bool
        Whether to walk against the direction of the graph; each direction is walked by itself.
    mixtures : Mixtures, default=None
        What the graphs are, where they take their products together.
    tol, max_iter : float, int
        As for `Propagator`.

    Yields
    ------
    graph, rule : int
        Numbers of the graph and of the rule, rule by rule.
    flows : tuple of Flow
        One for each direction.

    Raises
    ------
    ValueError
        If a rule has no value on a graph.
    """
    limits: dict[str, Any] = {"tol": tol, "max_iter": max_iter}
    walks: dict[tuple[bool, bool], list[Propagator]] = {}
    for j, rule in enumerate(rules):
        for t in directions:
            if (t, rule.of_gramian) not in walks:
                walks[t, rule.of_gramian] = [
                    propagator(A, start, rule, transposed=t, unit=unit, in_radii=in_radii, **limits)
                    for A, (unit, in_radii) in graphs
                ]
        flows = [_flows(rule, graphs, walks[t, rule.of_gramian], mixtures, t) for t in directions]
        for i, of_graph in enumerate(zip(*flows, strict=True)):
            yield i, j, of_graph


def _flows(
    rule: Propagation,
    graphs: Sequence[Graph],
    walks: list[Propagator],
    mixtures: Mixtures | None,
    transposed: bool,
) -> list[Flow]:
    """The flow of one rule through each graph; `mixtures` takes their products together."""
    if mixtures is None or rule.of_gramian:  # products with A A^T are no sums
        return [walk(rule.resolve(graph.A)) for graph, walk in zip(graphs, walks, strict=True)]
    answers = [walk.answer(rule) for walk in walks]
    while waiting := [i for i, answer in enumerate(answers) if answer is None]:
        if len(waiting) == 1:
            walks[waiting[0]].grow()
        else:
            newest = np.column_stack([walks[i].basis.newest for i in waiting])
            for i, product in zip(waiting, mixtures.product(waiting, newest, transposed).T, strict=True):
                walks[i].basis.extend(product)
        for i in waiting:
            answers[i] = walks[i].answer(rule)
    return [answer for answer in answers if answer is not None]
