"""Means and variances within classes."""

import numpy as np

from infsel.tables import Moments


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
