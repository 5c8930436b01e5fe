"""What a propagation found, and where it came from."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from infsel.operators import FeatureOperator
from infsel.propagations._base import Propagation
from infsel.propagations._krylov import KrylovBasis

_NEGLIGIBLE = 1e-12
_LONGEST = 100_000


@dataclass(frozen=True)
class LastHop:
    """All but the last product of a propagation: the scores are own + A inflow, with A transposed where it says so."""

    inflow: np.ndarray
    own: np.ndarray
    transposed: bool

    def scores(self, A: FeatureOperator) -> np.ndarray:
        """What the features score by one hop through A."""
        return self.own + (A.rmatvec if self.transposed else A.matvec)(self.inflow)


@dataclass(frozen=True)
class Flow:
    """The scores of a propagation, their certificate, and the walks they are made of.

    Attributes
    ----------
    scores : ndarray of shape (n,)
        rule(A / unit) b.
    spectral_radius : float
        The radius that set the unit, or else the largest Ritz value of the basis.
    residual : float
        Certificate, relative to the norm of the scores: the larger of the truncation of the basis and the error bound
        of the unit. 0 where the basis is exact.
    n_products : int
        Products with A spent.
    converged : bool
        Whether the residual met the tolerance.
    rule : Propagation
        The function of a matrix.
    basis : KrylovBasis
        The basis it was evaluated in.
    unit : float
        What A was divided by.
    transposed : bool
        Whether the walks go against the direction of A.
    """

    scores: np.ndarray
    spectral_radius: float
    residual: float
    n_products: int
    converged: bool
    rule: Propagation
    basis: KrylovBasis
    unit: float
    transposed: bool

    def own(self) -> np.ndarray:
        """What each node has before any walk."""
        return self.rule.own(self.basis.start())

    def inflow(self) -> np.ndarray:
        """What each node hands on: row i of A times this is what the walks bring to feature i."""
        e1 = np.eye(len(self.basis.H))[0]
        return self.basis.combine(self.rule.inflow(self.basis.H / self.unit, e1)) / self.unit

    def last_hop(self) -> LastHop:
        """What one product with A needs to give the scores."""
        H = self.basis.H
        raw = self.basis.combine(self.rule(H / self.unit, np.eye(len(H))[0]))
        top = np.abs(raw).argmax()
        scale = self.scores[top] / raw[top] if raw[top] else 1.0
        return LastHop(scale * self.inflow(), scale * self.own(), self.transposed)

    def hop_profile(self) -> np.ndarray:
        """Share of the mass of all scores that walks of 1, 2, ... hops bring; the tail below 1e-12 is left off."""
        return _shares(self._by_hop(self.basis.sums()))

    def hop_profile_of(self, feature: int) -> np.ndarray:
        """The same for the score of one feature, with as many hops."""
        return _shares(self._by_hop(self.basis.of(feature), len(self.hop_profile())))

    def truncated(self, n_hops: int) -> Iterator[np.ndarray]:
        """The scores of walks of at most 1, 2, ..., n_hops hops, up to scale: the basis holds them all."""
        M = self.basis.H / self.unit
        walk, total = np.eye(len(M))[0], np.zeros(len(M))
        for k in range(1, n_hops + 1):
            walk = M @ walk
            total = total + self.rule.weight(k) * walk
            yield self.own() + self.basis.combine(total)

    def _by_hop(self, readout: np.ndarray, n_hops: int | None = None) -> np.ndarray:
        M = self.basis.H / self.unit
        walk, masses, total = np.eye(len(M))[0], [], 0.0
        longest = n_hops or int(min(self.rule.degree, _LONGEST))
        for k in range(1, longest + 1):
            walk = M @ walk
            masses.append(self.rule.weight(k) * float(readout @ walk))
            total += abs(masses[-1])
            if not np.isfinite(total):
                raise ValueError(
                    f"the hops of {self.rule!r} diverge one by one: its scores have no profile of lengths."
                )
            if n_hops is None and len(masses) > len(M) and abs(masses[-1]) <= _NEGLIGIBLE * total:
                break
        return np.array(masses)


def _shares(masses: np.ndarray) -> np.ndarray:
    total = np.abs(masses).sum()
    return np.abs(masses) / total if total else masses
