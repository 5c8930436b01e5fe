"""Affinity by worth: two features relate by what each is worth alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Flag, parameter
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, LowRank, MaxOuter
from infsel.relevances import as_relevance, relevance_of
from infsel.tables import Table


@dataclass
class Relevance(Affinity):
    """A relevance r of single features, made a graph of rank one or two or a max-kernel: products cost O(n).

    Parameters
    ----------
    score : str, relevance or callable, default="fisher"
        A name in `infsel.relevances`, an object of it, or a callable ``(X, y) -> weights``.
    pair : {"product", "max", "mean", "row", "column"}, default="product"
        r_i r_j, max(r_i, r_j), (r_i + r_j) / 2, r_i, or r_j.
    scale : bool, default=True
        Whether to scale to [0, 1]: the whole matrix for "product", r for the others. A flat r becomes 0.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 0.0], [1.0, 4.0]])
    >>> Relevance(lambda X, y: X.sum(axis=0), pair="max", scale=False)(X).to_dense()
    array([[1., 4.],
           [4., 4.]])
    """

    score: str | Callable[[np.ndarray, Any], Any] = "fisher"
    pair: Literal["product", "max", "mean", "row", "column"] = parameter(
        Choice(("product", "max", "mean", "row", "column")), "product"
    )
    scale: bool = parameter(Flag(), True)

    @property
    def reads(self) -> frozenset[str]:
        return as_relevance(self.score).reads

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        r = relevance_of(self.score, table, y, "the score of a Relevance").astype(table.dtype)
        return _PAIRS[self.pair](r, self.scale)


def _product(r: np.ndarray, scale: bool) -> FeatureOperator:
    extremes = np.outer([r.min(), r.max()], [r.min(), r.max()])
    if not scale:
        return LowRank(r[:, None], r[:, None], nonnegative=bool(extremes.min() >= 0))
    low, spread = extremes.min(), np.ptp(extremes)
    if spread == 0:
        return MaxOuter(np.zeros_like(r))
    ones = np.ones_like(r)
    return LowRank(np.stack([r / spread, ones], axis=1), np.stack([r, -low / spread * ones], axis=1), nonnegative=True)


def _max(r: np.ndarray, scale: bool) -> FeatureOperator:
    return MaxOuter(_scaled(r, scale))


def _mean(r: np.ndarray, scale: bool) -> FeatureOperator:
    r = _scaled(r, scale)
    half, ones = r / 2, np.ones_like(r)
    return LowRank(np.stack([half, ones], axis=1), np.stack([ones, half], axis=1), nonnegative=bool(r.min() >= 0))


def _row(r: np.ndarray, scale: bool) -> FeatureOperator:
    r = _scaled(r, scale)
    return LowRank(r[:, None], np.ones((len(r), 1), r.dtype), nonnegative=bool(r.min() >= 0))


def _column(r: np.ndarray, scale: bool) -> FeatureOperator:
    r = _scaled(r, scale)
    return LowRank(np.ones((len(r), 1), r.dtype), r[:, None], nonnegative=bool(r.min() >= 0))


_PAIRS = {"product": _product, "max": _max, "mean": _mean, "row": _row, "column": _column}


def _scaled(r: np.ndarray, scale: bool) -> np.ndarray:
    if not scale:
        return r
    spread = np.ptp(r)
    return (r - r.min()) / spread if spread else np.zeros_like(r)
