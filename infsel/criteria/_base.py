"""What a criterion is: how much each feature would add to those picked before it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._runtime.configurable import Configurable
from infsel._runtime.ties import round_off
from infsel.criteria._candidates import Candidates


class Gains(ABC):
    """What every candidate would add to the features picked so far.

    Attributes
    ----------
    values : ndarray of shape (n_candidates,)
        The gain of each candidate, meaningless for those picked.
    """

    values: np.ndarray

    @property
    def resolution(self) -> float | np.ndarray:
        """How far apart gains may lie by round-off alone, one number or one a candidate.

        128 units in the last place of each gain. Gains that are differences say more: that of what cancels in them.
        """
        return round_off(np.abs(self.values), float(np.finfo(np.float64).eps))

    @abstractmethod
    def pick(self, feature: int) -> None:
        """Add a candidate to the picked ones and bring `values` up to date."""


@dataclass
class Criterion(Configurable, ABC):
    """A rule of forward selection. A subclass writes `gains`, which begins with nothing picked.

    Attributes
    ----------
    supervised : bool
        Whether it reads a target.
    complements : bool
        Whether copies of a picked column add nothing, so that they come last.
    """

    supervised: ClassVar[bool] = True
    complements: ClassVar[bool] = True

    @abstractmethod
    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
