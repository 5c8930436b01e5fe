"""Outputs as vectors of norm 1, whatever their unit."""

import numpy as np


def unit_vectors(output: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The indicator of each class, or the centered numbers, with weighted sums of squares 1.

    Parameters
    ----------
    output : ndarray of shape (n_samples,)
        Class codes 0, 1, ..., all of which occur, or floating-point numbers that vary.
    weights : ndarray of shape (n_samples,)
        How often each sample counts.

    Returns
    -------
    ndarray of shape (n_samples, n_vectors)
    """
    if output.dtype.kind == "f":
        return _unit(output, weights)[:, np.newaxis]
    members = (output[:, np.newaxis] == np.arange(output.max() + 1)).astype(np.float64)
    return members / np.sqrt(weights @ members)


def _unit(numbers: np.ndarray, weights: np.ndarray) -> np.ndarray:
    shares = weights / weights.sum()
    centered = _scaled(numbers)
    for _ in range(2):  # the first mean is round-off away from the true one
        centered = _scaled(centered - shares @ centered)
    return centered / np.sqrt(weights @ np.square(centered))


def _scaled(numbers: np.ndarray) -> np.ndarray:
    """Numbers up to 1, whose squares neither overflow nor vanish: a power of two as the unit loses no digit."""
    return np.ldexp(numbers, -np.frexp(np.abs(numbers).max())[1])
