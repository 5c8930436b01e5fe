"""Kernels that add up the samples of lists, for many columns at once: what lies where others have gaps or labels."""

import numpy as np

from infsel._kernels._jit import jit

_SAMPLES = 512  # that stay in cache while all columns of labels are gone through


@jit
def write_listed(
    X: np.ndarray,
    root: np.ndarray,
    samples: np.ndarray,
    starts: np.ndarray,
    stops: np.ndarray,
    listed: np.ndarray,
    norms: np.ndarray,
    place: int,
    found: np.ndarray,
) -> None:
    """Sums of root_t x_t and x_t^2 over samples t for all columns x of X, of shape (n_samples, width).

    Row 1 + j of found[0] and found[1] is of the samples of list j, ``samples[starts[j] : stops[j]]``, if listed[j], or
    of all others: over all samples these sums are 0 and the norms. X begins at `place`.
    """
    width = X.shape[1]
    for j in range(len(starts)):
        s, q = found[0, 1 + j, place : place + width], found[1, 1 + j, place : place + width]
        s[:], q[:] = 0.0, 0.0
        for t in samples[starts[j] : stops[j]]:
            x, w = X[t], root[t]
            for i in range(width):
                s[i] += w * x[i]
                q[i] += x[i] * x[i]
        for i in range(width if not listed[j] else 0):
            s[i], q[i] = -s[i], norms[place + i] - q[i]


@jit
def add_by_label(
    X: np.ndarray, root: np.ndarray, codes: np.ndarray, first: np.ndarray, sums: np.ndarray, place: int = 0
) -> None:
    """Add root_t x_t over the samples of each label c of column j to row first[j] + c, where X begins at `place`."""
    width = X.shape[1]
    for start in range(0, len(X), _SAMPLES):
        for j in range(len(codes)):
            for t in range(start, min(start + _SAMPLES, len(X))):
                x, w, s = X[t], root[t], sums[first[j] + codes[j, t], place : place + width]
                for i in range(width):
                    s[i] += w * x[i]


@jit
def add_values_by_label(values: np.ndarray, codes: np.ndarray, first: np.ndarray, sums: np.ndarray) -> None:
    """The same of one number a sample, and without roots."""
    for j in range(len(codes)):
        own, start = codes[j], first[j]
        for t in range(len(values)):
            sums[start + own[t]] += values[t]


@jit
def collect_by_label(values: np.ndarray, codes: np.ndarray, first: np.ndarray, found: np.ndarray) -> None:
    """Add to each sample what stands at place first[j] + c, for its label c of every column j."""
    for j in range(len(codes)):
        own, start = codes[j], first[j]
        for t in range(len(found)):
            found[t] += values[start + own[t]]


@jit
def count_labels(
    weights: np.ndarray,
    samples: np.ndarray,
    starts: np.ndarray,
    stops: np.ndarray,
    codes: np.ndarray,
    first: np.ndarray,
    counts: np.ndarray,
) -> None:
    """Add what the samples of each list weigh to place first[j] + c of its row, for their label c in each column j."""
    for j in range(len(codes)):
        labels, start = codes[j], first[j]
        for i in range(len(starts)):
            own = counts[i]
            for t in samples[starts[i] : stops[i]]:
                own[start + labels[t]] += weights[t]


@jit
def explain(sums: np.ndarray, counts: np.ndarray, first: np.ndarray, found: np.ndarray) -> None:
    """Of the sums of numbers over each label c of column j, in line first[j] + c, and of what the samples weigh.

    `found`, of shape (4, n, width), gets what the samples of all labels 1, 2, ... weigh, the sum of their numbers, the
    sum of squared sums of a label over what its samples weigh, and how many labels there are.
    """
    found[:] = 0.0
    for j in range(len(first)):
        n, s, between, k = found[0, j], found[1, j], found[2, j], found[3, j]
        for c in range(first[j] + 1, first[j + 1] if j + 1 < len(first) else len(sums)):
            of_label, count = sums[c], counts[c]
            for i in range(len(n)):
                n[i] += count[i]
                s[i] += of_label[i]
                between[i] += of_label[i] * of_label[i] / count[i] if count[i] > 0 else 0.0
                k[i] += count[i] > 0


@jit
def write_gap_sums(gaps: np.ndarray, V: np.ndarray, sums: np.ndarray) -> None:
    """Sums of the columns of V, of shape (width, n_samples), over the samples where each row of `gaps` is true."""
    for i in range(len(gaps)):
        for k in range(len(V)):
            found = 0.0
            for t in range(V.shape[1]):
                found += V[k, t] if gaps[i, t] else 0.0
            sums[i, k] = found


@jit
def write_gaps_beside(
    units: np.ndarray, gaps: np.ndarray, root: np.ndarray, factors: np.ndarray, rows: np.ndarray
) -> None:
    """Rows of units times the first of their factors, and root_t times the second in a gap, the third elsewhere."""
    for i in range(len(rows)):
        scale, in_gap, elsewhere = factors[i]
        for t in range(rows.shape[1]):
            rows[i, t] = scale * units[i, t] + root[t] * (in_gap if gaps[i, t] else elsewhere)
