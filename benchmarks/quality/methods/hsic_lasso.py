"""Block HSIC-Lasso with the blocks of pyHSICLasso; the path is that of scikit-learn, in one pass over all columns.

The package's own path multiplies all columns in every step by every column taken, which takes minutes on wide tables.
H. Climente-Gonzalez et al., Block HSIC Lasso: model-free biomarker detection for ultra-high dimensional data, 2019.
"""

import numpy as np

NAME = "HSIC-Lasso"
COMPUTES = "entry into the nonnegative Lasso path of kernels in blocks of 20 rows (3 shuffles), the rest by HSIC"
KIND = "peer"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "scikit-learn"

BLOCK, SHUFFLES = 20, 3


def order(X, y, k, seed):
    from sklearn.linear_model import lars_path

    rng = np.random.default_rng(seed)
    blocks = np.concatenate([_blocks(rng.permutation(len(X))) for _ in range(SHUFFLES)])
    K, L = _columns(X, blocks), _target(y, blocks)
    relevance = L @ K
    path = lars_path(K, L, method="lasso", positive=True, max_iter=k)[2]
    entered = np.where(path.any(axis=1), (path > 0).argmax(axis=1), path.shape[1])
    return np.lexsort((-relevance, entered))


def _blocks(rows):
    """Whole blocks of 20 rows; tables of fewer are one block."""
    size = min(BLOCK, len(rows))
    return rows[: len(rows) // size * size].reshape(-1, size)


def _columns(X, blocks):
    """Normal kernels of unit width on columns of variance 1, centered and of norm 1 in every block; a column each."""
    Z = (X / X.std(axis=0)).astype(np.float32)
    kernels = (np.exp(-((Z[rows, None] - Z[rows]) ** 2) / 2) for rows in blocks)
    return np.concatenate([_normalized(kernel).reshape(-1, X.shape[1]) for kernel in kernels])


def _target(y, blocks):
    """The same of the target: the normal kernel of numbers, of labels 1 over the size of the class."""
    return np.concatenate([_normalized(_same(y[rows])[:, :, None]).ravel() for rows in blocks]).astype(np.float32)


def _same(y):
    from quality.columns import is_regression

    if is_regression(y):
        return np.exp(-(((y[:, None] - y) / max(y.std(), 1e-12)) ** 2) / 2)
    equal = y[:, None] == y
    return equal / equal.sum(axis=1, keepdims=True)


def _normalized(K):
    centered = K - K.mean(axis=0, keepdims=True) - K.mean(axis=1, keepdims=True) + K.mean(axis=(0, 1))
    return centered / np.maximum(np.sqrt((centered**2).sum(axis=(0, 1))), 1e-9)
