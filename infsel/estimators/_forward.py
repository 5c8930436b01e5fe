"""The one fit of every selector that picks feature after feature."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import _check_sample_weight

from infsel._columns import originals, unit_columns, varying, weighted_unit_columns, whole
from infsel._threads import at_most
from infsel.criteria import Candidates, Criterion, forward
from infsel.estimators._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators._parameters import check_jobs
from infsel.estimators._ranking import RankingSelector
from infsel.selection import n_selected

_FEWEST = 5


class ForwardSelector(CallbackSupportMixin, RankingSelector):
    """Picks the feature with the largest gain given those picked before it. Subclasses say what a gain is."""

    n_jobs: int | None
    task: str = "auto"

    @abstractmethod
    def _criterion(self) -> Criterion:
        """Check the parameters and resolve them to a criterion."""

    def _fit(self, X: Any, y: Any, sample_weight: Any) -> Self:
        criterion = self._criterion()
        if criterion.supervised:
            X, y = self._validated_with_target(X, y, min_samples=_FEWEST)
        else:
            X, y = self._validated(X, None, min_samples=_FEWEST), None
        k = n_selected(self.n_features_to_select, X.shape[1])
        X, y, weights = _counting(whole(X), y, sample_weight)
        with at_most(check_jobs(self.n_jobs)), reported_to_callbacks(self):
            self._pick(criterion, X, y, weights, k)
        return self

    def _pick(self, criterion: Criterion, X: Any, y: Any, weights: np.ndarray, k: int) -> None:
        inside, first = varying(X), originals(X)
        if not inside.any():
            raise ValueError("every column of X is constant: there is nothing to rank.")
        is_copy = inside & (first != np.arange(len(first)))
        distinct = np.flatnonzero(inside & ~is_copy)
        everything = len(distinct) == X.shape[1]
        Z = _unit(X, weights)
        candidates = Candidates(
            X if everything else X[:, distinct], Z if everything else Z[distinct], y, weights, self.task
        )
        path = forward(criterion.gains(candidates), k, np.finfo(Z.dtype).eps)
        self._read(path.gains, distinct[path.order], is_copy, first, k)

    def _read(self, gains: np.ndarray, order: np.ndarray, is_copy: np.ndarray, first: np.ndarray, k: int) -> None:
        """Rank the picks as they came, then copies in the order of what they copy, then constant columns."""
        inside, position = is_copy.copy(), np.zeros(len(first), dtype=np.intp)
        inside[order] = True
        position[order] = np.arange(len(order))
        copies = np.flatnonzero(is_copy)
        position[copies[np.argsort(position[first[copies]], kind="stable")]] = len(order) + np.arange(len(copies))
        self.gains_ = np.full(len(first), np.nan)
        self.gains_[np.sort(order)] = gains
        self._rank(1 - position[inside] / inside.sum(), inside, np.finfo(np.float64).eps, k)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


def _counting(X: Any, y: Any, sample_weight: Any) -> tuple[Any, Any, np.ndarray]:
    """The samples whose weight is positive, and how often they count: on average at least once."""
    if sample_weight is None:
        return X, y, np.ones(X.shape[0])
    weights = _check_sample_weight(sample_weight, X, dtype=np.float64)
    if (weights < 0).any():
        raise ValueError(f"sample_weight[{int((weights < 0).argmax())}] is negative: weights count samples.")
    counts = weights > 0
    if counts.sum() < _FEWEST:
        raise ValueError(f"sample_weight is positive for {counts.sum()} samples: at least {_FEWEST} must count.")
    weights = weights[counts]
    weights *= max(1, len(weights) / weights.sum())  # shares of a whole do not say that there is only one sample
    return X if counts.all() else X[counts], None if y is None else y[counts], weights


def _unit(X: Any, weights: np.ndarray) -> Any:
    return unit_columns(X) if (weights == weights[0]).all() else weighted_unit_columns(X, weights)
