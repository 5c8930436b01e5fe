"""A Gaussian of the distance between the rows of a few coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from infsel.operators._gram import Gram


@dataclass(frozen=True, eq=False)
class _Gaussian:
    """exp(-|u_i - u_j|^2 / 2) whatever the entries were: a distance from products would lose the digits of near rows.

    Attributes
    ----------
    U : ndarray of shape (n, d), float64
    """

    U: np.ndarray

    def __call__(self, entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:
        """Write the block."""
        first, second = self.U[rows].T, self.U[columns].T
        with np.errstate(over="ignore"):  # what is infinitely far is not alike
            squares = np.square(np.subtract.outer(first[0], second[0]))
            for u, v in zip(first[1:], second[1:], strict=True):
                squares += np.square(np.subtract.outer(u, v))
            squares *= -0.5
            np.exp(squares, out=entries, casting="same_kind")


def gaussian(U: np.ndarray, dtype: np.dtype) -> Gram:
    """exp(-|u_i - u_j|^2 / 2), from differences, tile by tile.

    Parameters
    ----------
    U : ndarray of shape (n, d)
        Coordinates in units of the standard deviation of the Gaussian.
    dtype : dtype
        Precision of the entries, not of the differences.
    """
    U = np.ascontiguousarray(U, dtype=np.float64)
    # float32 tiles need rows to ask for, whose products nobody reads: huge coordinates would overflow there
    return Gram(np.zeros((len(U), 1), dtype), _Gaussian(U), nonnegative=True)
