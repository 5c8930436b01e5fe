"""What a criterion is: how much each feature would add to those picked before it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

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


class StoppingGains(Gains):
    """Gains that say when to stop, and which picks are not needed beside the others."""

    @abstractmethod
    def is_done(self, left: np.ndarray) -> bool:
        """Whether no candidate that the mask holds adds anything."""

    @abstractmethod
    def again(self, members: list[int]) -> Self:
        """The gains after these picks and no others."""

    @abstractmethod
    def among(self, members: list[int]) -> Self:
        """The gains of these candidates alone, before the first pick."""

    @abstractmethod
    def is_significant(self, feature: int, n_tested: int) -> bool:
        """Whether a candidate adds something, among so many that are tested."""


@dataclass
class Criterion(Configurable, ABC):
    """A rule of forward selection. A subclass writes `gains`, which begins with nothing picked.

    Attributes
    ----------
    supervised : bool
        Whether it reads a target.
    stops : bool
        Whether its gains say when further picks add nothing (`StoppingGains`).
    complements : bool
        Whether copies of a picked column add nothing, so that they come last.
    """

    supervised: ClassVar[bool] = True
    stops: ClassVar[bool] = False
    complements: ClassVar[bool] = True

    @abstractmethod
    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
