"""An affinity whose rows are distributions, so that several can be mixed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel.affinities._base import Affinity, OfOne
from infsel.operators import FeatureOperator, stochastic
from infsel.tables import Table


@dataclass
class Rows(OfOne):
    """D^-1 A: an affinity, each of its rows divided by its sum, as part of a formula. A zero row stays zero.

    After ``normalization="row"`` the whole formula sums to 1; here each term does, so that weights say how much of a
    step of a walk goes through it: ``0.9 * Rows(A) + 0.1 * Rows(B)``.

    Parameters
    ----------
    affinity : Affinity
        Without negative entries.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.affinities import Given
    >>> Rows(Given([[0, 1, 3], [1, 0, 0], [0, 0, 0]]))(np.eye(3)).to_dense()
    array([[0.  , 0.25, 0.75],
           [1.  , 0.  , 0.  ],
           [0.  , 0.  , 0.  ]])
    """

    def __repr__(self) -> str:
        return f"Rows({self.affinity!r})"

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        """Relate the given columns.

        Raises
        ------
        ValueError
            If an entry of the affinity is negative, or may be.
        """
        A = self.affinity.among(columns, table, y)
        require_nonnegative(A, self.affinity, "rows that sum to 1")
        return stochastic(A)


def require_nonnegative(A: FeatureOperator, affinity: Affinity, what: str) -> None:
    """Refuse an affinity with negative entries, or of unknown sign, for which `what` has no meaning.

    Raises
    ------
    ValueError
    """
    if A.nonnegative:
        return
    state = "may have" if A.nonnegative is None else "has"
    raise ValueError(
        f"{affinity!r} {state} negative entries, and {what} need an affinity without. Take one that has none, such "
        "as SquaredCorrelation(debiased='cut') or Redundancy()."
    )
