"""The start together with what walks bring."""

from dataclasses import dataclass

import numpy as np

from infsel._runtime.ranges import Part, required
from infsel.propagations._base import Propagation


@dataclass
class WithStart(Propagation):
    """b + f(A) b for another rule f that counts walks from their first hop on.

    With negative damping the walks inhibit: (I + r A)^-1 b is what is left of each feature's b once the others have
    taken away what they repeat. For A the correlation matrix of the columns and b their correlation with a target these
    are the coefficients of ridge regression, up to a factor.

    Parameters
    ----------
    rule : Propagation
        What the walks count for, `Hops` or `Resolvent`.

    References
    ----------
    Hoerl, Kennard (1970). Ridge regression: biased estimation for nonorthogonal problems. Technometrics 12.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.propagations import Resolvent
    >>> WithStart(Resolvent(-1.0))(np.ones((2, 2)), np.array([3.0, 3.0])).round(12)  # what one alone keeps is 1.5
    array([1., 1.])
    """

    rule: Propagation = required(Part(Propagation))

    def __repr__(self) -> str:
        return repr(self.rule)

    @property
    def degree(self) -> float:
        """That of the rule."""
        return self.rule.degree

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The start and the walks from it."""
        return b + self.rule.act(A, b)

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """That of the rule."""
        return self.rule.inflow(A, b)

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """That of the rule."""
        return self.rule.slope(A, b)

    def weight(self, k: int) -> float:
        """That of the rule."""
        return self.rule.weight(k)

    def diverges(self, radius: float) -> bool:
        """Whether the rule does."""
        return self.rule.diverges(radius)

    def crosses(self, A: np.ndarray) -> bool:
        """Whether the rule does."""
        return self.rule.crosses(A)

    def own(self, b: np.ndarray) -> np.ndarray:
        """The start."""
        return b
