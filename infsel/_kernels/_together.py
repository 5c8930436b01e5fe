"""Kernels that count how often few labels of two columns meet: of many columns at once, in bytes."""

import numpy as np

from infsel._kernels._jit import jit

_MOST = 255  # that a byte counts
_LISTS = 8


@jit
def write_indicators(codes: np.ndarray, X: np.ndarray) -> None:
    """Mark in X, zero before and of shape (T, n_labels, n), which label 1, 2, ... of each column a sample has."""
    for j in range(len(codes)):
        for t in range(len(X)):
            if codes[j, t] > 0:
                X[t, codes[j, t] - 1, j] = 1


@jit
def write_together(
    codes: np.ndarray, sizes: np.ndarray, X: np.ndarray, work: np.ndarray, cells: np.ndarray, found: np.ndarray
) -> None:
    """What `write_contingency` finds of samples that all count once, but for entropies: shape (4, n, m).

    The columns of one group are codes, of so many labels, and those of the other indicators X. Bytes `work` and
    numbers `cells`, both of shape (1 + most labels of codes, n_labels, m), are room.
    """
    T, n_labels, m = X.shape
    flat, margin, own, share = X.reshape(T, -1), np.empty((n_labels, m)), np.empty(m), np.empty(m)
    for i in range(len(codes)):
        K = sizes[i] + 1
        if np.bincount(codes[i]).max() <= _MOST:  # what is counted stays in bytes, and in cache
            work[:K] = 0
            _add_samples(codes[i], flat, 0, T, work[:K].reshape(K, -1))
            _read(work[:K], margin, own, share, found[:, i])
        else:
            count_together(codes[i], flat, work[:K].reshape(K, -1), cells[:K].reshape(K, -1))
            _read(cells[:K], margin, own, share, found[:, i])


@jit
def count_together(codes: np.ndarray, X: np.ndarray, work: np.ndarray, counts: np.ndarray) -> None:
    """Add up the lines of bytes X over the samples of each code, by way of lines of bytes `work`."""
    counts[:] = 0
    for start in range(0, len(codes), _MOST):
        work[:] = 0
        _add_samples(codes, X, start, min(start + _MOST, len(codes)), work)
        for a in range(len(counts)):
            for k in range(counts.shape[1]):
                counts[a, k] += work[a, k]


@jit
def _add_samples(codes: np.ndarray, X: np.ndarray, start: int, stop: int, sums: np.ndarray) -> None:
    for t in range(start, stop):
        x, s = X[t], sums[codes[t]]
        for k in range(len(x)):
            s[k] += x[k]


@jit
def _read(cells: np.ndarray, margin: np.ndarray, own: np.ndarray, share: np.ndarray, found: np.ndarray) -> None:
    n_rows, n_labels, m = cells.shape
    margin[:], found[:] = 0.0, 0.0
    for a in range(1, n_rows):  # line 0 holds those that lack the column
        for b in range(n_labels):
            for j in range(m):
                margin[b, j] += cells[a, b, j]
    for b in range(n_labels):
        for j in range(m):
            found[1, j] += margin[b, j]
            found[3, j] += margin[b, j] > 0
            margin[b, j] = 1 / margin[b, j] if margin[b, j] > 0 else 0.0
    for a in range(1, n_rows):
        own[:], share[:] = 0.0, 0.0
        for b in range(n_labels):
            for j in range(m):
                count = np.float64(cells[a, b, j])
                own[j] += count
                share[j] += count * count * margin[b, j]
        for j in range(m):
            found[0, j] += share[j] / own[j] if own[j] > 0 else 0.0
            found[2, j] += own[j] > 0


@jit
def write_shared(
    X: np.ndarray,
    sizes: np.ndarray,
    samples: np.ndarray,
    starts: np.ndarray,
    stops: np.ndarray,
    listed: np.ndarray,
    columns: np.ndarray,
    first: np.ndarray,
    shared: np.ndarray,
) -> None:
    """Let only those samples of each label count that have another column, or are no gap of it.

    List i, ``samples[starts[i] : stops[i]]``, holds those that have column columns[i] of `shared` if listed[i], else
    its gaps. Label b of column j of X is in line first[j] + b of `shared`.
    """
    flat, n_labels, n = X.reshape(len(X), -1), X.shape[1], X.shape[2]
    work, counts = np.empty(flat.shape[1], np.uint8), np.empty((_LISTS, flat.shape[1]))
    for start in range(0, len(starts), _LISTS):
        stop = min(start + _LISTS, len(starts))  # lists whose counts are in one line of the cache
        for i in range(start, stop):
            _count(flat, samples[starts[i] : stops[i]], work, counts[i - start])
        for b in range(n_labels):
            for j in range(n):
                for i in range(start, stop if b < sizes[j] else start):
                    count, line, column = counts[i - start, b * n + j], first[j] + b, columns[i]
                    shared[line, column] = count if listed[i] else shared[line, column] - count


@jit
def _count(X: np.ndarray, samples: np.ndarray, work: np.ndarray, counts: np.ndarray) -> None:
    """Add up the lines of bytes X over some samples."""
    counts[:] = 0
    for start in range(0, len(samples), _MOST):
        work[:] = 0
        for t in samples[start : start + _MOST]:
            x = X[t]
            for k in range(len(x)):
                work[k] += x[k]
        for k in range(len(work)):
            counts[k] += work[k]
