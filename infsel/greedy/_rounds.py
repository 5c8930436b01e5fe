"""What elimination leaves behind: the order of the columns, and the models that it went through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Rounds:
    """The rounds of an elimination.

    Attributes
    ----------
    order : ndarray of int of shape (n_features,)
        The columns from the last to be dropped, the best, to the first.
    sizes : ndarray of int of shape (n_rounds,)
        How many columns the model of each round had, falling: those of round r are the first sizes[r] of the order.
    """

    order: np.ndarray
    sizes: np.ndarray
