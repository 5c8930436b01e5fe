"""Affinity by direct relation: two features relate when they correlate beside all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from infsel._runtime.memory import allocate
from infsel._runtime.ranges import Choice, InvalidParameter, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import gram, squared_norms
from infsel.operators import FeatureOperator, Gram, Stored, absolute
from infsel.statistics import SingularError, ledoit_wolf_shrinkage, oas_shrinkage, partial_correlations, partial_rows
from infsel.tables import Table

_SPARE = 10  # samples beyond the columns that an empirical covariance needs
_REMEDY = "pass covariance='ledoit-wolf', which is invertible"
_SHRINKAGE = {"ledoit-wolf": ledoit_wolf_shrinkage, "oas": oas_shrinkage}


@dataclass
class PartialCorrelation(Affinity):
    """|Theta_ij| / sqrt(Theta_ii Theta_jj), 0 on the diagonal: the correlation that is left beside all other features.

    Theta is the inverse of the covariance of the standardized columns. A correlation adds up the walks of every length
    between two features; the partial one is the single hop behind them. A constant column relates to nothing.

    Parameters
    ----------
    covariance : {"ledoit-wolf", "oas", "empirical"}, default="ledoit-wolf"
        Of which matrix Theta is the inverse: (1 - d) C + d I for the correlations C, with the shrinkage d by Ledoit and
        Wolf or by Chen and others ("oracle approximating", for Gaussian samples), for tables of any shape; or C alone,
        which needs more than 10 samples more than columns that vary, and no column that others determine.

    Raises
    ------
    ValueError
        If the covariance is singular, or if the table is sparse or comes in batches and covariance shrinks.

    Notes
    -----
    Where correlations are no larger than chance makes them the shrinkage is 1, and nothing relates. Copies of a column
    explain each other, and little else.

    With more features than samples the inverse is a diagonal plus a matrix of low rank (Woodbury), O(n_features
    n_samples^2) once, and products go tile by tile: no n_features x n_features matrix is stored. Else it is inverted
    in O(n_features^3).

    References
    ----------
    Ledoit, Wolf (2004). A well-conditioned estimator for large-dimensional covariance matrices. Journal of Multivariate
    Analysis 88.
    Chen, Wiesel, Eldar, Hero (2010). Shrinkage Algorithms for MMSE Covariance Estimation. IEEE Transactions on Signal
    Processing 58.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> X = rng.standard_normal((500, 3)).cumsum(axis=1)  # each column is the one before and something new
    >>> PartialCorrelation("empirical")(X).to_dense().round(1)
    array([[0. , 0.5, 0. ],
           [0.5, 0. , 0.7],
           [0. , 0.7, 0. ]])
    """

    covariance: Literal["ledoit-wolf", "oas", "empirical"] = parameter(
        Choice((*_SHRINKAGE, "empirical")), "ledoit-wolf"
    )

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"}) if self.covariance == "empirical" else frozenset({"samples"})

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        # correlations of pairs of columns, each on samples of its own, need not have an inverse that means anything
        table.require_plain(f"{self!r}", ", or take Correlation() or SquaredCorrelation()")
        if self.covariance == "empirical":
            return self._empirical(table)
        table.require_dense(f"covariance={self.covariance!r}", ", or use covariance='empirical'")
        Z: Any = table.unit_columns()
        shrinkage = _SHRINKAGE[self.covariance](Z, table.counts)
        if len(Z) <= Z.shape[1]:
            return self._inverted(Z, shrinkage, table)
        if shrinkage <= len(Z) * np.finfo(np.float64).eps:
            raise self._singular(f"{len(table)} samples do not tell {len(Z)} columns apart", "add samples")
        U = partial_rows(Z, shrinkage)
        return _Partial(U, absolute, nonnegative=True, diagonal=0.0)

    def _empirical(self, table: Table) -> FeatureOperator:
        n_columns, n_samples = int(table.varying().sum()), table.total_weight
        if n_samples <= n_columns + _SPARE:
            raise self._singular(
                f"{n_columns} columns that vary need more than {n_columns + _SPARE} samples, X has {n_samples:g}"
            )
        return self._inverted(table.unit_columns(), 0.0, table)

    def _inverted(self, Z: Any, shrinkage: float, table: Table) -> FeatureOperator:
        C = allocate((len(Z), len(Z)), np.dtype(np.float64), "the inverse covariance", "pass fewer columns")
        C[:] = gram(Z, Z)
        C *= 1 - shrinkage
        C[~(squared_norms(Z) > 0)] = 0  # where moments leave round-off
        np.fill_diagonal(C, 1)
        try:
            partial = partial_correlations(C, float(np.finfo(Z.dtype).eps))
        except SingularError as error:
            name = error.column if table.names is None else repr(str(table.names[error.column]))
            raise self._singular(f"column {name} is a combination of those before it") from error
        return Stored(np.abs(partial).astype(Z.dtype, copy=False))

    def _singular(self, why: str, remedy: str = "") -> InvalidParameter:
        remedy = remedy or (_REMEDY if self.covariance == "empirical" else "leave one of them out by exclude=")
        return InvalidParameter(f"covariance={self.covariance!r} gives a singular covariance: {why}; {remedy}.")


class _Partial(Gram):
    """Products of rows that are no columns of the table: their cosines say nothing of it."""

    @property
    def embedding(self) -> None:
        return None
