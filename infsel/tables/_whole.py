"""What was made of a table in one piece."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class Whole:
    """What a function made of a table, as a distributed one has it of each of its blocks.

    Parameters
    ----------
    made : object
    """

    def __init__(self, made: Any) -> None:
        self._made = made

    def total(self, function: Callable[..., np.ndarray], *arguments: Any) -> np.ndarray:
        """What another function makes of it; of blocks the sum."""
        return function(self._made, *arguments)
