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

    Label a of the column x of codes i, of which there are sizes[i], is in line first[i] + a - 1 of the shares p and of
    `products`, of shape (n_lines, n_labels, m). X holds what samples count where z is b, of shape (T, n_labels, m), and
    `others` q. `work`, of the type of X, and `cells`, both of shape (1 + most labels of x, n_labels, m), are room.
    """
    flat = X.reshape(len(X), -1)
    for i in range(len(codes)):
        K, own = sizes[i] + 1, slice(first[i], first[i] + sizes[i])
        count_together(codes[i], flat, work[:K].reshape(K, -1), cells[:K].reshape(K, -1))
        _center(cells[:K], shares[own], others)
        products[own] = cells[1:K]


@jit
def add_label_norms(
    codes: np.ndarray,
    sizes: np.ndarray,
    first: np.ndarray,
    shares: np.ndarray,
    scales: np.ndarray,
    X: np.ndarray,
    others: np.ndarray,
    their_scales: np.ndarray,
    work: np.ndarray,
    cells: np.ndarray,
    norms: np.ndarray,
) -> None:
    """Add the squares of these sums, times the scale of either label, over all labels of two columns.

    `scales` are in the lines of the shares, `their_scales` where `others` are, and `norms` of shape (n, m).
    """
    flat = X.reshape(len(X), -1)
    for i in range(len(codes)):
        K, own = sizes[i] + 1, slice(first[i], first[i] + sizes[i])
        count_together(codes[i], flat, work[:K].reshape(K, -1), cells[:K].reshape(K, -1))
        _center(cells[:K], shares[own], others)
        for a in range(1, K):
            scale = scales[first[i] + a - 1]
            for b in range(cells.shape[1]):
                for j in range(cells.shape[2]):
                    norms[i, j] += scale * their_scales[b, j] * cells[a, b, j] * cells[a, b, j]


@jit
def _center(cells: np.ndarray, p: np.ndarray, q: np.ndarray) -> None:
    """Sums of products of centered indicators in place of those of indicators; line 0 holds gaps."""
    n_labels, m = q.shape
    below, beside, both = np.zeros((n_labels, m)), np.empty(m), np.zeros(m)
    for a in range(1, len(cells)):
        _add(cells[a], below)
    _add_lines(below, both)
    for a in range(1, len(cells)):
        beside[:] = 0.0
        _add_lines(cells[a], beside)
        for b in range(n_labels):
            for j in range(m):
                cells[a, b, j] -= p[a - 1] * below[b, j] + q[b, j] * (beside[j] - p[a - 1] * both[j])


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
