"""Affinity by what follows what: the columns now with the columns later."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Count, parameter
from infsel.affinities._base import Affinity
from infsel.operators import FeatureOperator, LowRank
from infsel.tables import Table

_FEWEST = 2  # pairs of rows, below which nothing correlates


@dataclass
class Lagged(Affinity):
    """Correlation of column i now with column j `lag` rows later, signed and asymmetric, with products in O(n T).

    The rows of the table are in order of time, at even distances. A_ij = q_i . k_j, with q_i what is left of column i
    without the last `lag` rows once its mean is gone and its norm is 1, and k_j the same of column j without the first.
    Row i of A holds what feature i leads to, column j what feature j follows. A column that is constant in a window
    relates to nothing there. Trends correlate with everything: take differences of the rows first.

    Parameters
    ----------
    lag : int >= 1, default=1
        How many rows later.
    correlation : {"pearson", "spearman"}, default="pearson"
        Pearson's correlation or Spearman's rank correlation (ties share their mean rank), of each window.

    Examples
    --------
    >>> import numpy as np
    >>> now = np.array([1.0, 4.0, 2.0, 8.0, 5.0, 7.0])
    >>> X = np.column_stack([now[1:], now[:-1]])  # the second column repeats the first, one row later
    >>> Lagged()(X).to_dense().round(2).tolist()
    [[-0.28, 1.0], [0.71, -0.14]]
    """

    lag: int = parameter(Count(), 1)
    correlation: Literal["pearson", "spearman"] = parameter(Choice(("pearson", "spearman")), "pearson")

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        rows = np.arange(len(table))
        self._check(table)
        windows: Any = (table.rows(part).correlating_rows(self.correlation) for part in self._windows(rows))
        return LowRank(*windows)

    def _windows(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return rows[: -self.lag], rows[self.lag :]

    def _check(self, table: Table) -> None:
        if len(table) - self.lag < _FEWEST:
            raise ValueError(
                f"lag={self.lag!r} leaves {max(0, len(table) - self.lag)} pairs of the {len(table)} rows of X: pass a "
                f"lag of at most {len(table) - _FEWEST}, or more rows."
            )
        if table.weights is not None:
            raise ValueError(
                f"sample_weight cannot go with {self!r}: rows in order of time cannot count several times. Leave "
                "sample_weight out."
            )
        table.require_dense(f"{self!r}")
        table.require_plain(f"{self!r}")
