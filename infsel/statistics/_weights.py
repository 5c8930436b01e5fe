"""What each sample counts for."""

from typing import Any

import numpy as np


def counts_of(sample_weight: Any, n_samples: int) -> np.ndarray:
    """How often each sample counts, shape (n_samples,): once each where nothing is said."""
    return np.ones(n_samples) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
