"""Tables with gaps and columns of labels, rated one column after the other."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from infsel.relevances._base import Relevance
from infsel.statistics import beyond_chance, explained_by_labels, means_of_labels
from infsel.tables import MixedTable, as_table, same_gaps
from infsel.targets import Read, classes_of, numbers_of

Rate = Callable[..., np.ndarray]
Place = Callable[[np.ndarray, np.ndarray], float]


@dataclass
class ByColumn(Relevance):
    """A relevance that looks at one column after the other, and rates labels on the scale of numbers.

    Numbers are rated by the samples that have them. Where gaps are informative a column of numbers rates as much as its
    numbers or its gaps do, whichever is more, and a gap among labels is one of them. A column rates 0 where it, or the
    target of the samples that have it, does not vary.
    """

    def of_mixed(self, X: MixedTable, y: Any = None) -> np.ndarray:
        """Rate the columns of a table with gaps or labels."""
        output = self._read(y, X.weights)
        result, numbers = np.zeros(X.shape[1]), np.flatnonzero(~X.nominal)
        result[numbers] = self._of_numbers(X.columns(numbers), output)  # type: ignore[arg-type]
        holed = numbers[X.gaps()[numbers] > 0]
        if X.informative and len(holed):
            says = self.of_gaps(X.columns(holed), output) if _varies(output) else np.zeros(len(holed))  # type: ignore[arg-type]
            result[holed] = np.where(np.abs(says) > np.abs(result[holed]), says, result[holed])
        counts, samples = X.counts, _counted if self.classes_only else _present
        for column in np.flatnonzero(X.nominal):
            labels, y, weights = samples(X.label_codes()[column], output, counts)
            if len(labels) and labels.any() and (y != y[0]).any():
                result[column] = self.of_labels(labels, y, weights)
        return result

    @abstractmethod
    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """Rate a column of labels 0, 1, ..., all of which occur, as numbers that say as much beyond chance."""

    def of_gaps(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """Rate where the gaps of columns are, by a target that varies."""
        return self._rate(X.missing.astype(X.dtype), output, X.weights)

    def _read(self, y: Any, weights: np.ndarray | None) -> np.ndarray:
        """The target, of which samples can be taken."""
        return classes_of(y, weights)[1] if self.classes_only else numbers_of(y, weights)

    def _rate(self, X: np.ndarray, output: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
        """The rating of columns of numbers by what was read, 0 where that does not vary."""
        return _rated(self.rate, X, output, weights)

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        """Rate columns of numbers, those with the same gaps together."""
        result = np.zeros(X.shape[1])
        for columns in same_gaps(X.missing):
            there = np.flatnonzero(~X.missing[:, columns[0]])
            weights = None if X.weights is None else X.weights[there]
            result[columns] = self._rate(X.numbers[np.ix_(there, columns)], output[there], weights)
        return result


def recoded(output: np.ndarray) -> np.ndarray:
    """Class codes from 0 up, of which all occur; numbers as they are."""
    if output.dtype.kind == "f" or np.bincount(output).all():
        return output
    return np.unique(output, return_inverse=True)[1]


def over_pairs(labels: np.ndarray, codes: np.ndarray, weights: np.ndarray, rate: Place, squared: bool) -> np.ndarray:
    """Ratings of labels for each pair of classes: one stands by the share of a class, and chance makes some of it.

    Placed by shares labels explain a share R^2 of who is of which class, and as a column of numbers would they explain
    a share s (`beyond_chance`) of it. A rating counts sqrt(s / R^2) times, and one that grows as the ratio of explained
    to unexplained squares does s (1 - R^2) / (R^2 (1 - s)) times.

    Parameters
    ----------
    labels, codes : ndarray of int of shape (n_samples,)
    weights : ndarray of shape (n_samples,)
    rate : callable
        ``rate(x, members)`` of a column of numbers x, where `members` are of either class.
    squared : bool
        Whether the rating grows as such a ratio.
    """
    found = []
    for first, second in combinations(range(int(codes.max()) + 1), 2):
        members = (codes == first) | (codes == second)
        is_second, w, which = (codes[members] == second).astype(np.float64), weights[members], recoded(labels[members])
        shares = np.zeros(int(labels.max()) + 1)
        shares[np.unique(labels[members])] = means_of_labels(which, is_second, w)
        explained, degrees, n = explained_by_labels(which, is_second, w), int(which.max()), w.sum()
        s = beyond_chance(explained, n, degrees)
        kept = s / explained if explained > 0 else 0.0
        if squared:  # where all is explained, by the degrees of freedom left
            factor = kept * ((1 - explained) / (1 - s) if s < 1 else (n - 1 - degrees) / (n - 2))
        else:
            factor = np.sqrt(kept)
        found.append(float(factor * rate(shares[labels], members)) if kept > 0 else 0.0)
    return np.array(found)


def _present(codes: np.ndarray, output: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels 0, 1, ... of the samples that have one, with the output and the weights of these."""
    there = codes > 0
    return codes[there].astype(np.intp) - 1, output[there], weights[there]


def _counted(codes: np.ndarray, output: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same with samples of the same label and class as one, which counts as often; classes are recoded."""
    n_classes = int(output.max()) + 1
    n_cells = (int(codes.max()) + 1) * n_classes
    cells = np.bincount(codes.astype(np.intp) * n_classes + output, weights, n_cells).reshape(-1, n_classes)[1:]
    cells = cells[:, cells.any(axis=0)]
    labels, classes = np.nonzero(cells)
    return labels, classes, cells[labels, classes]


def _rated(rate: Rate, X: np.ndarray, output: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """The rating of columns of numbers, 0 where the target does not vary."""
    if not len(X) or not _varies(output):
        return np.zeros(X.shape[1])
    return rate(X, recoded(output).view(Read), *(() if weights is None else (weights,)))


def _varies(output: np.ndarray) -> bool:
    if output.dtype.names is not None:  # times, which are refused where no two can be compared
        return True
    return bool(as_table(output[:, np.newaxis].astype(np.float64)).varying()[0])
