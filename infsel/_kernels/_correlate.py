"""Kernels that make associations of sums over the samples that two columns have in common."""

import numpy as np

from infsel._kernels._jit import jit

_LINES = 8  # that stay in cache


@jit
def correlate(
    p: np.ndarray,
    of_rows: np.ndarray,
    of_columns: np.ndarray,
    common: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    fewest: float,
    lost: float,
    found: np.ndarray,
    known: np.ndarray,
) -> None:
    """Correlations of columns with products p among the samples that have both.

    What the samples weigh that have a column is first in `common`, of shape (1 + n_gappy, 1 + m_gappy), where the
    column of a row or a column of p has no gaps, and else where `of_rows` and `of_columns` say; the rest are those that
    have two. `ours`, of shape (2, 1 + m_gappy, n), holds sums of the numbers of rows and of their squares over the
    samples that have another column, `theirs`, of shape (2, 1 + n_gappy, m), the same of columns. Squared deviations up
    to `lost` are none. Of fewer than `fewest` samples nothing is known, unless `known` says so before.

    `found`, of shape (4, n, m), gets squares, signs, what the samples weigh, and the squares that chance makes.
    """
    for start in range(0, p.shape[1], _LINES):
        for i in range(len(p)):
            a = of_rows[i]
            for j in range(start, min(start + _LINES, p.shape[1])):
                b = of_columns[j]
                n, s, t = max(common[a, b], 1e-300), ours[0, b, i], theirs[0, a, j]
                left, other = ours[1, b, i] - s * s / n, theirs[1, a, j] - t * t / n
                left, other = left if left > lost else 0.0, other if other > lost else 0.0
                r = (p[i, j] - s * t / n) / np.sqrt(left * other) if left * other > 0 else 0.0
                found[0, i, j] = min(r * r, 1.0)
                found[1, i, j] = -1.0 if r < 0 else 1.0
                found[2, i, j] = n
                found[3, i, j] = 1 / max(n - 1, 1.0)
                known[i, j] |= n >= fewest and left > 0 and other > 0


@jit
def correlate_blocks(
    p: np.ndarray,
    of_rows: np.ndarray,
    of_columns: np.ndarray,
    common: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    moments: np.ndarray,
    their_moments: np.ndarray,
    lost: float,
    found: np.ndarray,
) -> None:
    """Squares and signs of the RV coefficients of columns whose gaps are a dimension, and the squares by chance.

    Where the gaps are has the squared norm 4 g (1 - g) for a share g of gaps. `moments`, of shape (2, n), hold the sums
    of the squared norms of the dimensions of rows and of their squares. Where values and gaps say as much, up to
    `lost`, the sign is that of gaps; the rest is as for `correlate`.
    """
    total = common[0, 0]
    for start in range(0, p.shape[1], _LINES):
        for i in range(len(p)):
            a = of_rows[i]
            for j in range(start, min(start + _LINES, p.shape[1])):
                b, r = of_columns[j], p[i, j]
                apart = common[a, b] / total - common[a, 0] * common[0, b] / (total * total) if a * b > 0 else 0.0
                s, t = ours[0, b, i], theirs[0, a, j]
                rest = 4 * (s * s + t * t) / total + 16 * apart * apart
                norm = np.sqrt(moments[1, i] * their_moments[1, j])
                found[0, i, j] = (r * r + rest) / norm if norm > 0 else 0.0
                found[1, i, j] = -1.0 if r * abs(r) + rest < -lost else 1.0
                chance = moments[0, i] * their_moments[0, j] / norm if norm > 0 else 0.0
                found[2, i, j] = chance / max(total - 1, 1.0)
