"""What walks bring from groups of features to groups."""

import numpy as np

from infsel.operators import FeatureOperator
from infsel.propagations import Flow, propagate
from infsel.walks._result import Result


def group_flow(result: Result, graph: FeatureOperator, members: np.ndarray) -> np.ndarray:
    """Hᵀ S diag(b) H: what walks bring to the features of each group from starts in each group.

    Parameters
    ----------
    result : Result
    graph : FeatureOperator
        That of the result.
    members : ndarray of bool of shape (n_inside, n_groups)
        H, one group a feature.

    Returns
    -------
    flow : ndarray of shape (n_groups, n_groups)
        Of the walks of all directions together, before they are scaled: one row for each group that they are brought
        to, one column for each that they start in.
    """
    return np.stack([sum(_brought(graph, flow, own) for flow in result.flows) @ members for own in members.T], axis=1)


def _brought(graph: FeatureOperator, flow: Flow, own: np.ndarray) -> np.ndarray:
    """What walks from the starts of these features bring to every one."""
    start = np.where(own, flow.basis.start(), 0.0)
    if not start.any():
        return start
    found = propagate(graph, start, flow.rule, unit=flow.unit, in_radii=False, transposed=flow.transposed)
    M = found.basis.over(found.unit)
    return found.basis.combine(found.rule.act(M, np.eye(len(M))[0]))
