"""What compares two classes, of several."""

from collections.abc import Callable
from itertools import combinations

import numpy as np


def mean_over_pairs(compare: Callable[[int, int], np.ndarray], n_classes: int) -> np.ndarray:
    """The mean of `compare(a, b)`, one number a column, over all pairs of classes."""
    pairs = list(combinations(range(n_classes), 2))
    return np.sum([compare(first, second) / len(pairs) for first, second in pairs], axis=0)


def mean_over_known_pairs(compare: Callable[[int, int], np.ndarray], known: np.ndarray) -> np.ndarray:
    """The same over the pairs of which a column has both classes, 0 where there is none.

    `known`, of shape (n_classes, n_features), says which it has; for others `compare` may return any number.
    """

    def both(first: int, second: int) -> np.ndarray:
        return np.asarray(1.0 * (known[first] & known[second]))

    share = mean_over_pairs(both, len(known))
    total = mean_over_pairs(lambda first, second: both(first, second) * compare(first, second), len(known))
    return np.divide(total, share, out=np.zeros_like(total), where=share > 0)
