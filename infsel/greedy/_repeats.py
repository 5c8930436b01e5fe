"""Which column each column repeats, exactly or nearly."""

import numpy as np

_LEADING = 256  # ranked columns that others are compared with
_SHARED = 0.5  # of its variance, from which on one column repeats another
_ENTRIES = 2**22
_ULPS = 2**12


def repeats(Z: np.ndarray, counts: np.ndarray, order: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What each column repeats, -1 where it is nothing, and their correlation, NaN there; both (n_features,).

    An exact copy repeats what it is a copy of. Any other ranked column repeats the one with the largest absolute
    correlation among the 256 best of those above it, if that explains half of its variance.

    Parameters
    ----------
    Z : ndarray of shape (n_features, n_samples)
        One column of the table a row.
    counts : ndarray of shape (n_samples,)
        How often each sample counts.
    order : ndarray of int of shape (n_ranked,)
        Columns from best to worst, none a copy of another.
    first : ndarray of int of shape (n_features,)
        What each column is a copy of: itself where it is none.
    """
    repeated, correlation = np.full(len(first), -1), np.full(len(first), np.nan)
    copies = np.flatnonzero(first != np.arange(len(first)))
    repeated[copies] = first[copies]
    correlation[copies] = [np.sign((counts * Z[copy]) @ Z[first[copy]]) for copy in copies]
    R = _with_leading(Z[order], counts)
    R[np.arange(len(R))[:, np.newaxis] >= np.arange(len(order))] = 0  # not with itself and those below
    closest = np.abs(R).max(axis=0)
    above = (np.abs(R) >= closest - _ULPS * np.finfo(R.dtype).eps).argmax(axis=0)  # of equals the best
    near = np.flatnonzero(np.square(closest) >= _SHARED)
    repeated[order[near]], correlation[order[near]] = order[above[near]], R[above[near], near]
    return repeated, correlation


def _with_leading(Z: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Correlations of the first rows with all, some samples at a time; shape (n_leading, n_rows)."""
    n_leading, total = min(len(Z), _LEADING), counts.sum()
    products, sums, squares = np.zeros((n_leading, len(Z)), Z.dtype), np.zeros(len(Z)), np.zeros(len(Z))
    width = max(1, _ENTRIES // len(Z))
    for start in range(0, len(counts), width):
        some = slice(start, start + width)
        weighed = Z[:, some] * counts[some].astype(Z.dtype)
        products += weighed[:n_leading] @ Z[:, some].T
        sums += weighed.sum(axis=1)
        squares += np.einsum("fi,fi->f", weighed, Z[:, some])
    norms = np.sqrt(squares - sums**2 / total)
    R = (products - np.outer(sums[:n_leading], sums / total)) / np.outer(norms[:n_leading], norms)
    return np.clip(R, -1, 1)
