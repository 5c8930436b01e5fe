"""Drop the weakest columns, refit, and drop again."""

from abc import ABC, abstractmethod

import numpy as np

_TINY = float(np.finfo(np.float64).tiny)


class RowRidge(ABC):
    """A ridge model whose kernel between rows is made of columns, of which fewer and fewer remain.

    The importance of a column is minus the derivative of the least penalized loss Y' (K + lambda I)^-1 Y with respect
    to the weight of the column in the kernel, with lambda and the scale of the kernel held fixed.
    """

    @abstractmethod
    def importance(self) -> np.ndarray:
        """One number for each column that remains; a negative one says that the model fits better without."""

    @abstractmethod
    def keep(self, stays: np.ndarray) -> None:
        """Go on with the columns that the mask, one entry per remaining column, keeps."""


def eliminate(ridge: RowRidge, prior: np.ndarray, drop: float) -> np.ndarray:
    """The columns from the last to be dropped, the best, to the first.

    Parameters
    ----------
    ridge : RowRidge
        The model on all columns.
    prior : ndarray of shape (n_features,)
        What the importance of each column is multiplied by, or where it is negative divided: the larger the better.
    drop : float in (0, 1)
        Share of the columns that each round drops, one column at least.

    Returns
    -------
    order : ndarray of int of shape (n_features,)
    """
    alive, dropped = np.arange(len(prior)), []
    while len(alive) > 1:
        importance = ridge.importance()
        ascending = _ascending(_weighed(importance, prior[alive]), importance)
        weakest = ascending[: max(1, int(drop * len(alive)))]
        stays = np.ones(len(alive), dtype=bool)
        stays[weakest] = False
        dropped.append(alive[weakest])
        alive = alive[stays]
        if len(alive) > 1:
            ridge.keep(stays)
    return np.concatenate([*dropped, alive])[::-1]


def _weighed(importance: np.ndarray, prior: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):  # where the prior is 0, a negative importance becomes minus infinity
        return np.where(importance > 0, importance * prior, importance / np.maximum(prior, _TINY))


def _ascending(weighed: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """The order of dropping; where the prior is 0 importance alone decides, and of equals the later column goes."""
    return np.lexsort((-np.arange(len(importance)), importance, weighed))
