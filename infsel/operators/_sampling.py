"""Which features stand for all others in a product."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Sampling:
    """Which part of a Gram matrix its products read.

    Attributes
    ----------
    landmarks : ndarray of int
        Increasing numbers of the features that stand for all of them.
    exact : ndarray of int or None
        Increasing numbers of features: with them a product is exact there and has no meaning elsewhere.
    """

    landmarks: np.ndarray
    exact: np.ndarray | None = None
