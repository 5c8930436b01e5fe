"""Inner products of samples over the columns that remain."""

import numpy as np


class RowGram:
    """Products Z' Z of all samples with some, the landmarks, while rows of Z are dropped.

    What leaves is subtracted, which costs a fraction of a fresh product, and its round-off is wiped out by a fresh
    product whenever half of the rows have gone since the last.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
    landmarks : ndarray of int, optional
        By default all samples.
    """

    def __init__(self, Z: np.ndarray, landmarks: np.ndarray | None = None) -> None:
        self.Z = Z
        self._landmarks = slice(None) if landmarks is None else landmarks
        self._G: np.ndarray | None = None
        self._fresh = len(Z)

    @property
    def G(self) -> np.ndarray:
        """The products over what remains, shape (n_samples, n_landmarks); computed when first asked for."""
        if self._G is None:
            self._G, self._fresh = self._products(self.Z), len(self.Z)
        return self._G

    def keep(self, stays: np.ndarray) -> None:
        """Drop the rows of Z that the mask does not keep."""
        kept = self.Z[stays]
        if 2 * len(kept) < self._fresh:
            self._G = None
        if self._G is not None:
            self._G -= self._products(self.Z[~stays])
        self.Z = kept

    def _products(self, Z: np.ndarray) -> np.ndarray:
        return Z.T @ Z[:, self._landmarks]
