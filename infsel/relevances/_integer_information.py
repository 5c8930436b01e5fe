"""Information of features rounded down to integers, with the target and with each other."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy import sparse

from infsel.relevances._base import Relevance
from infsel.statistics import blocks
from infsel.targets import levels_of

_ENTRIES = 2**24  # of a block of joint histograms


@dataclass
class IntegerInformation(Relevance):
    """Mutual information, in bits, of floor(x) with the target: in [0, H(y)], 0 for a constant column.

    The scale of a feature decides how many levels it keeps: of numbers in [0, 1) none.

    Notes
    -----
    A numeric target is rounded down too; other labels are taken as they are.

    References
    ----------
    SIFS, arXiv:1704.02665, with the estimate of Brown, Pocock, Zhao, Lujan (2012), JMLR 13.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.2, 1.0, 0.1], [1.9, 2.0, 0.2], [7.0, 1.0, 0.9], [7.5, 2.0, 0.3]])
    >>> IntegerInformation()(X, ["no", "no", "yes", "yes"]).round(12).tolist()
    [1.0, 0.0, 0.0]
    """

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        codes = levels_of(y)
        order = np.argsort(codes, kind="stable")
        by_class = codes[order]
        of_target = _entropy(_starts(by_class[np.newaxis]))
        result = np.zeros(X.shape[1])
        for where, block in blocks(X):
            levels = np.floor(block[order].T, order="C")
            inner = np.argsort(levels, axis=1, kind="stable")  # stable: within a level the classes stay sorted
            own = _starts(np.take_along_axis(levels, inner, axis=1))
            information = _entropy(own) + of_target - _entropy(own | _starts(by_class[inner]))
            result[where] = np.where(own.sum(axis=1) > 1, np.maximum(information, 0), 0)
        return result


@dataclass
class SharedInformation(Relevance):
    """How little each feature repeats the others: max(R) - R with R_i = sum_{j != i} I(floor(x_i); floor(x_j)) in bits.

    It needs no target. A constant column shares nothing, so it gets the largest value: set constant columns aside
    first. Time grows with the square of the number of features.

    References
    ----------
    mIFS, arXiv:1704.02665.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 2.0], [2.0, 2.0, 1.0], [2.0, 2.0, 2.0]])
    >>> SharedInformation()(X).round(12).tolist()
    [0.0, 0.0, 1.0]
    """

    separable: ClassVar[bool] = False

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        n_samples, n_features = X.shape
        own, levels = np.empty(n_features), np.empty((n_samples, n_features), dtype=np.int64)
        for where, block in blocks(X):
            own[where], levels[:, where] = _levels(block)
        offsets = np.concatenate([[0], np.cumsum(levels.max(axis=0) + 1)])
        # I = H_i + H_j - H_ij, summed over all j and then without j = i, where I is H_i
        joint = n_features * np.log2(n_samples) - _joint_sums(levels + offsets[:-1], offsets) / n_samples
        shared = (n_features - 1) * own + own.sum() - joint
        return shared.max() - shared


def _starts(rows: np.ndarray) -> np.ndarray:
    """Where a run of equal values begins in each row."""
    starts = np.ones(rows.shape, dtype=bool)
    np.not_equal(rows[:, 1:], rows[:, :-1], out=starts[:, 1:])
    return starts


def _entropy(starts: np.ndarray) -> np.ndarray:
    """Entropy in bits of the lengths of the runs of each row."""
    n_rows, n_samples = starts.shape
    positions = np.flatnonzero(starts)
    lengths = np.diff(positions, append=starts.size)
    sums = np.bincount(positions // n_samples, weights=lengths * np.log2(lengths), minlength=n_rows)
    return np.log2(n_samples) - sums / n_samples


def _levels(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Entropy of each column's integers, and those integers renumbered from 0, in the shape of X."""
    integers = np.floor(X.T, order="C")
    order = np.argsort(integers, axis=1)
    starts = _starts(np.take_along_axis(integers, order, axis=1))
    levels = np.empty(starts.shape, dtype=np.int64)
    np.put_along_axis(levels, order, np.cumsum(starts, axis=1) - 1, axis=1)
    return _entropy(starts), levels.T


def _joint_sums(cells: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Sum of c log2 c over the joint counts c of each feature with every feature, itself included."""
    n_samples, n_features = cells.shape
    weights = np.arange(n_samples + 1) * np.log2(np.maximum(np.arange(n_samples + 1), 1))
    rows = np.arange(0, cells.size + 1, n_features)
    indicators = sparse.csr_array((np.ones(cells.size, np.int32), cells.ravel(), rows), (n_samples, offsets[-1]))
    columns = indicators.tocsc()
    width = max(1, _ENTRIES // cells.size)
    sums = np.empty(n_features)
    for start in range(0, n_features, width):
        bounds = offsets[start : start + width + 1]
        counts = (columns[:, bounds[0] : bounds[-1]].T @ indicators).tocsr()
        sums[start : start + width] = np.add.reduceat(weights[counts.data], counts.indptr[bounds[:-1] - bounds[0]])
    return sums
