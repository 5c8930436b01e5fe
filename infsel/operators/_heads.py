"""Several relations between the same features, seen as one."""

from functools import cached_property
from typing import Literal

import numpy as np

from infsel.operators._base import FeatureOperator, Index


class Heads(FeatureOperator):
    """Entrywise mean or maximum of operators, as the heads of attention. A mean multiplies through its heads.

    Parameters
    ----------
    heads : tuple of FeatureOperator
        Operators of one shape.
    pooling : {"mean", "max"}
        What stands at (i, j) of all the heads' entries there.
    """

    def __init__(self, heads: tuple[FeatureOperator, ...], pooling: Literal["mean", "max"]) -> None:
        super().__init__(heads[0].shape[0], np.result_type(*(head.dtype for head in heads)))
        self.children, self.pooling = heads, pooling

    @cached_property
    def nonnegative(self) -> bool | None:
        """One non-negative head is enough for the maximum."""
        return (all if self.pooling == "mean" else any)(head.nonnegative for head in self.children) or None

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.children[0].rows(index).astype(self.dtype)
        for head in self.children[1:]:
            (np.add if self.pooling == "mean" else np.maximum)(rows, head.rows(index), out=rows)
        return rows / len(self.children) if self.pooling == "mean" else rows

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return super()._matvec(x) if self.pooling == "max" else self._mean(x, False)

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return super()._rmatvec(x) if self.pooling == "max" else self._mean(x, True)

    def _mean(self, x: np.ndarray, transposed: bool) -> np.ndarray:
        return np.mean([head.times(np.ravel(x), transposed) for head in self.children], axis=0)
