"""What a relevance is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.configurable import Configurable
from infsel.tables import MixedTable, Moments

INSTEAD = ", or take 'mutual-information', which reads the table as it is"


@dataclass
class Relevance(Configurable, ABC):
    """A rule that reads a table and its target and gives each feature a number, the larger the more relevant.

    A subclass writes ``rate(X, y)``, with X of shape (n_samples, n_features) in single or double precision, and
    returns finite float64 numbers of shape (n_features,). Unlike for an affinity, X may hold constant columns. One that
    is `weighted` also takes ``sample_weight``, more than 0 for each sample: a weight of 2 acts like the row twice.

    Attributes
    ----------
    separable : bool
        Whether a column is rated without a look at the others, so that a table can be read block by block.
    reads : frozenset of str
        What of a table it needs: "samples", or where it has `of_moments` "classes" or nothing.
    weighted : bool
        Whether ``rate(X, y, sample_weight)`` lets a sample count as often as its weight says. Any other relevance
        is called with (X, y) alone.
    classes_only : bool
        Whether it compares classes, so that a target of numbers is refused.
    takes_tables : bool
        Whether `rate` also takes a table whose columns lie in several processes, in place of an array.
    cancels : float
        The size of numbers that are subtracted or summed with both signs: what round-off in the result goes with.
    """

    separable: ClassVar[bool] = True
    reads: ClassVar[frozenset[str]] = frozenset({"samples"})
    weighted: ClassVar[bool] = False
    classes_only: ClassVar[bool] = False
    takes_tables: ClassVar[bool] = False
    cancels: ClassVar[float] = 0.0

    def __call__(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        """Check the parameters and rate the columns of X.

        Raises
        ------
        ValueError
            If a parameter is out of range, or there are weights and the relevance is not `weighted`.
        """
        self.check()
        if isinstance(X, MixedTable):
            weights = X.weights if sample_weight is None else np.asarray(sample_weight)
            if X.simplified() is X:
                return self.of_mixed(X.weighted(weights), y)
            X, sample_weight = X.numbers, weights
        if sample_weight is None:
            return self.rate(X, y)
        if not self.weighted:
            raise ValueError(f"{self!r} cannot weigh samples: leave sample_weight out, or repeat the rows.")
        return self.rate(X, y, sample_weight)

    @abstractmethod
    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        """Rate the columns of X."""

    def of_mixed(self, X: MixedTable, y: Any = None) -> np.ndarray:
        """Rate the columns of a table with gaps or labels.

        Raises
        ------
        ValueError
            If the relevance does not; the message names a column.
        """
        X.require_plain(f"{self!r}", INSTEAD)
        return self(X, y)  # a block of a table that lacks something elsewhere

    def of_moments(self, X: Moments) -> np.ndarray:
        """Rate columns by their moments within classes.

        Raises
        ------
        ValueError
            If the relevance is no function of moments.
        """
        raise ValueError(f"{self!r} reads single samples, which moments do not keep: use Fisher or AnovaF, or fit.")
