"""Means and variances within classes."""

import numpy as np

from infsel.tables import Moments


def class_moments(
    X: np.ndarray, codes: np.ndarray, n_classes: int, weights: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance (ddof 1) of every column within every class, both of shape (n_classes, n_features).

    A class of one sample has variance 0, and so has one whose samples agree, whatever the round-off of their mean. A
    sample counts as often as its weight says, once each where there is none.
    """
    means, variances = np.empty((2, n_classes, X.shape[1]))
    for k in range(n_classes):
        members, counts = X[codes == k], None if weights is None else weights[codes == k, np.newaxis]
        means[k], variances[k] = _moments(members, counts)
        same = (members == members[0]).all(axis=0)
        means[k, same] = members[0, same]
        variances[k, same] = 0
    return means, variances


def _moments(X: np.ndarray, counts: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    total = len(X) if counts is None else counts.sum()
    mean = _sum(X, counts) / total
    if total <= 1:
        return mean, np.zeros_like(mean)
    deviations = X - mean
    return mean, _sum(np.square(deviations, out=deviations), counts) / (total - 1)


def _sum(X: np.ndarray, counts: np.ndarray | None) -> np.ndarray:
    return (X if counts is None else counts * X).sum(axis=0)


def classes_of_moments(X: Moments) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Count, mean and squared deviations of every class, (n_classes,) and twice (n_classes, n_features).

    Raises
    ------
    ValueError
        If fewer than two classes were seen.
    """
    if len(X.classes) < 2:
        raise ValueError(
            f"y has held {len(X.classes)} classes so far, and a relevance compares at least 2: pass labels with every "
            "batch, and samples of two classes in the first."
        )
    return X.class_moments()
