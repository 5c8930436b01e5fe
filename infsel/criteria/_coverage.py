"""Coverage: every class wants to be explained, and what is explained twice counts once."""

from dataclasses import dataclass

import numpy as np

from infsel._runtime.ties import round_off
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.criteria._correlation import correlations
from infsel.statistics import squared_correlations


@dataclass
class Coverage(Criterion):
    """What a feature adds to the explanation of every class, with diminishing returns.

    The gain of feature f after the picks S is sum_c sqrt(cov_c + R_fc (1 - max_{j in S} rho_fj^2)) - sqrt(cov_c). R_fc
    is the squared point-biserial correlation of f with class c against the rest, rho_fj Pearson's correlation, and
    cov_c the sum of what the picks brought to c. The root favors the class that has least. A numeric target is one
    "class", with R its squared correlation; of a multi-output target every output brings its own.

    Notes
    -----
    Gains never grow from pick to pick. Time O(n_samples n_features) a pick: one product with the last picked column.
    """

    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
        return _Gains(candidates)


class _Gains(Gains):
    def __init__(self, candidates: Candidates) -> None:
        self._Z = candidates.Z
        self._R = np.vstack(
            [squared_correlations(self._Z, output.values, candidates.weights) for output in candidates.outputs]
        )
        self._covered = np.zeros((len(self._R), 1))
        self._new = np.ones(self._R.shape[1])  # 1 - the largest squared correlation with a picked feature
        self._weigh()

    @property
    def resolution(self) -> float:
        """That of the roots, of which gains are differences."""
        roots = np.sqrt(self._covered + self._R * self._new).sum(axis=0)
        return float(round_off(roots.max(), np.finfo(self._Z.dtype).eps))

    def pick(self, feature: int) -> None:
        self._covered += self._R[:, [feature]] * self._new[feature]
        rho = correlations(self._Z, feature)
        np.minimum(self._new, np.maximum(1 - np.square(rho), 0), out=self._new)
        self._weigh()

    def _weigh(self) -> None:
        self.values = (np.sqrt(self._covered + self._R * self._new) - np.sqrt(self._covered)).sum(axis=0)
