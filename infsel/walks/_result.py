"""What the walks found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from infsel.affinities import Affinity
from infsel.operators import FeatureOperator
from infsel.propagations import Flow
from infsel.selection import settle


@dataclass(frozen=True)
class Result:
    """Scores of one composition on one table, their certificates, and the walks that they come from.

    A pickle leaves the graph behind, because it holds the table; a copy shares the whole result, which never changes.

    Attributes
    ----------
    scores : ndarray of shape (n_features,)
        Those that differ by round-off alone made equal; 0 outside the graph.
    order : ndarray of int of shape (n_inside,)
        An order in which the scores inside fall, counted among them.
    inside : ndarray of bool of shape (n_features,)
        Which features are nodes of the graph.
    eps : float
        Relative precision of the scores.
    graph : FeatureOperator or None
        The normalized affinity among the features inside, where it was not left behind.
    flows : tuple of Flow
        The walks of each direction.
    affinity : Affinity or None
        How the features relate, with what was learned or automatic filled in.
    additive : bool
        Whether the scores are the sum of the walks but for their signs.
    signed_scores : ndarray of shape (n_features,) or None
        Scores before their absolute value is taken, where the readout takes it.
    errors, rescored : ndarray of shape (n_features,) or None
        Standard errors, and whether the last hop was exact, where landmarks stood for all features.
    recall : float or None
        Expected share of the selected features among those that exact scores would select.
    """

    scores: np.ndarray
    order: np.ndarray
    inside: np.ndarray
    eps: float
    graph: FeatureOperator | None
    flows: tuple[Flow, ...]
    affinity: Affinity | None = None
    additive: bool = True
    signed_scores: np.ndarray | None = None
    errors: np.ndarray | None = None
    rescored: np.ndarray | None = None
    recall: float | None = None

    @property
    def spectral_radius(self) -> float:
        """That of the normalized affinity."""
        return self.flows[0].spectral_radius

    @property
    def n_iter(self) -> int:
        """Products that the walks of all directions took."""
        return sum(flow.n_products for flow in self.flows)

    @property
    def residual(self) -> float:
        """The largest residual of a direction."""
        return max(flow.residual for flow in self.flows)

    @property
    def error(self) -> float:
        """The largest bound of a direction."""
        return max(flow.error for flow in self.flows)

    @property
    def converged(self) -> bool:
        """Whether every direction met the tolerance."""
        return all(flow.converged for flow in self.flows)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the graph."""
        return vars(self) | {"graph": None}

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Itself."""
        return self


def result_of(
    scores: np.ndarray, inside: np.ndarray, graph: FeatureOperator, flows: tuple[Flow, ...], **found: Any
) -> Result:
    """The result of scores of the features inside; `found` holds other attributes, for the features inside, too."""
    eps = float(np.finfo(graph.dtype).eps)
    settled, order = settle(scores, eps)
    spread: dict[str, Any] = {
        name: _spread(value, inside) if isinstance(value, np.ndarray) else value for name, value in found.items()
    }
    return Result(_spread(settled, inside), order, inside, eps, graph, flows, **spread)


def with_scores(result: Result, scores: np.ndarray) -> Result:
    """The same with other scores, given for all features, of which those inside are settled and ordered anew."""
    settled, order = settle(scores[result.inside], result.eps)
    return replace(result, scores=_spread(settled, result.inside), order=order)


def _spread(values: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Values of the features inside among all of them, with 0 elsewhere."""
    everywhere = np.zeros(len(inside), dtype=values.dtype)
    everywhere[inside] = values
    return everywhere
