"""What a model between rows is, of whose columns fewer and fewer remain."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import numpy as np


class Enough(Protocol):
    """Whether what was seen of some parts of the samples is enough to decide by."""

    def __call__(self, shares: np.ndarray, n_parts: int, /) -> bool:
        """Judge what was measured on the parts seen, shape (n_seen, n_features), of so many parts."""


class RowModel(ABC):
    """A model that predicts rows from others by what relates them, which is made of fewer and fewer columns.

    The importance of a column in a ridge model is minus the derivative of the least penalized loss
    Y' (K + lambda I)^-1 Y with respect to the weight of the column in the kernel K between rows, with lambda and the
    scale of the kernel held fixed. Where the weights are learned it is the weight.

    Attributes
    ----------
    resolution : float
        How far apart round-off may set what `importance` said last of two columns that do the same.
    errors : ndarray of shape (n_read,)
        How badly the model of which it said so predicts each sample that it read from the others: squared errors,
        summed over the target columns, or deviance.
    null_errors : ndarray of shape (n_read,)
        The same without any column.
    counts : ndarray of shape (n_read,)
        How often each of these samples counts.
    """

    resolution: float = 0.0
    errors: np.ndarray
    null_errors: np.ndarray
    counts: np.ndarray

    @abstractmethod
    def importance(self) -> np.ndarray:
        """One number for each column that remains; a negative one says that the model fits better without."""

    def until(self, enough: Enough) -> None:  # noqa: B027
        """Let `importance` read parts of the samples until that is enough; a model without parts reads all samples."""

    @abstractmethod
    def restrict(self, stays: np.ndarray) -> None:
        """Go on with the columns that the mask, one entry per remaining column, keeps."""
