"""Relevance by how well the feature orders times, of which some are censored."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import Flag, parameter
from infsel.relevances._base import Relevance
from infsel.statistics import by_blocks, counts_of, order_of_times
from infsel.targets import times_of


@dataclass
class Concordance(Relevance):
    """|2 C - 1| with Harrell's concordance C of each feature with times of which some are censored: in [0, 1].

    C is the share of the pairs of samples, among those of which it is known who outlived whom, in which the larger
    value outlives; equal values count half. It depends on the order of the values and of the times alone. Of numbers
    and grades, which nothing censors, it is the probability of the same order, of two numbers the area that `AUC` has.
    A constant column gets 0.

    Parameters
    ----------
    signed : bool, default=False
        Whether to return 2 C - 1 in [-1, 1], which is negative where larger values fail earlier.

    References
    ----------
    Harrell, Califf, Pryor, Lee, Rosati (1982). Evaluating the yield of medical tests. JAMA 247.
    Harrell, Lee, Mark (1996). Multivariable prognostic models: issues in developing models, evaluating assumptions and
    adequacy, and measuring and reducing errors. Statistics in Medicine 15.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 8.0], [2.0, 2.0], [3.0, 4.0], [4.0, 3.0]])
    >>> y = np.array([(True, 5.0), (False, 6.0), (True, 7.0), (True, 9.0)], dtype=[("event", bool), ("time", float)])
    >>> Concordance()(X, y).tolist(), Concordance(signed=True)(X, y).tolist()
    ([1.0, 1.0], [1.0, -1.0])
    """

    cancels: ClassVar[float] = 1.0
    weighted: ClassVar[bool] = True

    signed: bool = parameter(Flag(), False)

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        survival, weights = times_of(y), counts_of(sample_weight, len(X))
        signed = by_blocks(X, lambda block: order_of_times(block, survival, weights))
        return signed if self.signed else np.abs(signed)
