"""What a fitted selector reads from the one result of its fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
from sklearn.utils.validation import check_is_fitted

from infsel.affinities import Affinity
from infsel.operators import FeatureOperator
from infsel.statistics import anisotropy
from infsel.walks import Result

T = TypeVar("T")


class ResultAttributes:
    """Holds a result. Its graph stays in the process in which it arose: copies have it, and pickles do not."""

    _result: Result

    @property
    def spectral_radius_(self) -> float:
        """Spectral radius of the normalized affinity."""
        return self._fitted().spectral_radius

    @property
    def n_iter_(self) -> int:
        """Products with the graph."""
        return self._fitted().n_iter

    @property
    def residual_(self) -> float:
        """The larger of the truncation of the basis and the residual of the radius."""
        return self._fitted().residual

    @property
    def error_(self) -> float:
        """Bound on the error of the scores relative to their norm."""
        return self._fitted().error

    @property
    def affinity_(self) -> Affinity:
        """How the features relate, with what was learned or automatic filled in."""
        return self._found("affinity", self._fitted().affinity, "an affinity")

    @property
    def anisotropy_(self) -> float:
        """Mean correlation between different columns, of the graph's rows, whatever was removed from them."""
        Z = self.graph_.embedding
        return self._found("anisotropy", None if Z is None else anisotropy(Z), "an affinity of correlations or tokens")

    @property
    def signed_scores_(self) -> np.ndarray:
        """Scores before their absolute value is taken."""
        return self._found("signed_scores", self._fitted().signed_scores, "a readout that settles")

    @property
    def score_errors_(self) -> np.ndarray:
        """Standard errors of the scores."""
        return self._found("score_errors", self._fitted().errors, "landmarks")

    @property
    def rescored_(self) -> np.ndarray:
        """Which features were contenders for selection."""
        return self._found("rescored", self._fitted().rescored, "landmarks")

    @property
    def expected_recall_(self) -> float:
        """Expected share of the selected features among those that exact scores would select."""
        return self._found("expected_recall", self._fitted().recall, "landmarks")

    @property
    def graph_(self) -> FeatureOperator:
        """The normalized affinity among the columns that vary, where it was not left behind in a pickle."""
        graph = self._fitted().graph
        if graph is None:
            raise AttributeError(
                f"the graph of this {type(self).__name__} is not kept in a pickle, because it holds the training "
                "table: fit again, or pickle selector.graph_ beside the selector and put it back by "
                "selector.graph_ = graph."
            )
        return graph

    @graph_.setter
    def graph_(self, graph: FeatureOperator) -> None:
        self._result = replace(self._fitted(), graph=graph)

    def _fitted(self) -> Result:
        check_is_fitted(self)
        return self._result

    def _found(self, name: str, value: T | None, needs: str) -> T:
        if value is None:
            raise AttributeError(f"{type(self).__name__} has {name}_ only after a fit with {needs}.")
        return value
