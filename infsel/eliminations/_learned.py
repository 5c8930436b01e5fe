"""Attention between rows with learned weights of the columns."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize

from infsel._runtime.progress import stage
from infsel.eliminations._base import RowModel
from infsel.eliminations._blocks import BlocksLeftOut
from infsel.eliminations._left_out import LeftOut

_SHARPNESS = (2.0, 20.0, 200.0)  # of the starts at what single columns gain
_SCALES = (1.5, 4.0, 12.0, 30.0)  # total weights of the starts
_LOOK: dict[str, float] = {"maxiter": 100}
_SETTLE = {"maxiter": 200, "ftol": 1e-13, "gtol": 1e-8}
_RESOLUTION = 1e-5  # of a weight: what the optimizer leaves


class LearnedAttention(RowModel):
    """Weights v >= 0 of the columns that maximize how well each row is predicted by the rows that it attends to.

    The objective is that of `LeftOut` less regularization sum_f v_f, which leaves most weights at exactly 0. With
    v_f = w_f^2 it is that of neighborhood component feature selection. It has many maxima, so that it is climbed
    (L-BFGS-B) from several starts and the best one stays. The starts, in this order: all columns alike with a sum of
    1.5, 4, 12 and 30; in proportion to exp(s g), with g the objective of a column by itself and s = 2, 20 and
    200; and all alike again on the half of the columns with the steepest slope, on half of those, and so on.

    The importance of a column is its weight, or where that is 0 the slope of the objective, which is negative. When
    columns are dropped the others learn on from where they are.

    Parameters
    ----------
    objective : LeftOut or BlocksLeftOut
    regularization : float
        Cost of a unit of weight.
    n_starts : int

    Attributes
    ----------
    weights : ndarray of shape (n_remaining,)
        v.
    value : float
        The penalized objective there.
    """

    def __init__(self, objective: LeftOut | BlocksLeftOut, regularization: float, n_starts: int) -> None:
        self._objective, self._cost = objective, regularization
        self.counts = objective.weights[objective.members]
        self.null_errors = objective.errors(np.zeros(len(objective)))
        self.weights, self.value = np.zeros(len(objective)), -np.inf
        with stage("starts", n_starts + 1) as advance:
            for _, start in zip(range(n_starts), self._starts(), strict=False):
                self._climb(start, _LOOK)
                advance(1)
            self._climb(self.weights, _SETTLE)
            advance(1)

    def importance(self) -> np.ndarray:
        """The weights that are left, after they have learned on, or their slopes where they are 0."""
        self.value = -np.inf
        self._climb(self.weights, _SETTLE)
        self.errors = self._objective.errors(self.weights)
        slopes = self._objective(self.weights)[1] - self._cost
        result = np.where(self.weights > 0, self.weights, np.minimum(slopes, 0))
        self.resolution = _RESOLUTION * float(np.abs(result).max())
        return result

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._objective, self.weights = self._objective.restricted(stays), self.weights[stays]

    def _climb(self, start: np.ndarray, options: dict[str, float]) -> None:
        """Keep where the climb from a start ends, if that is higher than before."""

        def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = self._objective(v)
            return self._cost * float(v.sum()) - value, self._cost - slope

        end = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start), options=options)
        if -end.fun > self.value:
            self.weights, self.value = end.x, float(-end.fun)

    def _starts(self) -> Iterator[np.ndarray]:
        n_features = len(self._objective)
        alive = [np.ones(n_features, dtype=bool) for _ in _SCALES]
        yield from (scale * mask / mask.sum() for scale, mask in zip(_SCALES, alive, strict=True))
        gains = self._objective.of_single(_SCALES[1])
        for sharpness in _SHARPNESS:
            attention = np.exp(sharpness * (gains - gains.max()))
            yield _SCALES[1] * attention / attention.sum()
        while alive[0].sum() > 1:
            alive = [self._half(mask, scale) for scale, mask in zip(_SCALES, alive, strict=True)]
            yield from (scale * mask / mask.sum() for scale, mask in zip(_SCALES, alive, strict=True))

    def _half(self, mask: np.ndarray, scale: float) -> np.ndarray:
        """Of the columns of a mask the half with the steepest slope at equal weights."""
        columns = np.flatnonzero(mask)
        slopes = self._objective.restricted(mask)(np.full(len(columns), scale / len(columns)))[1]
        steepest = columns[np.argsort(-slopes, kind="stable")[: (len(columns) + 1) // 2]]
        return np.isin(np.arange(len(mask)), steepest)
