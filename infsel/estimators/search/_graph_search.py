"""Searches over a grid whose cells share products with one graph."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.model_selection import ParameterGrid

from infsel._runtime.threads import at_most
from infsel.estimators.base._parallel import threads
from infsel.estimators.graph._selector import GraphSelector, cuts
from infsel.estimators.search._folds import Cutting
from infsel.estimators.search._search import SelectorSearchCV
from infsel.walks import Result

Grid = dict[str, list[Any]]
Results = Callable[..., Iterator[tuple[tuple[int, ...], Result]]]


class GraphSearchCV(SelectorSearchCV):
    """Chooses the parameters of walks and the number of features. Subclasses say which parameters."""

    @abstractmethod
    def _grid(self, template: Any) -> Grid:
        """Values to try of each parameter that changes scores."""

    @staticmethod
    @abstractmethod
    def _results(
        template: Any, X: Any, y: Any, sample_weight: Any, grid: Grid
    ) -> Iterator[tuple[tuple[int, ...], Result]]:
        """Yield the result of each cell of the grid, with its position."""

    def _candidates(self, template: Any) -> tuple[list[dict[str, Any]], Cutting]:
        grid, among = self._grid(template), template._choices()
        sizes = self._sizes(among.n_groups, among.n_kept)
        candidates = list(ParameterGrid(grid | {"n_features_to_select": sizes}))
        return candidates, partial(along, type(self)._results, template, grid, sizes)


def along(
    results: Results, template: GraphSelector, grid: Grid, sizes: list, X: Any, y: Any, fit_params: dict[str, Any]
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What each candidate selects: one ranking for each cell of the grid, one cut of it for each size."""
    numbers, selector = _numbers(grid | {"n_features_to_select": sizes}), clone(template)
    with at_most(threads(template.n_jobs)):
        for cell, result in results(selector, X, y, fit_params.get("sample_weight"), grid):
            yield numbers[cell], cuts(selector, result, sizes)


def _numbers(grid: Grid) -> np.ndarray:
    """The number that `ParameterGrid`, which counts by sorted names, gives each cell."""
    names, shape = sorted(grid), [len(grid[name]) for name in sorted(grid)]
    return np.arange(np.prod(shape)).reshape(shape).transpose([names.index(name) for name in grid])
