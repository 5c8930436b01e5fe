"""Means and variances within classes."""

import numpy as np


def class_moments(X: np.ndarray, codes: np.ndarray, n_classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance (ddof 1) of every column within every class, both of shape (n_classes, n_features).

    A class of one sample has variance 0, and so has one whose samples agree, whatever the round-off of their mean.
    """
    means, variances = np.empty((2, n_classes, X.shape[1]))
    for k in range(n_classes):
        members = X[codes == k]
        means[k] = members.mean(axis=0)
        variances[k] = members.var(axis=0, ddof=1) if len(members) > 1 else 0
        same = (members == members[0]).all(axis=0)
        means[k, same] = members[0, same]
        variances[k, same] = 0
    return means, variances
