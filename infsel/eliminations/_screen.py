"""How much each column says about the target by itself."""

import numpy as np
from scipy.special import chdtri, xlogy

_ROUND_OFF = 1e-5  # of a bin: weights and repeated rows cut alike
_LEVEL = 0.05
_BLOCK = 2**18  # values at a time


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
    cells = np.minimum((U * bins + _ROUND_OFF).astype(np.int32), bins - 1)
    information, degrees = np.zeros(len(U)), 0
    for output in outputs:
        _, groups = np.unique(_groups(output, shares, bins), return_inverse=True)
        joint = _shares(cells, groups, shares, bins)
        apart = _entropy(joint.sum(axis=2).T) + _entropy(joint.sum(axis=1).T)
        information += np.maximum(apart - _entropy(joint.reshape(len(U), -1).T), 0)
        degrees += (bins - 1) * (joint.shape[2] - 1)
    return information, float(chdtri(degrees, _LEVEL) / (2 * weights.sum()))


def _shares(cells: np.ndarray, groups: np.ndarray, shares: np.ndarray, bins: int) -> np.ndarray:
    """Share of the samples in each bin and group, shape (n_features, bins, n_groups)."""
    n_groups = int(groups.max()) + 1
    width = max(1, _BLOCK // len(groups))
    joint = np.empty((len(cells), bins * n_groups))
    for start in range(0, len(cells), width):
        block = cells[start : start + width] * n_groups + groups
        block += bins * n_groups * np.arange(len(block), dtype=block.dtype)[:, np.newaxis]
        weights = np.broadcast_to(shares, block.shape).ravel()
        joint[start : start + width] = np.bincount(block.ravel(), weights, bins * n_groups * len(block)).reshape(
            len(block), -1
        )
    return joint.reshape(len(cells), bins, n_groups)


def _groups(output: np.ndarray, shares: np.ndarray, bins: int) -> np.ndarray:
    if output.dtype.kind != "f":
        return output
    _, value = np.unique(output, return_inverse=True)
    mass = np.bincount(value, shares)
    return np.minimum(((np.cumsum(mass) - mass / 2) * bins + _ROUND_OFF).astype(np.intp), bins - 1)[value]


def _entropy(shares: np.ndarray) -> np.ndarray:
    """Entropy along the first axis."""
    return -xlogy(shares, shares).sum(axis=0)
