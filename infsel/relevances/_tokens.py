"""Tokens of a feature: how its samples lie between the mean of their own class and the other means."""

import numpy as np

from infsel.statistics import blocks, class_moments

_SMALLEST_VARIANCE = 1e6 * 2.0**-52


def spaced(low: np.ndarray, high: np.ndarray, n_points: int) -> np.ndarray:
    """Equally spaced points from `low` to `high`, filled from both ends, shape (n_points, ...)."""
    step = (high - low) / (n_points - 1)
    points = np.empty((n_points, *np.shape(low)))
    for i in range((n_points + 1) // 2):
        points[i] = low + i * step
        points[n_points - 1 - i] = high - i * step
    if n_points % 2:
        points[n_points // 2] = (low + high) / 2
    return points


def token_counts(X: np.ndarray, codes: np.ndarray, n_tokens: int, squared: bool, floored: bool) -> np.ndarray:
    """How many samples of each feature bear each token, shape (n_tokens, n_features).

    A sample's position is 0 at the mean of its own class. The last token holds the upper end alone. The scale of the
    distances, a sum over classes of variances or of their squares (`squared`), cancels but for round-off; `floored`
    replaces tiny variances by 1, and then tokens divide the range of each feature's positions, else [0, 1].
    """
    counts = np.empty((n_tokens, X.shape[1]))
    for where, block in blocks(X):
        positions = _positions(block, codes, squared, floored)
        # without the samples that lie on all class means at once, which have no position
        low = np.fmin.reduce(positions) if floored else np.zeros(block.shape[1])
        high = np.fmax.reduce(positions) if floored else np.ones(block.shape[1])
        edges = spaced(low, high, n_tokens)
        for t in range(n_tokens - 1):
            counts[t, where] = ((positions >= edges[t]) & (positions < edges[t + 1])).sum(axis=0)
        counts[-1, where] = (positions == high).sum(axis=0)
    return counts


def _positions(X: np.ndarray, codes: np.ndarray, squared: bool, floored: bool) -> np.ndarray:
    means, variances = class_moments(X, codes, codes.max() + 1)
    if floored:
        variances[variances < _SMALLEST_VARIANCE] = 1
    scale = (np.square(variances) if squared else variances).sum(axis=0)
    own, total = np.empty_like(X), np.zeros_like(X)
    for k, mean in enumerate(means):
        distances = np.square(X - mean) / scale
        own[codes == k] = distances[codes == k]
        total += distances
    return own / total
