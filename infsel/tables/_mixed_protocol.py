"""What the parts of a table with gaps and labels read of it; `MixedTable` imports them, so they cannot name it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np


class Mixed(Protocol):
    """A `MixedTable`."""

    shape: tuple[int, int]
    dtype: np.dtype
    numbers: np.ndarray
    kinds: np.ndarray
    informative: bool
    weights: np.ndarray | None

    @property
    def missing(self) -> np.ndarray: ...
    @property
    def nominal(self) -> np.ndarray: ...
    @property
    def counts(self) -> np.ndarray: ...
    @property
    def relative_counts(self) -> np.ndarray: ...
    def __len__(self) -> int: ...
    def gaps(self) -> np.ndarray: ...
    def n_labels(self) -> np.ndarray: ...
    def extremes(self) -> tuple[np.ndarray, np.ndarray]: ...
    def columns(self, index: np.ndarray) -> Any: ...
    def labels(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]: ...
