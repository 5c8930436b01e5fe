"""What a relevance is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel._configurable import Configurable


@dataclass
class Relevance(Configurable, ABC):
    """A rule that reads a table and its target and gives each feature a number, the larger the more relevant.

    A subclass writes ``__call__(X, y)``, with X of shape (n_samples, n_features) in single or double precision, and
    returns finite float64 numbers of shape (n_features,). Unlike for an affinity, X may hold constant columns.

    Attributes
    ----------
    separable : bool
        Whether a column is rated without a look at the others, so that a table can be read block by block.
    """

    separable: ClassVar[bool] = True

    @abstractmethod
    def __call__(self, X: np.ndarray, y: Any = None) -> np.ndarray:
        """Rate the columns of X."""
