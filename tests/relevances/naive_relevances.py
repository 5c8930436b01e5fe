"""Every relevance as its plain definition, one column and one sample at a time."""

from itertools import combinations
from math import ceil, floor, log

import naive
import numpy as np


def split(x, y):
    """The values of each class, classes in ascending order."""
    return [[value for value, label in zip(x, y, strict=True) if label == one] for one in sorted(set(y))]


def mean(x):
    return sum(x) / len(x)


def variance(x):
    return sum((value - mean(x)) ** 2 for value in x) / (len(x) - 1) if len(set(x)) > 1 else 0.0


def mean_over_pairs(rule, x, y):
    return mean([rule(a, b) for a, b in combinations(split(x, y), 2)])


def fisher(x, y):
    return mean_over_pairs(lambda a, b: (mean(a) - mean(b)) ** 2 / (variance(a) + variance(b) or 10000), x, y)


def anova(x, y):
    groups = split(x, y)
    between = sum(len(group) * (mean(group) - mean(x)) ** 2 for group in groups) / (len(groups) - 1)
    within = sum((value - mean(group)) ** 2 for group in groups for value in group) / (len(x) - len(groups))
    return between / within if len(set(x)) > 1 else 0.0


def auc(x, y):
    def order(a, b):
        return abs(mean([(first > second) - (first < second) for first in a for second in b]))

    return mean_over_pairs(order, x, y)


def correlation(x, y, method):
    return abs(getattr(naive, method)(np.array(x), np.array(y))) if len(set(x)) > 1 else 0.0


def entropy(values):
    shares = [sum(value == one for value in values) / len(values) for one in set(values)]
    return -sum(share * log(share) for share in shares)


def information(a, b):
    return entropy(list(a)) + entropy(list(b)) - entropy(list(zip(a, b, strict=True)))


def bins_of(x, n_bins):
    low, high = min(x), max(x)
    return [0 if low == high else min(floor((value - low) / (high - low) * n_bins), n_bins - 1) for value in x]


def quantile_groups(y, n_groups):
    return [floor((rank - 0.5) * n_groups / len(y)) for rank in naive.ranks(y)]


def mutual_information(x, y, n_bins, normalized):
    cells = bins_of(x, n_bins)
    if len(set(cells)) == 1:
        return 0.0
    return 2 * information(cells, y) / (entropy(cells) + entropy(list(y))) if normalized else information(cells, y)


def integer_information(x, y):
    return information([floor(value) for value in x], y) / log(2)


def shared_information(X):
    n = X.shape[1]
    shared = [sum(integer_information(X[:, i], np.floor(X[:, j])) for j in range(n) if j != i) for i in range(n)]
    return [max(shared) - value for value in shared]


def muteinf(x, y):
    n = len(x)
    n_bins = 20 if n > 200 else max(n // 10, 10)
    low, high = min(x), max(x)
    centers = [((high - low) * (2 * k + 1) + 2 * n_bins * low) / (2 * n_bins) for k in range(n_bins)]
    edges = [(centers[k] + centers[k + 1]) / 2 for k in range(n_bins - 1)]
    own, joint = [0] * n_bins, {}
    for value, label in zip(x, y, strict=True):
        own[_lower_bin(value, edges, centers)] += 1
        key = (label, _upper_bin(value, low, (high - low) / n_bins, n_bins))
        joint[key] = joint.get(key, 0) + 1
    own = [count / n or 1e-5 for count in own]
    shares = {label: sum(other == label for other in y) / n for label in set(y)}
    total = 0.0
    for label, share in shares.items():
        for k in range(n_bins):
            p = joint.get((label, k), 1e-5) / n
            total += p * log(p / (own[k] * share))
    return 2 * total / -(sum(p * log(p) for p in own) + sum(p * log(p) for p in shares.values()))


def _lower_bin(value, edges, centers):
    n_bins = len(centers)
    if centers[0] == centers[-1]:
        return (n_bins - 1) // 2
    if n_bins == 10:
        return sum(edge < value for edge in edges)
    return min(max(ceil((value - edges[0]) / ((centers[-1] - centers[0]) / (n_bins - 1))), 0), n_bins - 1)


def _upper_bin(value, low, width, n_bins):
    edge, found = low, 0
    for k in range(1, n_bins):
        edge += width
        found = k if value >= edge else found
    return found


def latent_factor(X, y, variant, n_tokens):
    """Counts of tokens per feature, then expectation maximization."""
    counts = [token_counts(x, y, variant, n_tokens) for x in X.T]
    first = {"2017": 0, "2018": n_tokens - floor(0.35 * n_tokens + 0.5) - 1, "auto": n_tokens - 3}[variant]
    last = floor(0.2 * n_tokens + 0.5) if variant == "2017" else n_tokens
    shares = [[sum(c[first:last]) / (sum(c) or 1), 1 - sum(c[first:last]) / (sum(c) or 1)] for c in counts]
    ramp = [1 + 4999 * t / (n_tokens - 1) for t in range(n_tokens)]
    tokens = [[value / sum(ramp) for value in ramp[::-1]], [value / sum(ramp) for value in ramp]]
    likelihood = -999.0
    for _ in range(1000 if variant == "auto" else 15):
        pairs = list(zip(shares, counts, strict=True))
        posterior = [[_posterior(tokens, share, c, t) for t in range(n_tokens)] for share, c in pairs]
        shares = [
            [sum(c[t] * post[t][z] for t in range(n_tokens)) / (sum(c) or 1e-5) for z in (0, 1)]
            for post, c in zip(posterior, counts, strict=True)
        ]
        if variant == "2018":
            mass = [[sum(post[t][z] for post in posterior) for t in range(n_tokens)] for z in (0, 1)]
            tokens = [[value / sum(row) for value in row] for row in mass]
        before, likelihood = likelihood, _log_likelihood(tokens, shares, counts)
        if abs(likelihood - before) < 1e-6:
            break
    return np.array([share[0] for share in shares])


def _mixture(tokens, share, t):
    return tokens[0][t] * share[0] + tokens[1][t] * share[1]


def _posterior(tokens, share, c, t):
    return [tokens[z][t] * share[z] / _mixture(tokens, share, t) if c[t] else 0.0 for z in (0, 1)]


def _log_likelihood(tokens, shares, counts):
    total = 0.0
    for share, c in zip(shares, counts, strict=True):
        total += sum(c[t] * log(_mixture(tokens, share, t)) for t in range(len(c)) if c[t])
    return total


def token_counts(x, y, variant, n_tokens):
    if len(set(x)) == 1:
        return [0] * n_tokens
    groups, labels = split(x, y), sorted(set(y))
    spreads = [variance(group) for group in groups]
    if variant != "auto":
        spreads = [1.0 if spread < 1e6 * 2**-52 else spread for spread in spreads]
    scale = sum(spread if variant == "2018" else spread**2 for spread in spreads)
    positions = []
    for value, label in zip(x, y, strict=True):
        distances = [(value - mean(group)) ** 2 / scale for group in groups]
        positions.append(distances[labels.index(label)] / sum(distances))
    low, high = (0.0, 1.0) if variant == "auto" else (min(positions), max(positions))
    step = (high - low) / (n_tokens - 1)
    edges = [low + t * step for t in range(n_tokens - 1)] + [high]
    inner = [sum(edges[t] <= q < edges[t + 1] for q in positions) for t in range(n_tokens - 1)]
    return [*inner, sum(q == high for q in positions)]
