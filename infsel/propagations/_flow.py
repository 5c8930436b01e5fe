"""What a propagation found, and where it came from."""

from dataclasses import dataclass

import numpy as np

from infsel.krylov import KrylovBasis
from infsel.operators import FeatureOperator
from infsel.propagations._base import Propagation

_NEGLIGIBLE = 1e-12
_LONGEST = 1000  # hops one by one
_DEEPEST = 100_000


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
        The larger of the truncation of the basis, relative to the norm of the scores, and the error bound of the unit.
        0 where the basis is exact.
    error : float
        Bound on the error of the scores relative to their norm: what walks make of both, and of round-off.
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
    error: float
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
        M = self.basis.over(self.unit)
        return self.basis.combine(self.rule.inflow(M, np.eye(len(M))[0])) / self.unit

    def last_hop(self) -> LastHop:
        """What one product with A needs to give the scores."""
        M = self.basis.over(self.unit)
        raw = self.basis.combine(self.rule.act(M, np.eye(len(M))[0]))
        top = np.abs(raw).argmax()
        scale = self.scores[top] / raw[top] if raw[top] else 1.0
        return LastHop(scale * self.inflow(), scale * self.own(), self.transposed)

    def hop_profile(self) -> np.ndarray:
        """Share of the mass of all scores that walks of 1, 2, ... hops bring, of at most 1,000 hops.

        It ends where the tail is below 1e-12. What the shares lack to 1 is brought by longer walks.
        """
        return self._shares(self.basis.sums(), _LONGEST)

    def hop_profile_of(self, feature: int) -> np.ndarray:
        """The same for the score of one feature, with as many hops."""
        return self._shares(self.basis.of(feature), len(self.hop_profile()))

    def mean_hops(self) -> float:
        """Mean length of the walks behind all scores together, over all lengths."""
        whole, lengths = self._moments(self.basis.sums())
        return lengths / whole if whole else 0.0

    def share_within(self, n_hops: int) -> np.ndarray:
        """Share of the mass of all scores that walks of at most 1, 2, ..., n_hops hops bring."""
        masses = np.abs(self._masses(self.basis.sums(), n_hops))
        shares = np.cumsum(masses) / (self._whole(self.basis.sums()) or 1.0)
        return np.append(shares, np.full(n_hops - len(shares), 1.0))

    def depths(self) -> np.ndarray:
        """Coefficients of the walks of at most 1, 2, ... hops, for as long as they change: shape (n_depths, m)."""
        M, longest = self.basis.over(self.unit), len(self._masses(self.basis.sums(), _DEEPEST))
        walk, walks = np.eye(len(M))[0], np.empty((longest, len(M)))
        for k in range(longest):
            walk = M @ walk
            walks[k] = self.rule.weight(k + 1) * walk
        return np.cumsum(walks, axis=0)

    def _masses(self, readout: np.ndarray, longest: int) -> np.ndarray:
        """What walks of 1, 2, ... hops bring, as long as it counts."""
        M = self.basis.over(self.unit)
        walk, masses, total, least = np.eye(len(M))[0], np.zeros(16), 0.0, 2 * len(M)
        n_hops = int(min(self.rule.degree, longest))
        for k in range(1, n_hops + 1):
            masses = masses if k <= len(masses) else np.append(masses, np.zeros_like(masses))
            walk = M @ walk
            masses[k - 1] = self.rule.weight(k) * float(readout @ walk)
            total += abs(masses[k - 1])
            if not np.isfinite(total):
                raise self._diverging()
            # walks along a cycle come back only after its length: one mass of zero is not the end
            if k > least and np.abs(masses[k - len(M) : k]).max() <= _NEGLIGIBLE * total:
                n_hops = k
                break
        masses = masses[:n_hops]
        counting = np.flatnonzero(np.abs(masses) > _NEGLIGIBLE * total)
        return masses[: max(counting.max(initial=0) + 2, len(M) + 1)]

    def _shares(self, readout: np.ndarray, longest: int) -> np.ndarray:
        masses, total = self._masses(readout, longest), self._whole(readout)
        return np.abs(masses) / total if total else masses

    def _whole(self, readout: np.ndarray) -> float:
        return self._moments(readout)[0]

    def _moments(self, readout: np.ndarray) -> tuple[float, float]:
        """The mass of walks of every length, and of each times its length.

        Beyond 1,000 hops it is the closed form: walks that in turn add and take away are those through -A that all add.
        Where signs have no such order those of long walks have, and what the first ones cancel is added back.
        """
        masses = self._masses(readout, _LONGEST)
        lengths = np.arange(1, len(masses) + 1)
        if len(masses) < _LONGEST:
            return float(np.abs(masses).sum()), float(np.abs(masses) @ lengths)
        latest = np.abs(masses[-4:])
        if latest[2:].sum() >= latest[:2].sum():
            raise self._diverging()
        turn = -1.0 if masses[-1] * masses[-2] < 0 else 1.0
        last = len(masses) - 1 - int(latest[-1] < latest[-2])
        lead = np.sign(masses[last]) * turn ** lengths[last]
        M = turn * self.basis.over(self.unit)
        e1 = np.eye(len(M))[0]
        missed = np.abs(masses) - lead * turn**lengths * masses
        whole = lead * float(readout @ M @ self.rule.inflow(M, e1)) + float(missed.sum())
        return whole, lead * float(readout @ self.rule.slope(M, e1)) + float(missed @ lengths)

    def _diverging(self) -> ValueError:
        return ValueError(f"the hops of {self.rule!r} diverge one by one: its scores have no profile of lengths.")
