"""What compares two classes, of several."""

from collections.abc import Callable
from itertools import combinations

import numpy as np


def mean_over_pairs(compare: Callable[[int, int], np.ndarray], n_classes: int) -> np.ndarray:
    """The mean of `compare(a, b)`, one number a column, over all pairs of classes."""
    pairs = list(combinations(range(n_classes), 2))
    return np.sum([compare(first, second) / len(pairs) for first, second in pairs], axis=0)
