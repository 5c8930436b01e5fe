"""Functions of single entries that a Gram operator applies to its tiles, in place."""

import numpy as np


def absolute(entries: np.ndarray) -> None:
    """|a|."""
    np.abs(entries, out=entries)


def square(entries: np.ndarray) -> None:
    """a^2."""
    np.multiply(entries, entries, out=entries)


def positive_part(entries: np.ndarray) -> None:
    """max(a, 0)."""
    np.maximum(entries, 0, out=entries)


def exponential(entries: np.ndarray, shift: float = 0.0) -> None:
    """exp(a - shift)."""
    entries -= entries.dtype.type(shift)
    np.exp(entries, out=entries)
