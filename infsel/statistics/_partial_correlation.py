"""Partial correlations of columns given all others, from either side of the table."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.linalg import cholesky, lapack, solve_triangular

from infsel.embeddings import Embedding, are_spread, by_row, gram, inner, squared_norms


class SingularError(ValueError):
    """Columns that others determine, with the number of the first."""

    def __init__(self, column: int) -> None:
        super().__init__(f"column {column} is a combination of those before it")
        self.column = column


def ledoit_wolf_shrinkage(Z: Embedding, counts: np.ndarray) -> float:
    """How much of the identity to mix into a correlation matrix: (1 - d) Z Z^T + d I is nearest the truth in the mean.

    d = min(1, b / c) with c = |Z Z^T - I|^2 / p, how far correlations lie from the identity, and b, how far those of
    one sample lie from them in the mean, over N: both from the smaller side of Z, in O(p n min(p, n)).

    Parameters
    ----------
    Z : ndarray of shape (p, n_samples)
        Centered columns of norm 1 as rows, the entries of each sample times the root of its share; rows of zeros are no
        columns.
    counts : ndarray of shape (n_samples,)
        How often each sample counts; N is their sum.

    Returns
    -------
    shrinkage : float in [0, 1]

    References
    ----------
    Ledoit, Wolf (2004). A well-conditioned estimator for large-dimensional covariance matrices. Journal of Multivariate
    Analysis 88.
    """
    p, N = np.count_nonzero(squared_norms(Z) > 0), counts.sum()
    together = _squared_norm(Z)
    of_samples = _squares_of_samples(Z)  # |x_k|^2 of a sample, times its count, over N
    counted = counts > 0
    apart = (N * (np.square(of_samples[counted]) / counts[counted]).sum() - together) / N
    away = together - p
    if apart <= 0 or away <= 0:
        return 0.0
    return float(min(apart / away, 1.0))


def oas_shrinkage(Z: Embedding, counts: np.ndarray) -> float:
    """The same for samples of a Gaussian: oracle approximating shrinkage.

    d = min(1, (a + 1) / ((N + 1) (a - 1 / p))) with a = |Z Z^T|^2 / p^2, the mean square of an entry: the rule for p so
    large that 1 - 2 / p counts as 1, in O(p n min(p, n)).

    Parameters
    ----------
    Z, counts
        As for `ledoit_wolf_shrinkage`.

    Returns
    -------
    shrinkage : float in [0, 1]

    References
    ----------
    Chen, Wiesel, Eldar, Hero (2010). Shrinkage Algorithms for MMSE Covariance Estimation. IEEE Transactions on Signal
    Processing 58.
    """
    p = max(1, int(np.count_nonzero(squared_norms(Z) > 0)))
    square = _squared_norm(Z) / p**2
    away = float(counts.sum() + 1) * (square - 1 / p)
    return float(min((square + 1) / away, 1.0)) if away > 0 else 1.0


def _squared_norm(Z: Any) -> float:
    """|Z Z^T|^2, from the smaller side."""
    Z = _double(Z)
    return float(np.square(gram(Z, Z) if len(Z) <= Z.shape[1] else inner(Z)).sum())


def _double(Z: Any) -> Any:
    """In double precision, in which rows in several processes multiply anyway."""
    return Z.astype(np.float64, copy=False) if isinstance(Z, np.ndarray) else Z


def _squares_of_samples(Z: Any) -> np.ndarray:
    return np.asarray(Z.sums(_of_rows) if are_spread(Z) else _of_rows(Z))


def _of_rows(rows: np.ndarray, _: Any = None) -> np.ndarray:
    return np.asarray(np.square(rows, dtype=np.float64).sum(axis=0))


def partial_correlations(C: np.ndarray, eps: float) -> np.ndarray:
    """-Theta_ij / sqrt(Theta_ii Theta_jj) for Theta = C^-1, with 0 on the diagonal, in O(p^3).

    Parameters
    ----------
    C : ndarray of shape (p, p)
        Correlations, positive definite, float64.
    eps : float
        Relative round-off of its entries.

    Raises
    ------
    SingularError
        If one column is, up to round-off, a combination of others.
    """
    L, failed = lapack.dpotrf(C, lower=1)
    own = np.square(np.diagonal(L)[: failed - 1] if failed else np.diagonal(L))  # 1 - R^2 given the columns before
    spent = np.flatnonzero(own <= len(C) * eps)
    if len(spent) or failed:
        raise SingularError(int(spent[0]) if len(spent) else failed - 1)
    half = solve_triangular(L, np.eye(len(C)), lower=True)
    theta = half.T @ half
    scale = 1 / np.sqrt(np.diagonal(theta))
    theta *= -np.multiply.outer(scale, scale)
    np.fill_diagonal(theta, 0)
    return theta


def partial_rows(Z: Any, shrinkage: float) -> Any:
    """Rows u_i whose products are the partial correlations of (1 - d) Z Z^T + d I, in the shape and precision of Z.

    By Woodbury's identity, with a = (1 - d) / d and M = I + a Z^T Z, the inverse is (I - a Z M^-1 Z^T) / d: no matrix
    larger than n_samples x n_samples.

    Parameters
    ----------
    Z : ndarray or rows in several processes, of shape (p, n_samples)
        Centered columns of norm 1 as rows, or rows of zeros, which stay so.
    shrinkage : float in (0, 1]
        The number d.
    """
    ratio = (1 - shrinkage) / shrinkage
    L = cholesky(np.eye(Z.shape[1]) + ratio * inner(_double(Z)), lower=True)
    return by_row(_partial_rows, Z, L, shrinkage)


def _partial_rows(Z: np.ndarray, L: np.ndarray, shrinkage: float) -> np.ndarray:
    W = np.sqrt((1 - shrinkage) / shrinkage) * Z.astype(np.float64)
    U = solve_triangular(L, W.T, lower=True).T
    own = 1 - squared_norms(U)  # d Theta_ii, at least d
    return np.ascontiguousarray(U / np.sqrt(np.maximum(own, shrinkage))[:, None], Z.dtype)
