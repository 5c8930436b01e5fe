"""How much each column says about the target by itself."""

import numpy as np
from scipy.special import xlogy

_ROUND_OFF = 1e-5  # of a bin: weights and repeated rows cut alike


def binned_information(U: np.ndarray, outputs: list[np.ndarray], weights: np.ndarray, bins: int) -> np.ndarray:
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
    """
    shares = weights / weights.sum()
    groups = [_groups(output, shares, bins) for output in outputs]
    members = [np.equal.outer(codes, np.arange(codes.max() + 1)) * shares[:, np.newaxis] for codes in groups]
    cells = np.minimum((U * bins + _ROUND_OFF).astype(np.intp), bins - 1)
    information = np.zeros(len(U))
    joint = [(cells == bin_).astype(U.dtype) @ np.hstack(members).astype(U.dtype) for bin_ in range(bins)]
    start = 0
    for block in members:
        counts = np.stack([part[:, start : start + block.shape[1]] for part in joint]).astype(np.float64)
        start += block.shape[1]
        information += (
            _entropy(counts.sum(axis=2))
            + _entropy(counts.sum(axis=0).T)
            - _entropy(np.moveaxis(counts, 1, 2).reshape(-1, len(U)))
        )
    return np.maximum(information, 0)


def _groups(output: np.ndarray, shares: np.ndarray, bins: int) -> np.ndarray:
    if output.dtype.kind != "f":
        return output
    _, value = np.unique(output, return_inverse=True)
    mass = np.bincount(value, shares)
    return np.minimum(((np.cumsum(mass) - mass / 2) * bins + _ROUND_OFF).astype(np.intp), bins - 1)[value]


def _entropy(shares: np.ndarray) -> np.ndarray:
    return -xlogy(shares, shares).sum(axis=0)
