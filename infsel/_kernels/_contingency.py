"""Kernels that count how often labels of two columns meet."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def write_contingency(
    P: np.ndarray, Q: np.ndarray, order: np.ndarray, weights: np.ndarray, work: np.ndarray, found: np.ndarray
) -> None:
    """For each row of P and each of Q, of labels 1, 2, ... and 0 for a gap, what the table of their counts says.

    `found`, of shape (4, n, m), gets sum c_ab^2 / (c_a c_b) over the counts c where both have a label, the sum of c,
    and how many labels of either are there. `order` sorts each row of P. `work`, zero before and after, holds a table
    of counts where it is large enough, else the counts of one label of P: three times as many as there are labels.
    """
    for i in range(len(P)):
        height = P[i].max() + 1
        for j in range(len(Q)):
            width = Q[j].max() + 1
            if height * width <= len(work):
                for t in range(len(weights)):
                    work[P[i, t] * width + Q[j, t]] += weights[t]
                told = _read_and_clear(work[: height * width].reshape(height, width))
            else:
                told = _read_by_label(P[i], Q[j], order[i], weights, work[: 2 * width + height], width)
            found[0, i, j], found[1, i, j], found[2, i, j], found[3, i, j] = told


@jit
def _read_and_clear(cells: np.ndarray) -> tuple[float, float, int, int]:
    height, width = cells.shape
    total, n_rows = 0.0, 0
    for a in range(1, height):
        cells[a, 0] = cells[a, 1:].sum()  # in the place of those without a label of the other
        total += cells[a, 0]
        n_rows += cells[a, 0] > 0
    share, n_columns = 0.0, 0
    for b in range(1, width):
        own, squares = 0.0, 0.0
        for a in range(1, height):
            count = cells[a, b]
            if count > 0:
                own += count
                squares += count * count / cells[a, 0]
        if own > 0:
            share += squares / own
            n_columns += 1
    cells[:] = 0.0
    return share, total, n_rows, n_columns


@jit
def _read_by_label(
    p: np.ndarray, q: np.ndarray, order: np.ndarray, weights: np.ndarray, work: np.ndarray, width: int
) -> tuple[float, float, int, int]:
    cell, of_q, of_p = work[:width], work[width : 2 * width], work[2 * width :]
    for t in range(len(p)):
        if p[t] > 0 and q[t] > 0:
            of_p[p[t]] += weights[t]
            of_q[q[t]] += weights[t]
    share, start = 0.0, 0
    while start < len(p):
        a, stop = p[order[start]], start
        while stop < len(p) and p[order[stop]] == a:
            cell[q[order[stop]]] += weights[order[stop]]
            stop += 1
        for s in range(start, stop):
            b = q[order[s]]
            if a > 0 and b > 0:
                share += cell[b] * cell[b] / (of_p[a] * of_q[b])
            cell[b] = 0.0
        start = stop
    total, n_rows, n_columns = of_p.sum(), int(np.count_nonzero(of_p)), int(np.count_nonzero(of_q))
    work[:] = 0.0
    return share, total, n_rows, n_columns
