"""Walks through a mixture of heads, and how their scores change with its weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from infsel.operators import FeatureOperator

_STORED_BYTES = 2**26  # of all heads, up to which walks of every length are solved for at once
_FEW_HOPS = 2  # of walks through larger graphs: longer ones tell nothing more about the heads


class Scores(NamedTuple):
    """Scores, and what turns a derivative by them into those by the weights of heads and by the damping."""

    values: np.ndarray
    back: Callable[[np.ndarray], tuple[np.ndarray, float]]


@dataclass(frozen=True)
class Walks:
    """What features gather on walks, s = sum_{k=1}^{n_hops} (rho P)^k r with P = sum_h w_h P_h.

    Attributes
    ----------
    heads : sequence of FeatureOperator
        P_h, of which rows sum to 1.
    n_hops : float
        Whole, or infinity. Walks of all lengths are solved for where the heads can be stored in 64 MiB, else they end
        after 2 hops.
    """

    heads: Sequence[FeatureOperator]
    n_hops: float

    def scores(self, w: np.ndarray, rho: float, R: np.ndarray) -> Scores:
        """Scores from each column of R."""
        return self._by_hops(w, rho, R) if self._stored is None else _solved(self._stored, w, rho, R)

    def _first_hop(self, R: np.ndarray) -> np.ndarray:
        """P_h R, once for all weights."""
        if "R" not in self._first or self._first["R"] is not R:
            self._first.update(R=R, products=np.stack([head.times(R) for head in self.heads]))
        return self._first["products"]

    @cached_property
    def _first(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def _stored(self) -> np.ndarray | None:
        if np.isfinite(self.n_hops) or 8 * len(self.heads) * self.heads[0].shape[0] ** 2 > _STORED_BYTES:
            return None
        return np.stack([head.to_dense().astype(np.float64) for head in self.heads])

    def _by_hops(self, w: np.ndarray, rho: float, R: np.ndarray) -> Scores:
        X, seen = R, []
        for _ in range(int(self.n_hops) if np.isfinite(self.n_hops) else _FEW_HOPS):
            seen.append(self._first_hop(R) if X is R else np.stack([head.times(X) for head in self.heads]))
            X = R + rho * np.tensordot(w, seen[-1], axes=1)

        def back(slope: np.ndarray) -> tuple[np.ndarray, float]:
            by_weight, by_rho = np.zeros(len(w)), 0.0
            for products in reversed(seen):
                along = np.tensordot(products, slope, axes=2)
                by_weight += rho * along
                by_rho += float(w @ along)
                if products is not seen[0]:
                    returned = np.stack([head.times(slope, transposed=True) for head in self.heads])
                    slope = rho * np.tensordot(w, returned, axes=1)
            return by_weight, by_rho

        return Scores(X - R, back)


def _solved(heads: np.ndarray, w: np.ndarray, rho: float, R: np.ndarray) -> Scores:
    """X = (I - rho P)^-1 R less R; with L = (I - rho P)^-T dJ/ds, dJ/dw_h = rho <L, P_h X> and dJ/drho = <L, P X>."""
    factors = lu_factor(np.eye(len(R)) - rho * np.tensordot(w, heads, axes=1))
    X = lu_solve(factors, R)

    def back(slope: np.ndarray) -> tuple[np.ndarray, float]:
        adjoint = lu_solve(factors, slope, trans=1)
        along = np.array([np.sum(adjoint * (head @ X)) for head in heads])
        return rho * along, float(w @ along)

    return Scores(X - R, back)
