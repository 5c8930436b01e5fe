"""What a readout is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.configurable import Configurable
from infsel.normalizations import Normalization
from infsel.propagations import Propagation


@dataclass
class Readout(Configurable):
    """One score for each feature from the walks through the graph: where they start and go, and what they count.

    A subclass says so by the attributes below, and by ``__call__``, which gets what the walks of each direction bring
    to the features and returns their scores, entry by entry; by default their sum.

    Attributes
    ----------
    directions : tuple of bool
        The directions that are walked, each by itself: False for walks that leave a feature, whose counts are row sums,
        True for those that arrive, column sums.
    starts : bool
        Whether walks start at given weights rather than everywhere alike.
    settles : bool
        Whether the start counts among the scores: negative damping then inhibits, the scores are absolute values, and
        `signed_scores_` holds them with their signs.
    additive : bool
        Whether scores are the sum of the walks but for their signs, so that the walks up to each length rank, too: so
        it is where `__call__` is inherited.

    Examples
    --------
    >>> class Hub(Readout):
    ...     '''Both many walks that leave and many that arrive.'''
    ...     directions = (False, True)
    ...     def __call__(self, sent, received):
    ...         return np.sqrt(sent * received)
    >>> from sklearn.datasets import load_wine
    >>> from infsel import InfFS
    >>> int(InfFS(readout=Hub()).fit(load_wine().data).ranking_.argmin())
    12
    """

    directions: ClassVar[tuple[bool, ...]] = (False,)
    starts: ClassVar[bool] = False
    settles: ClassVar[bool] = False
    additive: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__call__" in cls.__dict__:
            cls.additive = cls.__dict__.get("additive", False)

    @property
    def reads(self) -> frozenset[str]:
        """What of a table the start needs, as for an affinity."""
        return frozenset()

    def weights(self, X: Any, y: Any) -> np.ndarray | None:
        """Where walks start, one weight for each column of X; None for everywhere alike."""
        return None

    def counted(self, rule: Propagation) -> Propagation:
        """The rule that walks follow, as the propagation of the selector or around it."""
        return rule

    def __call__(self, *walks: np.ndarray) -> np.ndarray:
        """Scores from what the walks of each direction bring, each of shape (n_features,)."""
        return reduce(np.add, walks)

    def flattened_by(self, normalization: Normalization) -> bool:
        """Whether every feature would get the same score at every depth."""
        names = ("received" if against else "sent" for against in self.directions)
        return not self.starts and all(name in normalization.flattens for name in names)
