"""What one output of a target is to a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from infsel.targets import Columns, Read, quantile_groups


@dataclass(frozen=True)
class Output:
    """One column of a target.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
        Class codes 0, 1, ..., integers, or numbers in double precision.
    source : Columns, default=None
        The grades or the censored times that the numbers were made of.
    """

    values: np.ndarray
    source: Columns | None = None

    @cached_property
    def n_classes(self) -> int:
        """How many classes there are, 0 for numbers."""
        return 0 if self.values.dtype.kind == "f" else int(self.values.max()) + 1

    @property
    def read(self) -> np.ndarray | Columns:
        """What a relevance reads, which may take grades for classes and counts the pairs of censored times."""
        return self.values.view(Read) if self.source is None else self.source

    def grouped(self, weights: np.ndarray) -> np.ndarray:
        """Class codes, of numbers those of their quantile groups."""
        return quantile_groups(self.values, weights)
