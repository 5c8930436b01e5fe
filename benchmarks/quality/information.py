"""Greedy selection by the information that pairs of columns have about the classes; JMI and CMIM differ in one line.

Written without infsel on purpose: a peer that shared its bins and counts would share their faults.
"""

import numpy as np
from quality.columns import binned, classes


def greedy(X, y, k, combine, start):
    """Take k columns: first the most informative, then whatever has the highest `combine`d conditional information."""
    pairs = Pairs(binned(X), classes(y))
    total, left = np.full(X.shape[1], float(start)), np.ones(X.shape[1], dtype=bool)
    chosen = [int(np.argmax(pairs.alone))]
    while len(chosen) < min(k, X.shape[1]):
        left[chosen[-1]] = False
        total = combine(total, pairs.given(chosen[-1]))
        chosen.append(int(np.argmax(np.where(left, total, -np.inf))))
    return np.array(chosen)


class Pairs:
    """Mutual information of discrete columns with discrete classes, from counts that one matrix product makes."""

    def __init__(self, codes, labels):
        self.codes, self.labels = codes, labels
        self.n, self.n_columns = codes.shape
        self.n_bins, self.n_classes = codes.max() + 1, labels.max() + 1
        bins = np.arange(self.n_bins)
        self.one_hot = (codes[:, :, None] == bins).astype(np.float32).reshape(self.n, -1)
        counts = np.arange(self.n + 1)
        self.x_log_x = counts * np.log(np.maximum(counts, 1)) / self.n
        self.alone = self._information(np.zeros(self.n, dtype=int))

    def given(self, j):
        """I(x_f; y | x_j) of every column f, in nats."""
        return self._information(self.codes[:, j])

    def _information(self, condition):
        groups = (condition[:, None] == np.arange(self.n_bins)).astype(np.float32)
        labels = (self.labels[:, None] == np.arange(self.n_classes)).astype(np.float32)
        cells = (groups[:, :, None] * labels[:, None, :]).reshape(self.n, -1)
        table = (cells.T @ self.one_hot).astype(np.intp)
        table = table.reshape(self.n_bins, self.n_classes, self.n_columns, self.n_bins)
        joint = self.x_log_x[table].sum(axis=(0, 1, 3))
        columns = self.x_log_x[table.sum(axis=1)].sum(axis=(0, 2))
        counts = cells.sum(axis=0).astype(np.intp).reshape(self.n_bins, self.n_classes)
        known = self.x_log_x[counts].sum() - self.x_log_x[counts.sum(axis=1)].sum()
        return joint - columns - known
