"""Relevance by the analysis of variance."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel.relevances._mixed import ByColumn
from infsel.statistics import (
    beyond_chance,
    classes_of_moments,
    counts_of,
    cramers_v_squared,
    f_of_classes,
    f_of_present,
    f_ratio,
)
from infsel.tables import MixedTable, Moments, as_table, differ
from infsel.targets import classes_of


@dataclass
class AnovaF(ByColumn):
    """F statistic of the one-way analysis of variance: variance between over variance within the classes, [0, inf).

    A constant column gets 0. A column that is constant within every class, but not everywhere, separates the classes
    perfectly; in place of infinity it rates 2^52 (n_samples - n_classes) / (n_classes - 1), as all such columns do. The
    part of any other column's variance that lies within the classes counts as at least 2^-51, so that none rates more
    than half of that.

    Numbers with gaps are rated by the samples that have them. Of labels F is that of numbers of whose variance the
    classes explain Cramer's V^2, less what chance makes of many labels (`infsel.statistics.beyond_chance`).

    References
    ----------
    Fisher (1925). Statistical Methods for Research Workers.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[0.0, 3.0, 1.0], [2.0, 1.0, 1.0], [4.0, 2.0, 1.0], [6.0, 2.0, 1.0]])
    >>> AnovaF()(X, ["a", "a", "b", "b"]).round(12).tolist()
    [8.0, 0.0, 0.0]
    """

    reads: ClassVar[frozenset[str]] = frozenset({"classes"})
    classes_only: ClassVar[bool] = True
    weighted: ClassVar[bool] = True

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        codes = classes_of(y, sample_weight)[1]
        table = as_table(X)
        F = f_of_classes(table, codes, counts_of(sample_weight, len(X)))
        F[~table.varying()] = 0
        return F

    def of_labels(self, labels: np.ndarray, output: np.ndarray, weights: np.ndarray) -> float:
        """F of numbers of whose variance the classes explain Cramer's V^2, beyond what many labels do by chance."""
        n, degrees, usual = weights.sum(), int(labels.max()), int(output.max())
        share = cramers_v_squared(labels, output, weights)
        share = beyond_chance(share, n, max(degrees, usual), usual, min(degrees, usual))
        return float(f_ratio(share, 1 - share, n, usual + 1)) if share > 0 else 0.0

    def _of_numbers(self, X: MixedTable, output: np.ndarray) -> np.ndarray:
        F = f_of_present(X.numbers, output, X.counts, X.extremes())
        return np.where(differ(*X.extremes(), X.dtype), F, 0)

    def of_moments(self, X: Moments) -> np.ndarray:
        """The same from the moments within classes."""
        counts, means, squares = classes_of_moments(X)
        between = counts @ np.square(means - X.means)
        F = f_ratio(between, squares.sum(axis=0), X.total_weight, len(counts))
        F[~X.varying()] = 0
        return F
