"""Every object of the package as its plain definition: loops and dense matrices, nothing clever."""

import numpy as np


def standard_deviation(x):
    mean = sum(x) / len(x)
    return (sum((value - mean) ** 2 for value in x) / (len(x) - 1)) ** 0.5


def ranks(x):
    return np.array([sum(other < value for other in x) + (sum(other == value for other in x) + 1) / 2 for value in x])


def pearson(x, y):
    x, y = x - np.mean(x), y - np.mean(y)
    return np.sum(x * y) / np.sqrt(np.sum(x**2) * np.sum(y**2))


def spearman(x, y):
    return pearson(ranks(x), ranks(y))


def dispersion(X):
    s = [standard_deviation(column) for column in X.T]
    n = len(s)
    if max(s) - min(s) <= 1e-6 * max(s):
        return np.zeros((n, n))
    return np.array([[(max(s[i], s[j]) - min(s)) / (max(s) - min(s)) for j in range(n)] for i in range(n)])


def redundancy(X, correlation=spearman):
    n = X.shape[1]
    columns = X.T if correlation is pearson else [ranks(column) for column in X.T]  # ranks once, to save time
    return np.array([[0.0 if i == j else 1 - abs(pearson(columns[i], columns[j])) for j in range(n)] for i in range(n)])


def inf_fs(X, alpha=0.5, correlation=spearman):
    return alpha * dispersion(X) + (1 - alpha) * redundancy(X, correlation)


def attention(X, temperature=1.0):
    tokens = [(column - column.mean()) / column.std() for column in X.T]
    d = len(X)
    return np.array([[np.dot(q, k) / (np.sqrt(d) * temperature) for k in tokens] for q in tokens])


def softmax(A, exclude_self=False):
    result = np.zeros_like(A)
    for i, row in enumerate(A):
        weights = np.exp(row - row.max())
        if exclude_self:
            weights[i] = 0
        result[i] = weights / weights.sum()
    return result


def row(A):
    return np.array([line / line.sum() if line.sum() > 0 else line for line in A])


def spectral_radius(A):
    return max(abs(np.linalg.eigvals(A)))


def max_outer(s):
    return np.array([[max(a, b) for b in s] for a in s])


def hops(A, b, n_hops, damping):
    """sum_{k=1}^{n_hops} (damping A)^k b, one power at a time."""
    total, walk = np.zeros_like(b), b
    for _ in range(n_hops):
        walk = damping * A @ walk
        total = total + walk
    return total


def infinite_hops(A, b, damping):
    return np.linalg.solve(np.eye(len(b)) - damping * A, b) - b


def ranking(scores):
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    return np.array([order.index(i) + 1 for i in range(len(scores))])


def pair_product(r):
    M = np.array([[a * b for b in r] for a in r])
    return (M - M.min()) / (M.max() - M.min()) if np.ptp(M) else np.zeros_like(M)


def multi_head_attention(Q, K, n_heads, pool, exclude_self=False):
    parts = np.array_split(np.arange(Q.shape[1]), n_heads)
    heads = [softmax(Q[:, part] @ K[:, part].T / np.sqrt(len(part)), exclude_self) for part in parts]
    return pool(heads, axis=0)


def sampled_product(A, x, landmarks):
    """What each feature gives to itself, and the mean over the other landmarks in place of all other features."""
    n = len(A)
    y = np.zeros(n)
    for i in range(n):
        others = [j for j in landmarks if j != i]
        y[i] = A[i, i] * x[i] + (n - 1) * np.mean([A[i, j] * x[j] for j in others])
    return y
