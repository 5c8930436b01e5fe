"""How one score arises: where it starts, which neighbors bring it, over how many hops."""

from __future__ import annotations

import numpy as np

from infsel.operators import FeatureOperator, Gramian
from infsel.propagations import Flow
from infsel.walks._result import Result

_MOST_HOPS = 10

Reason = tuple[str, str, float, float]


def reasons(
    result: Result, graph: FeatureOperator, node: int, score: float, names: np.ndarray, n_neighbors: int
) -> list[Reason]:
    """The reasons for one score: part, name, value in units of the score, and share of it.

    Parameters
    ----------
    result : Result
    graph : FeatureOperator
        That of the result.
    node : int
        Number of the feature among those inside.
    score : float
    names : ndarray of shape (n_inside,)
    n_neighbors : int
        How many of those that bring most to list.
    """
    flows = result.flows
    start = sum(flow.basis.start()[node] for flow in flows) / len(flows)
    own = sum(flow.own()[node] for flow in flows)
    brought = sum(_edges(graph, flow, node) * flow.inflow() for flow in flows)
    raw = own + brought.sum()
    brought = brought * (score / raw if raw else 0)  # the scale, and the sign of an absolute value
    rows = [("start", names[node], start, own / raw if raw else 0)]
    strongest = np.argsort(-np.abs(brought), kind="stable")[:n_neighbors]
    rows += [("neighbor", names[j], brought[j], brought[j] / score if score else 0) for j in strongest]
    rest = brought.sum() - brought[strongest].sum()
    rows.append(("neighbor", "(others)", rest, rest / score if score else 0))
    if score:  # the hops of a score of zero are round-off
        rows += [("hop", name, share * score, share) for name, share in _hops(flows[0], node)]
    return rows


def _edges(graph: FeatureOperator, flow: Flow, node: int) -> np.ndarray:
    """The row of the graph, or against its direction the column, that leads to the node's score."""
    if flow.rule.of_gramian:
        return Gramian(graph, flow.transposed).rows(np.array([node]))[0]
    if not flow.transposed:
        return graph.rows(np.array([node]))[0]
    unit = np.zeros(graph.shape[0])
    unit[node] = 1
    return graph.matvec(unit)


def _hops(flow: Flow, node: int) -> list[tuple[str, float]]:
    """Shares of the score by length of the walks, the longest together."""
    try:
        shares = flow.hop_profile_of(node)
    except ValueError:  # the propagation is no sum over hops
        return []
    named = [(str(k), float(share)) for k, share in enumerate(shares[:_MOST_HOPS], start=1)]
    longer = (
        float(1 - shares[:_MOST_HOPS].sum()) if len(shares) > _MOST_HOPS else 0.0
    )  # what the profile leaves off, too
    return named + ([(f"more than {_MOST_HOPS}", longer)] if longer else [])
