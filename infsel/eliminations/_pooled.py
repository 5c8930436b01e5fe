"""Models on parts of the samples, as many of them as a decision needs."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from infsel._runtime.threads import each_in_threads
from infsel.eliminations._base import Enough, RowModel

Part = TypeVar("Part")

_FEWEST = 8  # parts, from which a standard error says something


class PooledRidge(RowModel):
    """Models on parts of the samples, whose importances add up.

    Where `until` says when that is enough, importances of some of the parts stand for all: each round goes on with the
    part after the last one of the round before, so that no part has more say than others.

    Parameters
    ----------
    make : callable
        It turns a part and the numbers of the columns that remain into a model of these columns, in this order.
    parts : sequence
    order : ndarray of int of shape (n_features,)
        The order in which the models are to hold the columns.
    """

    def __init__(self, make: Callable[[Part, np.ndarray], RowModel], parts: Sequence[Part], order: np.ndarray) -> None:
        self._make, self._parts, self._columns = make, parts, order
        self._models: dict[int, RowModel] = {}
        self._next, self._seen = 0, list[int]()
        self._enough: Enough | None = None

    def until(self, enough: Enough) -> None:
        """Let `importance` go on to further parts until that is enough."""
        self._enough = enough

    def importance(self) -> np.ndarray:
        """The sum over the parts, or as many times the mean over some."""
        ascending, n_parts = np.argsort(self._columns), len(self._parts)
        turns = [(self._next + k) % n_parts for k in range(n_parts)]
        shares = visited(lambda k: self._model(k).importance()[ascending], turns, self._enough)
        self._seen = seen = turns[: len(shares)]
        self._next = (self._next + len(seen)) % n_parts
        # what parts leave open exceeds round-off, and sums in a given order do not depend on where columns stand
        self.resolution = 0.0 if self._enough else sum(self._models[k].resolution for k in seen) * (n_parts / len(seen))
        return np.asarray(shares.sum(axis=0) * (n_parts / len(seen)))

    @property
    def errors(self) -> np.ndarray:  # type: ignore[override]
        """Those of the samples of the parts that `importance` read last, part after part."""
        return np.concatenate([self._models[k].errors for k in self._seen])

    @property
    def null_errors(self) -> np.ndarray:  # type: ignore[override]
        """The same without any column."""
        return np.concatenate([self._models[k].null_errors for k in self._seen])

    @property
    def counts(self) -> np.ndarray:  # type: ignore[override]
        """How often each of these samples counts."""
        return np.concatenate([self._models[k].counts for k in self._seen])

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        mask = stays[np.argsort(np.argsort(self._columns))]
        self._columns = self._columns[mask]
        each_in_threads(lambda model: model.restrict(mask), list(self._models.values()), smallest_share=1)

    def _model(self, k: int) -> RowModel:
        if k not in self._models:
            self._models[k] = self._make(self._parts[k], self._columns)
        return self._models[k]


def visited(measure: Callable[[Part], np.ndarray], parts: Sequence[Part], enough: Enough | None) -> np.ndarray:
    """What is measured on one part after the other until that is enough, one part a row.

    How many parts are seen before the question is asked again does not depend on the number of threads.

    Parameters
    ----------
    measure : callable
        It turns a part into an array of shape (n_features,).
    parts : sequence
    enough : callable or None
        None for all parts.

    Returns
    -------
    ndarray of shape (n_visited, n_features)
    """
    seen: list[np.ndarray] = []
    while len(seen) < len(parts):
        upto = len(parts) if enough is None else max(_FEWEST, len(seen) * 3 // 2)
        seen += each_in_threads(measure, parts[len(seen) : upto], smallest_share=1)
        if enough is not None and enough(np.array(seen), len(parts)):
            break
    return np.array(seen)
