"""How far two columns of any kind are associated, on one scale from 0 to 1.

With orthonormal bases Q of centered columns, of indicators where they hold labels, |r| between numbers, the correlation
ratio between a number and a label, and Cramer's V between labels are one formula, |Q_i' Q_j|_F / sqrt(min(d_i, d_j))
with d columns in each basis.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import entr

from infsel.embeddings import corrected_information, corrected_v, epsilon_squared, gram
from infsel.statistics._labels import contingency, cramers_v_squared, explained_by_labels, phi_squared
from infsel.tables import Table, differ


def correlation_ratio(labels: Any, numbers: Any, sample_weight: Any = None, *, corrected: bool = True) -> float:
    """Root of the share of the variance of numbers that labels explain: eta, or the root of epsilon squared.

    With k labels and n samples, epsilon^2 = 1 - (1 - eta^2) (n - 1) / (n - k), cut at 0: chance alone leaves eta^2 at
    (k - 1) / (n - 1) in the mean, and epsilon^2 at 0.

    Parameters
    ----------
    labels : array-like of shape (n_samples,)
    numbers : array-like of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), default=None
        How often each sample counts.
    corrected : bool, default=True
        Whether to return the root of epsilon squared rather than eta.

    Returns
    -------
    float
        In [0, 1]; 0 where one of both does not vary, and if corrected where there are as many labels as samples.

    References
    ----------
    Kelley (1935). An unbiased correlation ratio measure. PNAS 21.

    Examples
    --------
    >>> correlation_ratio(["a", "a", "b", "b"], [1.0, 1.0, 2.0, 2.0])
    1.0
    >>> round(correlation_ratio(["a", "a", "b", "b"], [1.0, 2.0, 2.0, 3.0], corrected=False), 3)
    0.707
    """
    w = _weights(sample_weight, len(labels))
    counted = w > 0
    codes, x, w = _codes(np.asarray(labels)[counted]), np.asarray(numbers, dtype=np.float64)[counted], w[counted]
    n, k = float(w.sum()), len(np.bincount(codes))
    if k < 2 or not differ(x.min(), x.max(), x.dtype) or (corrected and k >= n):
        return 0.0
    explained = explained_by_labels(codes, x, w)
    return float(np.sqrt(max(float(epsilon_squared(explained, n, k)), 0) if corrected else explained))


def cramers_v(first: Any, second: Any, sample_weight: Any = None, *, corrected: bool = True) -> float:
    """Cramer's V between labels, sqrt(phi^2 / min(k - 1, m - 1)) with phi^2 = chi^2 / n, less what chance makes of it.

    Corrected, phi^2 is less by (k - 1)(m - 1) / (n - 1), cut at 0, and k and m by (k - 1)^2 / (n - 1) and (m - 1)^2 /
    (n - 1).

    Parameters
    ----------
    first, second : array-like of shape (n_samples,)
        Labels of k and m kinds.
    sample_weight : array-like of shape (n_samples,), default=None
        How often each sample counts.
    corrected : bool, default=True

    Returns
    -------
    float
        In [0, 1]; 0 where one of both does not vary, and if corrected where there are as many labels as samples.

    References
    ----------
    Cramer (1946). Mathematical Methods of Statistics.
    Bergsma (2013). A bias-correction for Cramer's V and Tschuprow's T. Journal of the Korean Statistical Society 42.

    Examples
    --------
    >>> cramers_v(["a", "a", "b", "b"], ["x", "x", "y", "y"])
    1.0
    """
    codes = _coded(first, second, sample_weight)
    square = cramers_v_squared(*codes)
    if corrected and square > 0:
        table = contingency(*codes)
        square = float(np.clip(corrected_v(phi_squared(table), table.sum(), *table.shape), 0, 1))
    return float(np.sqrt(square))


def normalized_information(first: Any, second: Any, sample_weight: Any = None, *, corrected: bool = True) -> float:
    """Mutual information of labels over the mean of their entropies, all less what chance makes of them.

    Corrected, the information is less by (k - 1)(m - 1) / (2 n), cut at 0, and the entropies by (k - 1)^2 / (2 n) and
    (m - 1)^2 / (2 n), for k and m labels of n samples.

    Parameters
    ----------
    first, second : array-like of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,), default=None
        How often each sample counts.
    corrected : bool, default=True

    Returns
    -------
    float
        In [0, 1]; 0 where one of both does not vary, or nothing is left of an entropy.

    References
    ----------
    Miller (1955). Note on the bias of information estimates. Information Theory in Psychology.

    Examples
    --------
    >>> round(normalized_information(["a", "a", "b", "b"], ["x", "x", "x", "y"], corrected=False), 3)
    0.344
    """
    table = contingency(*_coded(first, second, sample_weight))
    n, (k, m) = float(table.sum()), table.shape
    if min(k, m) < 2:
        return 0.0
    entropies = float(entr(table.sum(axis=1) / n).sum()), float(entr(table.sum(axis=0) / n).sum())
    information = sum(entropies) - float(entr(table / n).sum())
    if not corrected:
        return float(np.clip(2 * information / sum(entropies), 0, 1))
    return float(np.clip(corrected_information(information, entropies, n, k, m), 0, 1))


def association(table: Table, correlation: str = "spearman") -> np.ndarray:
    """How far any two columns of a table are associated, whatever they hold.

    |r| between numbers, `correlation_ratio` between a number (its ranks, for "spearman") and a label, and `cramers_v`
    between labels, the latter two corrected; or `normalized_information` throughout, of 5 bins of numbers. Of two
    columns with gaps the samples count that have both; ranks and bins are those among all that a column has. Where
    fewer than 10 samples have both, or one of them does not vary there, it is 0. Where gaps are informative, that of a
    label is a label, and a number has a second dimension, see `infsel.embeddings.InformedNumbers`.

    Parameters
    ----------
    table : Table of shape (n_samples, n_features)
    correlation : {"spearman", "pearson", "mutual-information"}, default="spearman"

    Returns
    -------
    ndarray of shape (n_features, n_features)
        In [0, 1], with 1 on the diagonal where a column varies.

    Examples
    --------
    >>> from infsel.tables import MixedTable
    >>> X = np.array([[1.0, 0.0, 0.0], [2.0, 0.0, 1.0], [5.0, 1.0, 0.0], [6.0, 1.0, np.nan]])
    >>> association(MixedTable(X, np.array(["numeric", "nominal", "nominal"])), "pearson").round(2)
    array([[1.  , 0.95, 0.  ],
           [0.95, 1.  , 0.  ],
           [0.  , 0.  , 1.  ]])
    """
    Z = table.correlating(correlation)
    result: np.ndarray = np.abs(gram(Z, Z))
    return result


def _coded(first: Any, second: Any, sample_weight: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both as 0, 1, ..., and the weights, of the samples that count."""
    w = _weights(sample_weight, len(first))
    return _codes(np.asarray(first)[w > 0]), _codes(np.asarray(second)[w > 0]), w[w > 0]


def _codes(labels: Any) -> np.ndarray:
    return np.asarray(np.unique(np.asarray(labels), return_inverse=True)[1])


def _weights(sample_weight: Any, n_samples: int) -> np.ndarray:
    return np.ones(n_samples) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
