"""How many features the scores themselves set apart."""

import numpy as np


def n_automatic(scores: np.ndarray) -> int:
    """How many scores lie above their mean."""
    return max(1, int((scores > scores.mean()).sum()))
