"""Kernels for rows of labels that are not written down."""

import numpy as np

from infsel._kernels._jit import jit
from infsel._kernels._together import count_together


@jit
def write_label_products(
    codes: np.ndarray,
    sizes: np.ndarray,
    first: np.ndarray,
    shares: np.ndarray,
    X: np.ndarray,
    others: np.ndarray,
    work: np.ndarray,
    cells: np.ndarray,
    products: np.ndarray,
) -> None:
    """Sums of (1[x = a] - p_a) (1[z = b] - q_b) over the samples that have both columns x and z.

    Label a of the column x of codes i, of which there are sizes[i], is in line first[i] + a of the shares p and of
    `products`, of shape (n_lines, n_labels, m). X holds what samples count where z is b, of shape (T, n_labels, m), and
    `others` q. `work`, of the type of X, and `cells`, both of shape (1 + most labels of x, n_labels, m), are room.
    """
    T, n_labels, m = X.shape
    flat, below, beside, both = X.reshape(T, -1), np.empty((n_labels, m)), np.empty(m), np.empty(m)
    for i in range(len(codes)):
        K = sizes[i] + 1
        count_together(codes[i], flat, work[:K].reshape(K, -1), cells[:K].reshape(K, -1))
        below[:], both[:] = 0.0, 0.0
        for a in range(1, K):
            _add(cells[a], below)
        _add_lines(below, both)
        for a in range(1, K):
            beside[:] = 0.0
            _add_lines(cells[a], beside)
            p, line = shares[first[i] + a], products[first[i] + a]
            for b in range(n_labels):
                for j in range(m):
                    line[b, j] = cells[a, b, j] - p * below[b, j] - others[b, j] * (beside[j] - p * both[j])


@jit
def _add(line: np.ndarray, total: np.ndarray) -> None:
    for b in range(total.shape[0]):
        for j in range(total.shape[1]):
            total[b, j] += line[b, j]


@jit
def _add_lines(lines: np.ndarray, total: np.ndarray) -> None:
    for b in range(len(lines)):
        for j in range(len(total)):
            total[j] += lines[b, j]


@jit
def add_of_labels(values: np.ndarray, codes: np.ndarray, first: np.ndarray, root: np.ndarray, sums: np.ndarray) -> None:
    """Add root_t times line first[j] + c of the values, for the label c of each column j, to line t of the sums."""
    for j in range(len(codes)):
        for t in range(len(sums)):
            x, s = values[first[j] + codes[j, t]], sums[t]
            for k in range(len(s)):
                s[k] += root[t] * x[k]
