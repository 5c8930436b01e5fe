"""Kernels that count how often labels of two columns meet."""

import numpy as np

from infsel._kernels._jit import jit


@jit
def write_contingency(
    P: np.ndarray,
    Q: np.ndarray,
    order: np.ndarray,
    weights: np.ndarray,
    informed: bool,
    work: np.ndarray,
    found: np.ndarray,
) -> None:
    """For each row of P and each of Q, of labels 1, 2, ... and 0 for a gap, what the table of their counts says.

    `found`, of shape (6, n, m), gets sum c_ab^2 / (c_a c_b) over the counts c where both have a label, or if `informed`
    the information of one about the other in nats; their sum, how many labels of either there are, and if `informed`
    both entropies. `order` sorts each row of P. `work`, zero before and after, holds a table of counts where it is
    large enough, else the counts of one label of P and both margins.
    """
    for i in range(len(P)):
        height = P[i].max() + 1
        for j in range(len(Q)):
            width = Q[j].max() + 1
            if height * width <= len(work):
                for t in range(len(weights)):
                    work[P[i, t] * width + Q[j, t]] += weights[t]
                _read_and_clear(work[: height * width].reshape(height, width), informed, found[:, i, j])
            else:
                _read_by_label(P[i], Q[j], order[i], weights, informed, work[: 2 * width + height], found[:, i, j])


@jit
def _term(count: float, of_row: float, of_column: float, total: float, informed: bool) -> float:
    if informed:
        return count / total * np.log(count * total / (of_row * of_column))
    return count * count / (of_row * of_column)


@jit
def _margin(counts: np.ndarray, total: float, informed: bool) -> tuple[int, float]:
    """How many labels are there, and their entropy if it is asked for."""
    number, entropy = 0, 0.0
    for count in counts:
        if count > 0:
            number += 1
            if informed:
                entropy -= count / total * np.log(count / total)
    return number, entropy


@jit
def _read_and_clear(cells: np.ndarray, informed: bool, told: np.ndarray) -> None:
    height, width = cells.shape
    cells[0] = 0.0  # margins take the place of those that have no label of the other
    for a in range(1, height):
        cells[a, 0] = 0.0
        for b in range(1, width):
            cells[a, 0] += cells[a, b]
            cells[0, b] += cells[a, b]
    total, share = cells[0].sum(), 0.0
    for a in range(1, height):
        for b in range(1, width):
            if cells[a, b] > 0:
                share += _term(cells[a, b], cells[a, 0], cells[0, b], total, informed)
    told[0], told[1] = share, total
    told[2], told[4] = _margin(cells[1:, 0], total, informed)
    told[3], told[5] = _margin(cells[0], total, informed)
    cells[:] = 0.0


@jit
def _read_by_label(
    p: np.ndarray,
    q: np.ndarray,
    order: np.ndarray,
    weights: np.ndarray,
    informed: bool,
    work: np.ndarray,
    told: np.ndarray,
) -> None:
    width = q.max() + 1
    cell, of_q, of_p = work[:width], work[width : 2 * width], work[2 * width :]
    for t in range(len(p)):
        if p[t] > 0 and q[t] > 0:
            of_p[p[t]] += weights[t]
            of_q[q[t]] += weights[t]
    total, share, start = of_p.sum(), 0.0, 0
    while start < len(p):
        a, stop = p[order[start]], start
        while stop < len(p) and p[order[stop]] == a:
            cell[q[order[stop]]] += weights[order[stop]]
            stop += 1
        for s in range(start, stop):
            b = q[order[s]]
            if a > 0 and b > 0 and cell[b] > 0:
                share += _term(cell[b], of_p[a], of_q[b], total, informed)
            cell[b] = 0.0
        start = stop
    told[0], told[1] = share, total
    told[2], told[4] = _margin(of_p, total, informed)
    told[3], told[5] = _margin(of_q, total, informed)
    work[:] = 0.0
