"""Which features a graph holds to be independent, read from what one product with it makes of noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack, solve_triangular
from scipy.special import ndtr

_SPENT = 1e-12  # share of a feature's variance below which the given ones determine it


@dataclass(frozen=True)
class IndependenceTests:
    """Tests of one feature against the others.

    Attributes
    ----------
    correlation, partial, z, p_value : ndarray of shape (n_others,)
    """

    correlation: np.ndarray
    partial: np.ndarray
    z: np.ndarray
    p_value: np.ndarray


def implied_correlations(A: np.ndarray) -> np.ndarray:
    """The correlations D^-1/2 A A^T D^-1/2 between the rows of A V for independent noise V, with D = diag(A A^T).

    Parameters
    ----------
    A : ndarray of shape (n, n)
        A row of zeros correlates with nothing, itself included.
    """
    norms = np.sqrt(np.square(A).sum(axis=1))
    Q = A / np.where(norms > 0, norms, np.inf)[:, None]
    return Q @ Q.T


def independence(
    C: np.ndarray, node: int, others: np.ndarray, given: np.ndarray, n_effective: float
) -> IndependenceTests:
    """Fisher's z test of the partial correlations between one feature and others, beside the given ones.

    The partial correlation of x and y is that of what the given ones leave of both, the same as the scaled entry of
    the inverse of the block of x, y and the given.

    Parameters
    ----------
    C : ndarray of shape (n, n)
        Correlations.
    node : int
    others, given : ndarray of int
    n_effective : float
        How many independent draws the correlations count as.

    Raises
    ------
    LinAlgError
        If some of the given ones determine another.
    """
    listed = np.append(node, others)
    left = C[np.ix_(listed, listed)] - _explained(C, listed, given)
    own = np.diagonal(left).copy()
    determined = own <= _SPENT
    own[determined] = np.inf
    partial = np.clip(left[0, 1:] / np.sqrt(own[0] * own[1:]), -1, 1)
    with np.errstate(divide="ignore"):  # copies are infinitely far from independent
        z = np.arctanh(partial)
    freedom = n_effective - len(given) - 2
    return IndependenceTests(C[node, others], partial, z, 2 * ndtr(-np.sqrt(freedom - 1) * np.abs(z)))


def _explained(C: np.ndarray, listed: np.ndarray, given: np.ndarray) -> np.ndarray | float:
    """What the given ones explain of the correlations between those listed."""
    if not len(given):
        return 0.0
    L, failed = lapack.dpotrf(C[np.ix_(given, given)], lower=1)
    if failed or (np.square(np.diagonal(L)) <= _SPENT).any():
        raise np.linalg.LinAlgError("the given features determine each other")
    half = solve_triangular(L, C[np.ix_(given, listed)], lower=True)
    return half.T @ half
