"""Relevance by the neighbors of each row: alike within its class, apart from the other classes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel._runtime.ranges import Number, parameter
from infsel.relevances._differences import ByDifferences, Parts, in_order
from infsel.statistics import SparseDistances, counts_of, neighbors_of, sample_distances, soft_margins
from infsel.targets import output_of


@dataclass
class SoftRelief(ByDifferences):
    """Mean difference to rows of other classes less the mean difference to rows of the same class.

    Every row attends to the rows of its own class and, class by class, to the others, by a softmax of -D / t over
    their l1 distances D on columns scaled to [0, 1]. Classes count alike, and so do the classes a row is compared with;
    in `IteratedRelief` and `ReliefF` they count by their shares of the samples. The margin of a feature lies in [-1, 1]
    and is about 0 for noise; a constant column gets 0. It sees interactions, which no relevance of single columns does.
    Time is O(n_samples^2 n_features); of more than 2,048 samples memory grows with n_samples, not with its square.

    Parameters
    ----------
    temperature : float > 0, default=0.5
        t in standard deviations of the distances. Low temperatures compare the nearest rows only, as Relief does.

    Notes
    -----
    A continuous target has no classes: rows attend to each other by exp(-D / t) times the difference, or one less the
    difference, of their ranks in the target, as in RReliefF.

    References
    ----------
    Kononenko (1994). Estimating attributes: analysis and extensions of RELIEF. ECML.
    Robnik-Sikonja, Kononenko (2003). Theoretical and empirical analysis of ReliefF and RReliefF. Machine Learning 53.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 0.0], [0.1, 1.0], [1.0, 0.0], [0.9, 1.0]])
    >>> SoftRelief()(X, [0, 0, 1, 1]).round(2).tolist()
    [0.8, -0.99]
    """

    temperature: float = parameter(Number(low=0), 0.5)

    def _differ(self, X: Any, y: Any, sample_weight: Any, parts: Parts) -> np.ndarray:
        outputs, weights = [output_of(y, sample_weight)], counts_of(sample_weight, len(X))
        return relief_margins(X, outputs, weights, self.temperature, parts.ranges)


def relief_margins(
    X: Any, outputs: list[np.ndarray], weights: np.ndarray, temperature: float, ranges: np.ndarray | None = None
) -> np.ndarray:
    """The margin of each column, summed over the outputs of the target that vary; 0 for a constant column.

    Parameters
    ----------
    X : ndarray, CSR array or distributed table of shape (n_samples, n_features)
    outputs : list of ndarray of shape (n_samples,)
        Class numbers as integers, or floating-point numbers.
    weights : ndarray of shape (n_samples,)
        How often each sample counts, the copies of a sample being its neighbors too.
    temperature : float
        In standard deviations of the distances.
    ranges : ndarray of shape (n_features,), default=None
        What the columns of an array are scaled to, in place of 1.

    Returns
    -------
    margins : ndarray of shape (n_features,)
    """
    varying = [output for output in outputs if np.ptp(output) > 0]
    if varying:  # the samples of a class of the first output in a row, where they need not be picked
        order = np.argsort(varying[0], kind="stable")
        X, weights, varying = in_order(X, order), weights[order], [output[order] for output in varying]
    neighbors = [neighbors_of(output, weights) for output in varying]
    distances = SparseDistances(X, weights) if sp.issparse(X) else sample_distances(X, weights, ranges)
    return soft_margins(distances, neighbors, temperature)
