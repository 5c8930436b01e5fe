"""Several relations between the same features, seen as one."""

from functools import cached_property
from typing import Literal

import numpy as np

from infsel.operators._base import FeatureOperator, Index


class Heads(FeatureOperator):
    """Entrywise mean or maximum of operators, as the heads of attention.

    Parameters
    ----------
    heads : tuple of FeatureOperator
        Operators of one shape.
    pooling : {"mean", "max"}
        What stands at (i, j) of all the heads' entries there.
    """

    def __init__(self, heads: tuple[FeatureOperator, ...], pooling: Literal["mean", "max"]) -> None:
        super().__init__(heads[0].shape[0], np.result_type(*(head.dtype for head in heads)))
        self.heads, self.pooling = heads, pooling

    @cached_property
    def nonnegative(self) -> bool:
        return all(head.nonnegative for head in self.heads) or super().nonnegative

    def _rows(self, index: Index) -> np.ndarray:
        rows = self.heads[0].rows(index).astype(self.dtype)
        for head in self.heads[1:]:
            (np.add if self.pooling == "mean" else np.maximum)(rows, head.rows(index), out=rows)
        return rows / len(self.heads) if self.pooling == "mean" else rows
