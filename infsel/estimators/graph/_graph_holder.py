"""A graph stays in the process in which it arose."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Self

from sklearn.utils.validation import check_is_fitted

from infsel.operators import FeatureOperator


class GraphHolder:
    """Holds a graph, which holds the training table: copies keep it, and pickles, which travel, do not."""

    @property
    def graph_(self) -> FeatureOperator:
        """The normalized affinity among the columns that vary, where it was not left behind in a pickle."""
        check_is_fitted(self)
        graph: FeatureOperator | None = getattr(self, "_graph", None)
        if graph is None:
            raise AttributeError(
                f"the graph of this {type(self).__name__} is not kept in a pickle, because it holds the training "
                "table: fit again, or pickle selector.graph_ beside the selector and put it back by "
                "selector.graph_ = graph."
            )
        return graph

    @graph_.setter
    def graph_(self, graph: FeatureOperator) -> None:
        self._graph = graph

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the graph."""
        state: Any = super().__getstate__()
        return {name: value for name, value in state.items() if name != "_graph"}

    def __copy__(self) -> Self:
        """A selector with the same graph."""
        other = object.__new__(type(self))
        other.__dict__ = dict(vars(self))
        return other

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A selector with a copy of the graph."""
        other = object.__new__(type(self))
        memo[id(self)] = other
        other.__dict__ = deepcopy(vars(self), memo)
        return other
