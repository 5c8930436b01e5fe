"""Standardized columns of which only their products with each other are known."""

from __future__ import annotations

import numpy as np

from infsel.embeddings._protocol import Index


class ScatterRows:
    """Rows z_i of which nothing is known but w_i S_ij w_j = z_i . z_j.

    What a product with the Gram matrix does in two steps through the samples, it does here in one.

    Parameters
    ----------
    S : ndarray of shape (n, n)
        The scatter matrix of all columns, float64; it is not copied.
    w : ndarray of shape (n_rows,)
        What each row is multiplied by.
    columns : ndarray of int of shape (n_rows,)
        Which row of S each one is.
    n_samples : int
        How many numbers a row would hold.
    dtype : dtype
        Precision of the products.
    roundoff : ndarray of shape (n_rows,)
        Bound on the error of a product between rows of norm 1.
    """

    def __init__(
        self, S: np.ndarray, w: np.ndarray, columns: np.ndarray, n_samples: int, dtype: np.dtype, roundoff: np.ndarray
    ) -> None:
        self.S, self.w, self.columns, self.roundoff = S, w, columns, roundoff
        self.shape, self.dtype = (len(w), n_samples), np.dtype(dtype)

    __array_ufunc__ = None  # a NumPy number times these rows is for __rmul__ to answer

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, index: Index) -> ScatterRows:
        w, columns, roundoff = self.w[index], self.columns[index], self.roundoff[index]
        return ScatterRows(self.S, w, columns, self.shape[1], self.dtype, roundoff)

    def __mul__(self, factor: float) -> ScatterRows:
        return ScatterRows(self.S, self.w * float(factor), self.columns, self.shape[1], self.dtype, self.roundoff)

    __rmul__ = __mul__

    def gram(self, other: ScatterRows) -> np.ndarray:
        """Products of all rows with all rows of `other`."""
        products = self.S[np.ix_(self.columns, other.columns)]
        products *= self.w[:, None]
        products *= other.w
        return products.astype(self.dtype, copy=False)

    def project(self, x: np.ndarray) -> np.ndarray:
        """What `lift` needs of x, shape (n,)."""
        weights = np.zeros(len(self.S))
        weights[self.columns] = self.w * x
        return weights

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z Z^T x, where v is the projection of x."""
        return self.w * (self.S @ v)[self.columns]

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""
        return (self.w**2 * np.diagonal(self.S)[self.columns]).astype(self.dtype)
