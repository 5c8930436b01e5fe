"""The linear kernel between rows: ridge regression on the columns."""

import numpy as np

from infsel._runtime.threads import wide
from infsel.eliminations._base import RowModel
from infsel.eliminations._errors import left_out, leverages, mean_leverages
from infsel.eliminations._gram import RowGram
from infsel.eliminations._solve import Penalized, penalty
from infsel.embeddings import Written, by_sample, lift, outer, project, squared_norms, written

_ULPS = 32


class LinearRidge(RowModel):
    """Ridge regression of every target column on standardized columns; importance is the squared coefficient.

    With G = Z' Z and lambda = regularization tr(G) / n the dual solution is a = (G + lambda I)^-1 Y, and the
    coefficient of column f is z_f' a. Where fewer columns than samples remain the same coefficients come from
    (Z Z' + lambda I)^-1 Z Y.

    Parameters
    ----------
    Z : ndarray or SparseRows of shape (n_features, n_samples)
        One column of the table a row, centered (with respect to the weights).
    Y : ndarray of shape (n_samples, n_targets)
        Centered target columns.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.
    regularization : float
        In units of the mean eigenvalue of G.
    signs : ndarray of shape (n_samples, n_draws), default=None
        As of `AttentionRidge`.
    """

    def __init__(
        self,
        Z: Written,
        Y: np.ndarray,
        weights: np.ndarray,
        regularization: float,
        signs: np.ndarray | None = None,
    ) -> None:
        root = np.sqrt(weights).astype(Z.dtype)
        self._Y = root[:, np.newaxis] * Y
        self._signs = None if signs is None else signs.astype(Z.dtype)
        self.counts = weights.astype(Z.dtype)
        self.null_errors = left_out(Y.astype(Z.dtype), np.zeros(len(Y)), self.counts)
        self._rows = RowGram(Z if (root == 1).all() else by_sample(Z, root))
        self._n = float(weights.sum())
        self._regularization = regularization
        self._columns: np.ndarray | None = None  # Z Z', once it is the smaller of the two

    def importance(self) -> np.ndarray:
        """Sum over the target columns of the squared coefficients."""
        coefficients = self.coefficients()
        result: np.ndarray = np.square(coefficients).sum(axis=1)
        self.resolution = self._round_off() * (2 * float(np.sqrt(result.max())) + self._round_off())
        return result

    def coefficients(self) -> np.ndarray:
        """Ridge coefficients of the remaining columns, shape (n_remaining, n_targets)."""
        Z = self._rows.Z
        if len(Z) >= Z.shape[1]:
            system = self._penalized(self._rows.G)
            a, self._stretch = system.solve(self._Y), system.inverse_norm
            self._missed(system.ridge * a, leverages(system, self._signs, self.counts))
            return lift(Z, a)
        if self._columns is None:
            with wide(2 * len(Z) ** 2 * Z.shape[1]):
                self._columns = outer(Z, Z)
        system = self._penalized(self._columns)
        coefficients, self._stretch = system.solve(lift(Z, self._Y)), system.inverse_norm
        self._missed(self._Y - project(Z, coefficients), self._leverages_of_columns(system))
        return coefficients

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.restrict(stays)
        if self._columns is not None:
            self._columns = self._columns[np.ix_(stays, stays)]

    def _penalized(self, gram: np.ndarray) -> Penalized:
        trace = float(np.trace(gram, dtype=np.float64))
        return Penalized(gram.copy(), penalty(self._regularization, trace, self._n, gram.dtype))

    def _missed(self, residuals: np.ndarray, leverages: np.ndarray) -> None:
        """Note the errors, from residuals that are weighted as the rows are."""
        self.errors = left_out(residuals / np.sqrt(self.counts)[:, np.newaxis], leverages, self.counts)

    def _leverages_of_columns(self, system: Penalized) -> np.ndarray:
        """The diagonal of H = Z' (Z Z' + lambda I)^-1 Z, or with signs its mean."""
        if self._signs is None:
            return system.forms(written(self._rows.Z))
        return mean_leverages(system.forms(lift(self._rows.Z, self._signs)), self.counts)

    def _round_off(self) -> float:
        """How far round-off may move a coefficient: that of products of z and Y, as the solution stretches it."""
        Z = self._rows.Z
        longest = float(np.sqrt(squared_norms(Z).max()) * np.linalg.norm(self._Y)) * self._stretch
        return _ULPS * float(np.finfo(Z.dtype).eps) * longest
