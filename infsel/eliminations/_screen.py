"""How much each column says about the target by itself."""

import numpy as np
from scipy.special import chdtri, xlogy

_ROUND_OFF = 1e-5  # of a bin: weights and repeated rows cut alike
_LEVEL = 0.05


def binned_information(
    U: np.ndarray, outputs: list[np.ndarray], weights: np.ndarray, bins: int
) -> tuple[np.ndarray, float]:
    """Mutual information, in nats, of each column, cut into bins of equal frequency, with the target.

    Parameters
    ----------
    U : ndarray of shape (n_features, n_samples)
        `positions` of the values of each column; equal values share a bin.
    outputs : list of ndarray of shape (n_samples,)
        Class numbers, or numbers, which are cut into as many bins; the information on several outputs adds.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    bins : int
        Number of bins.

    Returns
    -------
    information : ndarray of shape (n_features,)
    by_chance : float
        What one in twenty columns that say nothing exceeds: 2 n I is then about chi-squared (Wilks).
    """
    shares = weights / weights.sum()
    cells = np.minimum((U * bins + _ROUND_OFF).astype(np.intp), bins - 1)
    information, degrees = np.zeros(len(U)), 0
    for output in outputs:
        groups = _groups(output, shares, bins)
        members = (np.equal.outer(groups, np.unique(groups)) * shares[:, np.newaxis]).astype(U.dtype)
        joint = np.stack([(cells == k).astype(U.dtype) @ members for k in range(bins)]).astype(np.float64)
        apart = _entropy(joint.sum(axis=2)) + _entropy(joint[:, 0].sum(axis=0))
        information += np.maximum(apart - _entropy(np.swapaxes(joint, 1, 2).reshape(-1, len(U))), 0)
        degrees += (bins - 1) * (members.shape[1] - 1)
    return information, float(chdtri(degrees, _LEVEL) / (2 * weights.sum()))


def _groups(output: np.ndarray, shares: np.ndarray, bins: int) -> np.ndarray:
    if output.dtype.kind != "f":
        return output
    _, value = np.unique(output, return_inverse=True)
    mass = np.bincount(value, shares)
    return np.minimum(((np.cumsum(mass) - mass / 2) * bins + _ROUND_OFF).astype(np.intp), bins - 1)[value]


def _entropy(shares: np.ndarray) -> np.ndarray:
    """Entropy along the first axis."""
    return -xlogy(shares, shares).sum(axis=0)
