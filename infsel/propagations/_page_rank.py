"""Random walks that now and then start anew."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._runtime.ranges import Number, Or, parameter
from infsel.propagations._base import Propagation

_CANCELED = 1e-12  # of what the sum is made of: the rest is round-off


@dataclass
class PageRank(Propagation):
    """(I - damping A)^-1 b, scaled to sum 1: the visits of a walk that goes back to b with chance 1 - damping.

    For a row-stochastic A read by ``readout="received"`` this is PageRank, and with a start of one's own
    (``readout="seeded"``) personalized PageRank. A node without outgoing edges sends its walk back to b.

    Parameters
    ----------
    damping : float in [0, 1), default=0.85
        Chance of a further step.

    References
    ----------
    Page, Brin, Motwani, Winograd (1999). The PageRank citation ranking. Stanford InfoLab 1999-66.

    Examples
    --------
    >>> import numpy as np
    >>> rule, step = PageRank(0.5), np.array([[0.0, 0.0], [1.0, 0.0]])  # both walks end in the second node
    >>> rule.finish(rule(step, np.ones(2))).round(12).tolist()
    [0.4, 0.6]
    """

    counts_start: ClassVar[bool] = True

    damping: float = parameter(Or(0, Number(0, 1)), 0.85)

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The solution x of x = damping A x + b."""
        return np.linalg.solve(np.eye(len(b)) - self.damping * A, b)

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """damping x."""
        return self.damping * self.act(A, b)

    def own(self, b: np.ndarray) -> np.ndarray:
        """The start itself."""
        return b

    def weight(self, k: int) -> float:
        """damping^k."""
        return self.damping**k

    def diverges(self, radius: float) -> bool:
        """Whether walks multiply faster than damping ends them."""
        return self.damping * radius >= 1 - 1e-12

    def finish(self, scores: np.ndarray) -> np.ndarray:
        """Make them a distribution.

        Raises
        ------
        ValueError
            If they cancel, as they may in a graph with negative entries.
        """
        total, scaled = _total(scores)
        if abs(total) <= _CANCELED * np.abs(scaled).sum():
            raise ValueError(
                f"{self!r} has no distribution here: the visits of its walks sum to 0, because the graph or the start "
                "has negative entries. Take their absolute values, or propagation='resolvent'."
            )
        return np.asarray(scaled / total)

    def strain(self, scores: np.ndarray) -> float:
        """The error of their sum comes on top."""
        total, scaled = _total(scores)
        return 1 + float(np.sqrt(len(scores)) * np.linalg.norm(scaled)) / abs(total) if total else np.inf


def _total(scores: np.ndarray) -> tuple[float, np.ndarray]:
    """The sum of the scores in units of the largest, and they."""
    scaled = scores / (np.abs(scores).max() or 1.0)  # a sum of large numbers may overflow where none of them does
    return float(scaled.sum()), scaled
