"""What a model between rows is, of whose columns fewer and fewer remain."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np


class RowRidge(ABC):
    """A ridge model whose kernel between rows is made of columns, of which fewer and fewer remain.

    The importance of a column is minus the derivative of the least penalized loss Y' (K + lambda I)^-1 Y with respect
    to the weight of the column in the kernel, with lambda and the scale of the kernel held fixed.

    Attributes
    ----------
    resolution : float
        How far apart round-off may set what `importance` said last of two columns that do the same.
    """

    resolution: float = 0.0

    @abstractmethod
    def importance(self) -> np.ndarray:
        """One number for each column that remains; a negative one says that the model fits better without."""

    @abstractmethod
    def restrict(self, stays: np.ndarray) -> None:
        """Go on with the columns that the mask, one entry per remaining column, keeps."""
