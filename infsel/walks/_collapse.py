"""Whether features become alike, hop by hop."""

import numpy as np

from infsel.operators import FeatureOperator
from infsel.statistics import anisotropy


def collapse(A: FeatureOperator, Z: np.ndarray, n_hops: int) -> np.ndarray:
    """The anisotropy of Z, A Z, A^2 Z, ..., A^n_hops Z: the mean cosine between what two features have gathered.

    Parameters
    ----------
    A : FeatureOperator of shape (n, n)
    Z : ndarray of shape (n, T)
        What the features hold at first.
    n_hops : int

    Returns
    -------
    anisotropies : ndarray of shape (n_hops + 1,)
    """
    found = [anisotropy(Z)]
    for _ in range(n_hops):
        Z = A.times(Z)
        Z = Z / (np.abs(Z).max() or 1.0)  # cosines have no scale, and powers would leave the range of numbers
        found.append(anisotropy(Z))
    return np.array(found)
