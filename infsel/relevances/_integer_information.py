"""Information of features rounded down to integers, with the target and with each other."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy import sparse

from infsel.embeddings import are_spread, joined
from infsel.relevances._base import Relevance
from infsel.statistics import WIDTH, blocks
from infsel.tables import Table, as_table
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
    takes_tables: ClassVar[bool] = True

    def rate(self, X: Any, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        n_samples, n_features = X.shape
        levels = as_table(X).rows_by_blocks(_levels, np.int64)
        own = joined(_entropies, levels)
        # I = H_i + H_j - H_ij, summed over all j and then without j = i, where I is H_i
        joint = n_features * np.log2(n_samples) - _sums_over_all(levels) / n_samples
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


def _levels(table: Table) -> np.ndarray:
    """Each column's integers, renumbered from 0, as rows."""
    levels = np.empty(table.shape[::-1], dtype=np.int64)
    for where, block in blocks(table.to_dense()):
        integers = np.floor(block.T, order="C")
        order = np.argsort(integers, axis=1)
        starts = _starts(np.take_along_axis(integers, order, axis=1))
        np.put_along_axis(levels[where], order, np.cumsum(starts, axis=1) - 1, axis=1)
    return levels


def _entropies(levels: np.ndarray) -> np.ndarray:
    pieces = (levels[start : start + WIDTH] for start in range(0, len(levels), WIDTH))
    return np.concatenate([_entropy(_starts(np.sort(piece, axis=1))) for piece in pieces])


def _sums_over_all(levels: Any) -> np.ndarray:
    """Sum of c log2 c over the joint counts c of each feature with every feature, itself included."""
    if not are_spread(levels):
        return _joint_sums(levels, levels)
    return np.concatenate([np.sum(sums, axis=0) for sums in levels.pairs(_joint_sums, levels)])


def _joint_sums(P: np.ndarray, Q: np.ndarray, *_: int) -> np.ndarray:
    """The same of each feature of P with those of Q, which are rows of levels."""
    n_samples = P.shape[1]
    weights = np.arange(n_samples + 1) * np.log2(np.maximum(np.arange(n_samples + 1), 1))
    indicators, offsets = _indicators(Q)
    columns = indicators.tocsc()
    if P is not Q:
        of_rows, offsets = _indicators(P)
        columns = of_rows.tocsc()
    sums = np.empty(len(P))
    width = max(1, _ENTRIES // Q.size)
    for start in range(0, len(P), width):
        bounds = offsets[start : start + width + 1]
        counts = (columns[:, bounds[0] : bounds[-1]].T @ indicators).tocsr()
        sums[start : start + width] = np.add.reduceat(weights[counts.data], counts.indptr[bounds[:-1] - bounds[0]])
    return sums


def _indicators(levels: np.ndarray) -> tuple[sparse.csr_array, np.ndarray]:
    """Which level of each feature a sample has, one row a sample, and where the levels of each feature begin."""
    n_features, n_samples = levels.shape
    offsets = np.concatenate([[0], np.cumsum(levels.max(axis=1) + 1)])
    cells = np.ascontiguousarray((levels + offsets[:-1, np.newaxis]).T)
    rows = np.arange(0, cells.size + 1, n_features)
    return sparse.csr_array((np.ones(cells.size, np.int32), cells.ravel(), rows), (n_samples, offsets[-1])), offsets
