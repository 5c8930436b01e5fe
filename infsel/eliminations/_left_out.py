"""How well attention to the other rows predicts each row, and what the weight of each column does for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from infsel._kernels import weigh_differences, write_distances
from infsel._runtime.threads import in_threads

_HEIGHT = 64  # rows that are compared with all others at once
_SHARE = 2**22  # differences that are worth a thread
_TOTAL = 4.0


@dataclass(frozen=True)
class LeftOut:
    """The leave-one-out objective of attention between rows, as a function of the weights v of the columns.

    Row i attends to every other row by a_ij = softmax_j(-sum_f v_f |z_fi - z_fj|). The objective is the mean over rows
    of log sum_j a_ij [y_i = y_j] for an output of classes, of -(y_i - sum_j a_ij y_j)^2 for one of numbers, and the
    mean of these over several outputs. A row whose class no other row has says nothing.
    Copies of a row attend to each other.

    Its slope is -sum_ij W_ij |z_fi - z_fj| with W_ij = a_ij (g_ij - sum_m a_im g_im) and g the derivative with respect
    to a. Only a block of rows of W is ever in memory.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
        One column of the table a row.
    outputs : sequence of ndarray of shape (n_samples,)
        Class codes as integers, or numbers with (weighted) mean 0 and variance 1.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    parts : sequence of ndarray of int
        Samples of each part; rows attend inside theirs.

    References
    ----------
    Goldberger, Hinton, Roweis, Salakhutdinov (2004). Neighbourhood components analysis. NeurIPS.
    Yang, Wang, Zuo (2012). Neighborhood component feature selection for high-dimensional data. Journal of Computers 7.
    """

    Z: np.ndarray
    outputs: Sequence[np.ndarray]
    weights: np.ndarray
    parts: Sequence[np.ndarray]

    def __len__(self) -> int:
        return len(self.Z)

    def __call__(self, v: np.ndarray) -> tuple[float, np.ndarray]:
        """The objective at the weights v, shape (n_features,), and its slope."""
        used, total = v > 0, np.zeros(1 + len(v))
        for part in self.parts:
            columns = np.ascontiguousarray(self.Z[:, part])
            weighed = columns[used] * v[used, np.newaxis]
            starts = range(0, len(part), _HEIGHT)

            def share(some: Iterable[int], part=part, columns=columns, weighed=weighed) -> np.ndarray:  # type: ignore[no-untyped-def]
                sums = np.zeros(1 + len(columns))
                for start in some:
                    D = np.empty((min(_HEIGHT, len(part) - start), len(part)))
                    write_distances(weighed, start, 0, D)
                    gains, W = self._attended(D, part, start)
                    sums[0] += gains.sum()
                    weigh_differences(columns, start, W, sums[1:])
                return sums

            worth = max(1, _SHARE // (_HEIGHT * max(1, columns.size)))
            total += np.sum(in_threads(share, starts, worth), axis=0)
        return float(total[0]), -total[1:]

    @property
    def members(self) -> np.ndarray:
        """The samples of all parts, part after part."""
        return np.concatenate(list(self.parts))

    def errors(self, v: np.ndarray) -> np.ndarray:
        """Minus the objective of each of the `members`, summed over the outputs, at the weights v."""
        used, result = v > 0, []
        for part in self.parts:
            weighed = self.Z[np.ix_(used, part)] * v[used, np.newaxis]
            for start in range(0, len(part), _HEIGHT):
                rows = part[start : start + _HEIGHT]
                D = np.empty((len(rows), len(part)))
                write_distances(weighed, start, 0, D)
                result.append(-self._attended(D, part, start)[0] / self._counts(rows))
        return np.concatenate(result)

    def of_single(self, v: float) -> np.ndarray:
        """The objective of each column by itself, with the weight v."""
        alone = (LeftOut(z[np.newaxis], self.outputs, self.weights, self.parts) for z in self.Z)
        return np.array([one(np.array([v]))[0] for one in alone])

    def alike(self, part: np.ndarray) -> np.ndarray:
        """The slope of what one part adds to the objective where all columns have the same weight, with a sum of 4."""
        return replace(self, parts=[part])(np.full(len(self.Z), _TOTAL / len(self.Z)))[1]

    def on_parts(self, n_parts: int) -> "LeftOut":
        """The objective on the samples of the first parts."""
        if n_parts == len(self.parts):
            return self
        rows, ends = np.concatenate(self.parts[:n_parts]), np.cumsum([len(part) for part in self.parts[:n_parts]])
        outputs = [output[rows] for output in self.outputs]
        return LeftOut(self.Z[:, rows], outputs, self.weights[rows], np.split(np.arange(len(rows)), ends[:-1]))

    def restricted(self, stays: np.ndarray) -> "LeftOut":
        """The objective on the columns that a mask keeps."""
        return LeftOut(self.Z[stays], self.outputs, self.weights, self.parts)

    def _attended(self, D: np.ndarray, part: np.ndarray, start: int) -> tuple[np.ndarray, np.ndarray]:
        """What each row of a block adds to the objective, and W, from their distances to all rows of the part."""
        w, own, rows = self.weights[part], np.arange(len(D)), part[start : start + len(D)]
        counts = self._counts(rows)
        with np.errstate(divide="ignore"):
            logits = np.log(w) - D
            logits[own, start + own] = np.log(np.maximum(w[start + own] - 1, 0))  # no row attends to itself
        a, level = _softmax(logits)
        gains, W = np.zeros(len(D)), np.zeros_like(D)
        for output in self.outputs:
            y, own_y = output[part], output[rows]
            numeric = y.dtype.kind == "f"
            gained, slopes = _numbers(a, y, own_y) if numeric else _classes(a, level, logits, y, own_y)
            gains += counts * gained
            W += counts[:, np.newaxis] * slopes
        return gains, W

    def _counts(self, rows: np.ndarray) -> np.ndarray:
        """What each row counts in the objective."""
        return np.asarray(self.weights[rows] / (self.weights.sum() * len(self.outputs)))


def _classes(
    a: np.ndarray, level: np.ndarray, logits: np.ndarray, y: np.ndarray, own: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """log p of each row, p being what it attends to in its class, and the slope with respect to the logits."""
    inside, reached = _softmax(np.where(own[:, np.newaxis] == y, logits, -np.inf))
    known = np.isfinite(reached)
    with np.errstate(invalid="ignore"):
        return np.where(known, reached - level, 0), np.where(known[:, np.newaxis], inside - a, 0)


def _numbers(a: np.ndarray, y: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Minus the squared error of each row, and its slope with respect to the logits."""
    predicted = a @ y
    error = own - predicted
    return -np.square(error), 2 * error[:, np.newaxis] * a * (y - predicted[:, np.newaxis])


def _softmax(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows in proportion to exp(logits), and the logarithm of what they sum to; 0 and -inf where nobody is attended."""
    highest = logits.max(axis=1)
    shift = np.where(np.isfinite(highest), highest, 0)
    attention = np.exp(logits - shift[:, np.newaxis])
    totals = attention.sum(axis=1)
    with np.errstate(divide="ignore"):
        level = shift + np.log(totals)
    attention /= np.where(totals > 0, totals, 1)[:, np.newaxis]
    return attention, level
