"""Every object of the package as its plain definition: loops and dense matrices, nothing clever."""

import itertools
import math

import numpy as np
import scipy.stats


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


def squared_correlation(X, debiased=True, correlation=pearson):
    n = X.shape[1]
    bias = 1 / (len(X) - 1) if debiased else 0.0
    columns = X.T if correlation is pearson else [ranks(column) for column in X.T]
    A = np.array([[0.0 if i == j else pearson(columns[i], columns[j]) ** 2 - bias for j in range(n)] for i in range(n)])
    return np.maximum(A, 0) if debiased == "cut" else A


def profile(A, anchors=None):
    """Cosines between rows of A, or of their part that leads to anchors; 0 beside rows of zeros."""
    rows = A if anchors is None else A[:, anchors]
    norms = [np.sqrt(sum(row**2)) or np.inf for row in rows]
    units = [row / norm for row, norm in zip(rows, norms, strict=True)]
    return np.array([[np.dot(a, b) for b in units] for a in units])


def ledoit_wolf(X):
    """The shrinkage of standardized columns, and their shrunk correlation matrix."""
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    n, p = Z.shape
    C = Z.T @ Z / n
    apart = sum(np.square(np.outer(row, row) - C).sum() for row in Z) / n**2
    shrinkage = min(1.0, apart / np.square(C - np.eye(p)).sum())
    return shrinkage, (1 - shrinkage) * C + shrinkage * np.eye(p)


def oas(X):
    """The same by oracle approximating shrinkage."""
    C, (n, p) = np.corrcoef(X, rowvar=False), X.shape
    square = np.mean([entry**2 for entry in C.flat])
    shrinkage = min(1.0, (square + 1) / ((n + 1) * (square - 1 / p)))
    return shrinkage, (1 - shrinkage) * C + shrinkage * np.eye(p)


def partial_correlations(covariance):
    theta, n = np.linalg.inv(covariance), len(covariance)
    return np.array(
        [[0.0 if i == j else -theta[i, j] / (theta[i, i] * theta[j, j]) ** 0.5 for j in range(n)] for i in range(n)]
    )


def principal_components(X):
    """Shares of variance, participations and the components of standardized columns, the largest first."""
    Z = np.array([(column - column.mean()) / column.std() for column in X.T])
    V, s, U = np.linalg.svd(Z, full_matrices=False)
    p = len(Z)
    participations = [sum(v**2) ** 2 / (p * sum(v**4)) for v in V.T]
    return s**2 / sum(s**2), np.array(participations), U


def without_components(X, k):
    """Standardized columns less what their first k principal components explain."""
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    for u in principal_components(X)[2][:k]:
        Z = Z - np.outer(u, u @ Z)
    return Z


def anisotropy(rows):
    units = [row / np.sqrt(np.dot(row, row)) for row in rows]
    cosines = [np.dot(a, b) for a, b in itertools.permutations(units, 2)]
    return sum(cosines) / len(cosines)


def gaussian_kernel(points, scale, guide=None, guide_scale=1.0):
    n = len(points)
    A = np.empty((n, n))
    for i, j in itertools.product(range(n), range(n)):
        A[i, j] = math.exp(-sum((a - b) ** 2 for a, b in zip(points[i], points[j], strict=True)) / (2 * scale**2))
        if guide is not None:
            A[i, j] *= math.exp(-((guide[i] - guide[j]) ** 2) / (2 * guide_scale**2))
    return A


def patches(places, guide, reach):
    """What stands around each place: its neighbors' values in order, mirrored at both ends."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    last, around = len(order) - 1, range(-reach, reach + 1)
    mirrored = [[last - abs(last - abs(order.index(i) + k)) for k in around] for i in range(len(places))]
    return np.array([[guide[order[k]] for k in row] for row in mirrored])


def spectral_kernel(times, periods, weights):
    terms = [(w, 2 * math.pi / period) for period, w in zip(periods, weights, strict=True)]
    return np.array([[sum(w * math.cos(omega * (t - s)) for w, omega in terms) for s in times] for t in times])


def spectrum_loss(times, periods, weights, given, held_out):
    """Squares of what a kernel leaves of the products of different columns, summed over pairs, averaged over splits."""
    K, total = spectral_kernel(times, periods, weights), 0.0
    for r, q in zip(given.T, held_out.T, strict=True):
        r, q = r - np.mean(r), q - np.mean(q)
        for i, j in itertools.permutations(range(len(times)), 2):
            total += (r[i] * q[j] - K[i, j]) ** 2
    return total / given.shape[1]


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


def units(n, groups, excluded):
    """Lists of columns that are selected together, by their first column."""
    groups = [[j for j in group if j not in excluded] for group in groups]
    single = [[j] for j in range(n) if j not in excluded and not any(j in group for group in groups)]
    return sorted((group for group in groups + single if group), key=min)


def select(scores, inside, groups=(), keep=(), exclude=(), costs=None, k=None, threshold=-np.inf):
    """The columns selected, and all columns from best to worst: what is kept, then the best units up to k."""
    n = len(scores)
    costs = [0] * n if costs is None else costs
    inside = [j for j in range(n) if inside[j] and j not in exclude]

    def score(unit):
        members = [scores[j] for j in unit if j in inside]
        return sum(members) / len(members) if members else None

    def place(unit):
        value = score(unit)
        return (value is None, -(value or 0), sum(costs[j] for j in unit), min(unit))

    ordered = sorted(units(n, groups, exclude) + [[j] for j in exclude], key=place)
    order = [j for unit in ordered for j in sorted(unit, key=lambda j: (j not in inside, -scores[j], costs[j], j))]
    chosen = [unit for unit in ordered if any(j in keep for j in unit)]
    for unit in ordered:
        reaches = score(unit) is not None and score(unit) >= threshold
        free = unit not in chosen and unit[0] not in exclude and (reaches or threshold == -np.inf)
        if free and len(chosen) < k:
            chosen.append(unit)
    return sorted(j for unit in chosen for j in unit), order


def rank_biased_overlap(a, b, p):
    """Expected overlap at the depth where a reader stops; from the last depth on it stays."""
    n = len(a)

    def overlap(depth):
        first, second = ({j for j in range(n) if ranking[j] <= depth} for ranking in (a, b))
        return len(first & second) / depth

    return sum((1 - p) * p ** (d - 1) * overlap(min(d, n)) for d in range(1, 3000))


def stability(Z):
    M, d = len(Z), len(Z[0])
    sizes = [sum(row) for row in Z]
    mean_size = sum(sizes) / M
    variances = [standard_deviation([row[f] for row in Z]) ** 2 for f in range(d)]
    return 1 - (sum(variances) / d) / (mean_size / d * (1 - mean_size / d))


def stability_variance(Z):
    """Theorem 7: from the influence of each repeat."""
    M, d = len(Z), len(Z[0])
    p = [sum(row[f] for row in Z) / M for f in range(d)]
    q, phi = sum(p), stability(Z)
    chance = q / d * (1 - q / d)
    influence = []
    for row in Z:
        k = sum(row)
        overlap = sum(row[f] * p[f] for f in range(d)) / d
        influence.append((overlap - k * q / d**2 + phi / 2 * (2 * k * q / d**2 - k / d - q / d + 1)) / chance)
    mean = sum(influence) / M
    return 4 / M**2 * sum((value - mean) ** 2 for value in influence)


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


def first_of_best(candidates, worth):
    values = [worth(candidate) for candidate in candidates]
    return next(c for c, v in zip(candidates, values, strict=True) if v >= max(values) - 1e-9 * abs(max(values)))


def greedy(gain, n_features, groups=(), keep=()):
    """Pick the unit of the largest mean gain given the picks, the first of several, and its features one by one."""
    picks, left = [], units(n_features, groups, [])
    while left:
        kept = [unit for unit in left if any(f in keep for f in unit)]
        unit = first_of_best(kept or left, lambda unit: sum(gain(f, picks) for f in unit) / len(unit))
        left.remove(unit)
        while members := [f for f in unit if f not in picks]:
            picks.append(first_of_best(members, lambda f: gain(f, picks)))
    return picks


def indicators(y):
    return [np.array([float(label == k) for label in y]) for k in sorted(set(y))]


def coverage(X, columns, f, picks):
    """What f adds to the picks; `columns` are class indicators or numeric targets."""

    def brought(g, before):
        new = 1 - max([pearson(X[:, g], X[:, j]) ** 2 for j in before], default=0)
        return np.array([pearson(X[:, g], column) ** 2 * new for column in columns])

    covered = sum((brought(g, picks[:i]) for i, g in enumerate(picks)), np.zeros(len(columns)))
    return np.sum(np.sqrt(covered + brought(f, picks)) - np.sqrt(covered))


def explained_by(X, picks):
    """Sum of squares of the standardized columns that least squares on the picks explains."""
    Z = (X - X.mean(axis=0)) / np.sqrt(((X - X.mean(axis=0)) ** 2).sum(axis=0))
    if not picks:
        return 0.0
    coefficients = np.linalg.lstsq(Z[:, picks], Z, rcond=None)[0]
    return np.sum(Z**2) - np.sum((Z - Z[:, picks] @ coefficients) ** 2)


def deflated_popularity(X, f, picks):
    """The quotient itself, from residuals by Gram-Schmidt."""
    R = (X - X.mean(axis=0)) / np.sqrt(((X - X.mean(axis=0)) ** 2).sum(axis=0))
    for j in picks:
        q = R[:, j] / np.linalg.norm(R[:, j])
        R = R - np.outer(q, q @ R)
    r = R[:, f]
    return r @ R @ R.T @ r / (r @ r)


def bins(x, n_bins):
    if len(set(x)) <= n_bins:
        return [sorted(set(x)).index(value) for value in x]
    return [int((r - 0.5) * n_bins / len(x)) for r in ranks(x)]


def entropy(*variables):
    cells = list(zip(*variables, strict=True))
    return -sum(cells.count(c) / len(cells) * np.log(cells.count(c) / len(cells)) for c in sorted(set(cells)))


def information(x, *given):
    return entropy(x) + entropy(*given) - entropy(x, *given)


def jmi(codes, y, f, picks):
    joint = [information(list(zip(codes[f], codes[j], strict=True)), y) for j in picks]
    return sum(joint) if picks else information(codes[f], y)


def cmim(codes, y, f, picks):
    pairs = [list(zip(codes[f], codes[j], strict=True)) for j in picks]
    conditional = [information(p, y) - information(codes[j], y) for p, j in zip(pairs, picks, strict=True)]
    return min([information(codes[f], y), *conditional])


def mrmr(relevance, redundancy, f, picks, quotient):
    if not picks:
        return relevance[f]
    mean = np.mean([redundancy(f, j) for j in picks])
    return relevance[f] / max(mean, 1e-3) if quotient else relevance[f] - mean


def eta_squared(x, groups):
    """The share of the variance of x that the means of the groups explain."""
    means = {k: mean([v for own, v in zip(groups, x, strict=True) if own == k]) for k in set(groups)}
    within = sum((v - means[own]) ** 2 for own, v in zip(groups, x, strict=True))
    return 1 - within / sum((v - mean(x)) ** 2 for v in x)


def relieff(X, y, n_neighbors):
    S = (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))
    share = {k: np.mean(y == k) for k in set(y)}
    total = np.zeros(X.shape[1])
    for i in range(len(X)):
        for k in share:
            others = [j for j in range(len(X)) if y[j] == k and j != i]
            counts = places({j: np.abs(S[i] - S[j]).sum() for j in others}, n_neighbors)
            mean = sum((counts[j] * np.abs(S[i] - S[j]) for j in others), np.zeros(X.shape[1]))
            mean /= max(sum(counts.values()), 1e-300)
            total += -mean if k == y[i] else share[k] / (1 - share[y[i]]) * mean
    return total / len(X)


def rrelieff(X, y, n_neighbors):
    """The sums of the paper: of differences in the target, in each column, and in both, over near samples."""
    S, z = (X - X.min(axis=0)) / np.ptp(X, axis=0), (y - y.min()) / np.ptp(y)
    target, columns, both = 0.0, np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for i in range(len(X)):
        counts = places({j: np.abs(S[i] - S[j]).sum() for j in range(len(X)) if j != i}, n_neighbors)
        for j, count in counts.items():
            influence, apart = count / sum(counts.values()), np.abs(S[i] - S[j])
            target += influence * abs(z[i] - z[j])
            columns += influence * apart
            both += influence * abs(z[i] - z[j]) * apart
    return both / target - (columns - both) / (len(X) - target)


def places(distance, k):
    """What each of some neighbors counts: the k nearest 1, those that tie for the last places equal parts of these."""
    if len(distance) <= k:
        return dict.fromkeys(distance, 1.0)
    limit = sorted(distance.values())[k - 1]
    nearer = [j for j in distance if distance[j] < limit - 1e-9]
    tied = [j for j in distance if abs(distance[j] - limit) <= 1e-9]
    return {j: 1.0 if j in nearer else (k - len(nearer)) / len(tied) if j in tied else 0.0 for j in distance}


def soft_relief(X, y, importance, temperature, balanced=False):
    """Margins by softmax: one round of iterated Relief, or with classes that count alike soft Relief itself."""
    S = (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))
    differences = [np.abs(np.subtract.outer(x, x)) for x in S.T]
    return soft_relief_of_differences(differences, y, temperature, importance, balanced)


def soft_relief_of_differences(differences, y, temperature, importance=None, balanced=True):
    importance = np.ones(len(differences)) if importance is None else importance
    D, n = sum(w * d for w, d in zip(importance, differences, strict=True)), len(y)
    t = temperature * D[~np.eye(n, dtype=bool)].std()
    share, margins = {k: np.mean(y == k) for k in set(y)}, np.zeros(len(differences))
    for i, k in itertools.product(range(n), share):
        near = np.array([np.exp(-D[i, j] / t) if j != i and y[j] == k else 0.0 for j in range(n)])
        if near.any():
            means = np.array([near @ d[i] / near.sum() for d in differences])
            other = 1 / (len(share) - 1) if balanced else share[k] / (1 - share[y[i]])
            counts = 1 / (len(share) * share[y[i]]) if balanced else 1
            margins += counts * (-1 if k == y[i] else other) * means / n
    return margins


def soft_relief_of_numbers(X, y, temperature):
    """Neighbors count by how far apart, less by how close, they rank in the target."""
    S = (X - X.min(axis=0)) / (X.max(axis=0) - X.min(axis=0))
    n = len(y)
    D = np.array([[np.abs(a - b).sum() for b in S] for a in S])
    t = temperature * D[~np.eye(n, dtype=bool)].std()
    place, margins = positions(y, np.ones(n)), np.zeros(X.shape[1])
    for i in range(n):
        near = np.array([np.exp(-D[i, j] / t) if j != i else 0.0 for j in range(n)])
        apart, differs = np.abs(S - S[i]), np.abs(place - place[i]) / np.ptp(place)
        misses, hits = near * differs, near * (1 - differs)
        margins += (misses @ apart / misses.sum() - hits @ apart / hits.sum()) / n
    return margins


def positions(x, weights):
    total = sum(weights)
    below = [sum(w for other, w in zip(x, weights, strict=True) if other < value) for value in x]
    equal = [sum(w for other, w in zip(x, weights, strict=True) if other == value) for value in x]
    return np.array([(b + e / 2) / total for b, e in zip(below, equal, strict=True)])


def class_targets(y):
    """Y_ic = (1[y_i = c] - share of c) / sqrt(size of c)."""
    sizes = {c: sum(label == c for label in y) for c in sorted(set(y))}
    return np.array([[((label == c) - size / len(y)) / size**0.5 for c, size in sizes.items()] for label in y])


def attention_kernel(Z, bandwidth, column_weights=None, mean=None):
    """exp(-D2 / (bandwidth mean D2)), columns as rows of Z, and mean D2."""
    w = np.ones(len(Z)) if column_weights is None else column_weights
    n = Z.shape[1]
    D2 = np.array([[sum(w * (Z[:, i] - Z[:, j]) ** 2) for j in range(n)] for i in range(n)])
    mean = D2.sum() / n**2 if mean is None else mean
    return np.exp(-D2 / (bandwidth * mean)), mean


def centered(K):
    n = len(K)
    H = np.eye(n) - np.ones((n, n)) / n
    return H @ K @ H


def penalized_loss(K, Y, penalty):
    """min over a of |Y - K a|^2 / penalty + a' K a = Y' (K + penalty I)^-1 Y, summed over the columns of Y."""
    return np.sum(Y * np.linalg.solve(K + penalty * np.eye(len(K)), Y))


def left_out_errors(K, Y, penalty):
    """Squared error of each sample by the kernel ridge model with a free mean on all others."""
    n, errors = len(K), []
    for i in range(n):
        others = [j for j in range(n) if j != i]
        bordered = np.ones((n, n))
        bordered[:-1, :-1] = K[np.ix_(others, others)] + penalty * np.eye(n - 1)
        bordered[-1, -1] = 0
        solution = np.linalg.solve(bordered, np.vstack([Y[others], np.zeros(Y.shape[1])]))
        errors.append(np.square(Y[i] - K[i, others] @ solution[:-1] - solution[-1]).sum())
    return np.array(errors)


def attention_importance(Z, Y, regularization, bandwidth):
    K, _ = attention_kernel(Z, bandwidth)
    Kc = centered(K)
    n = len(K)
    a = np.linalg.inv(Kc + regularization * np.trace(Kc) / n * np.eye(n)) @ Y
    M = (a @ a.T) * K
    return np.array([z @ M @ z - sum(z[i] ** 2 * M[i].sum() for i in range(n)) for z in Z])


def linear_importance(Z, Y, regularization):
    G = Z.T @ Z
    n = len(G)
    a = np.linalg.inv(G + regularization * np.trace(G) / n * np.eye(n)) @ Y
    return np.array([sum((z @ a) ** 2) for z in Z])


def eliminate(importance, n_features, drop, prior=None, groups=(), keep=()):
    """Columns from best to worst; `importance` rates a list of columns, and units go by their means."""
    prior = [1.0] * n_features if prior is None else prior
    left, dropped = units(n_features, groups, []), []

    def weighed(value, weight):
        return (value * weight if value > 0 else value / max(weight, 1e-300), value)

    while left:
        alive = sorted(f for unit in left for f in unit)
        rates = dict(zip(alive, importance(alive) if len(alive) > 1 else [0], strict=True))
        free = [unit for unit in left if not any(f in keep for f in unit)] or left
        means = {min(u): [sum(of[f] for f in u) / len(u) for of in (rates, prior)] for u in free}
        for unit in sorted(free, key=lambda u: (weighed(*means[min(u)]), -min(u)))[: max(1, int(drop * len(free)))]:
            dropped += sorted(unit, key=lambda f: (weighed(rates[f], prior[f]), -f))
            left.remove(unit)
    return dropped[::-1]


def parts_needed(shares, tol, goes):
    """Of parts in the order of their turns, how many decide which columns go; a line of `shares` scores one part."""
    n_parts, n_features = len(shares), len(shares[0])
    m = 8
    while m < n_parts:
        means = [sum(share[f] for share in shares[:m]) / m for f in range(n_features)]
        variances = [sum((share[f] - means[f]) ** 2 for share in shares[:m]) / (m - 1) for f in range(n_features)]
        reach = [2 * (variance / 2 * (1 / m - 1 / n_parts)) ** 0.5 for variance in variances]
        gone = goes(means)
        stays = [f for f in range(n_features) if f not in gone]
        gains = [max(means[f] + reach[f], 0) - max(means[g] - reach[g], 0) for f in gone for g in stays]
        if max(gains) <= tol * sum(max(mean, 0) for mean in means) / n_features:
            return m
        m = m * 3 // 2
    return n_parts


def parts_known(shares, tol):
    """The same for numbers that are to be known up to tol."""
    n_parts, n_features = len(shares), len(shares[0])
    m = 8
    while m < n_parts:
        means = [sum(share[f] for share in shares[:m]) / m for f in range(n_features)]
        typical = sum(max(mean, 0) for mean in means) / n_features
        variances = [sum((share[f] - means[f]) ** 2 for share in shares[:m]) / (m - 1) for f in range(n_features)]
        errors = [(variance * (1 / m - 1 / n_parts)) ** 0.5 for variance in variances]
        if all(2 * error <= tol * max(mean, typical) for error, mean in zip(errors, means, strict=True)):
            return m
        m = m * 3 // 2
    return n_parts


def with_copies(order, first, group):
    """Groups in the order of their first original, copies last in each; groups of copies behind, by what they copy."""
    columns = [f for f in range(len(first)) if first[f] in order]

    def place(f):
        return (first[f] != f, order.index(first[f]))

    def start(g):
        return min(place(f) for f in columns if group[f] == g)

    return sorted(columns, key=lambda f: (start(group[f]), group[f], place(f), f))


def is_continuous(values, weights=None):
    """Whole numbers are numbers if each of more than 10 is rare, or if the outermost are (position by position)."""
    weights = [1.0] * len(values) if weights is None else weights
    mass = {}
    for value, weight in zip(values, weights, strict=True):
        mass[value] = mass.get(value, 0.0) + weight
    total = sum(mass.values())
    mean = sum(place * mass[value] for place, value in enumerate(sorted(mass))) / total
    variance = sum((place - mean) ** 2 * mass[value] for place, value in enumerate(sorted(mass))) / total
    return len(mass) > 10 and (total / len(mass) < 5 or (len(mass) - 1) ** 2 > 16 * variance)


def split(x, y):
    """The values of each class, classes in ascending order."""
    return [[value for value, label in zip(x, y, strict=True) if label == one] for one in sorted(set(y))]


def mean(x):
    return sum(x) / len(x)


def variance(x):
    return sum((value - mean(x)) ** 2 for value in x) / (len(x) - 1) if len(set(x)) > 1 else 0.0


def mean_over_pairs(rule, x, y):
    return mean([rule(a, b) for a, b in itertools.combinations(split(x, y), 2)])


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
    return abs(method(np.array(x), np.array(y))) if len(set(x)) > 1 else 0.0


def equal_width_bins(x, n_bins):
    low, high = min(x), max(x)
    return [0 if low == high else min(math.floor((value - low) / (high - low) * n_bins), n_bins - 1) for value in x]


def quantile_groups(y, n_groups):
    return [math.floor((rank - 0.5) * n_groups / len(y)) for rank in ranks(y)]


def mutual_information(x, y, n_bins, normalized):
    cells = equal_width_bins(x, n_bins)
    if len(set(cells)) == 1:
        return 0.0
    return 2 * information(cells, y) / (entropy(cells) + entropy(list(y))) if normalized else information(cells, y)


def integer_information(x, y):
    return information([math.floor(value) for value in x], y) / math.log(2)


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
            total += p * math.log(p / (own[k] * share))
    return 2 * total / -(sum(p * math.log(p) for p in own) + sum(p * math.log(p) for p in shares.values()))


def _lower_bin(value, edges, centers):
    n_bins = len(centers)
    if centers[0] == centers[-1]:
        return (n_bins - 1) // 2
    if n_bins == 10:
        return sum(edge < value for edge in edges)
    return min(max(math.ceil((value - edges[0]) / ((centers[-1] - centers[0]) / (n_bins - 1))), 0), n_bins - 1)


def _upper_bin(value, low, width, n_bins):
    edge, found = low, 0
    for k in range(1, n_bins):
        edge += width
        found = k if value >= edge else found
    return found


def latent_factor(X, y, variant, n_tokens):
    """Counts of tokens per feature, then expectation maximization."""
    counts = [token_counts(x, y, variant, n_tokens) for x in X.T]
    first = {"2017": 0, "2018": n_tokens - math.floor(0.35 * n_tokens + 0.5) - 1, "auto": n_tokens - 3}[variant]
    last = math.floor(0.2 * n_tokens + 0.5) if variant == "2017" else n_tokens
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
        total += sum(c[t] * math.log(_mixture(tokens, share, t)) for t in range(len(c)) if c[t])
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


def partial_correlation(x, y, given):
    """From the inverse of the covariance of x, y and what is given."""
    inverse = np.linalg.inv(np.cov(np.column_stack([x, y, given]), rowvar=False))
    return -inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1])


def grown(A, seeds, linkage, k):
    """Seeds, the most central first, then k - len(seeds) columns by their affinity from those before."""
    n = len(A)
    picked = []
    while len(picked) < k:
        free = [j for j in (seeds if len(picked) < len(seeds) else range(n)) if j not in picked]
        if not picked:
            worth = {i: sum(A[i, j] for j in range(n)) for i in free}
        else:
            combine = max if linkage == "max" else np.mean
            worth = {i: combine([A[j, i] for j in picked]) for i in free}
        picked.append(max(free, key=lambda i: (worth[i], -i)))
    return picked


def held_out_relevance(X, y, affinity, dampings, k):
    """What the k best by each damping on one half of the rows are worth on the other, split by split."""
    from infsel.relevances import halves
    from infsel.tables import as_table

    rows = list(halves(as_table(X), y, n_splits=8))
    values = np.zeros((len(dampings), 8))
    for split in range(8):
        for seen, other in (rows[2 * split : 2 * split + 2], rows[2 * split : 2 * split + 2][::-1]):
            b, worth = (np.array([abs(pearson(x, y[part])) for x in X[part].T]) for part in (seen, other))
            A = affinity(X[seen], y[seen])
            A = A / np.abs(np.linalg.eigvals(A)).max()
            for i, damping in enumerate(dampings):
                scores = np.linalg.solve(np.eye(len(b)) - damping * A, b)
                best = sorted(range(len(b)), key=lambda j: -scores[j])[:k]
                values[i, split] += sum(worth[j] / worth.max() for j in best) / k / 2
    return values


def enough_hops(A, b, damping, k):
    """The fewest hops after which bounds on all longer walks part the k best from the rest, and the scores by then."""
    h, scores = np.array(b, dtype=float), np.zeros(len(b))
    for n_hops in range(1, 100_000):
        h = damping * A @ h
        scores = scores + h
        ratios = [entry / before for entry, before in zip(damping * A @ h, h, strict=True)]
        m, M = min(ratios), max(ratios)
        if M >= 1:
            continue
        lower, upper = scores + m / (1 - m) * h, scores + M / (1 - M) * h
        order = sorted(range(len(b)), key=lambda i: -scores[i])
        if min(lower[i] for i in order[:k]) > max(upper[i] for i in order[k:]):
            return n_hops, scores
    raise AssertionError


def read(readout, walks, start=None):
    """Scores from the matrix whose entry (i, j) counts the walks from feature i to feature j."""
    n = len(walks)
    sent = np.array([sum(walks[i, j] for j in range(n)) for i in range(n)])
    received = np.array([sum(walks[i, j] for i in range(n)) for j in range(n)])
    if readout in ("sent", "received", "total"):
        return {"sent": sent, "received": received, "total": sent + received}[readout]
    if readout == "attended":
        return np.array([sum(walks[i, j] * start[j] for j in range(n)) for i in range(n)])
    arriving = np.array([sum(start[i] * walks[i, j] for i in range(n)) for j in range(n)])
    return arriving if readout == "seeded" else np.abs(start + arriving)


def mean_correlation(scores, held_out):
    return np.mean([pearson(s, r) for s, r in zip(scores.T, held_out.T, strict=True)])


def edge_matrix(edges, names, directed=False):
    A = np.zeros((len(names), len(names)))
    for source, target, weight in edges:
        A[names.index(source), names.index(target)] = weight
        if not directed:
            A[names.index(target), names.index(source)] = weight
    return A


def shared_groups(groups, n):
    return np.array([[sum(i in g and j in g and i != j for g in groups) for j in range(n)] for i in range(n)], float)


def shared_levels(paths):
    A = np.zeros((len(paths), len(paths)))
    for i, j in itertools.combinations(range(len(paths)), 2):
        for a, b in zip(paths[i], paths[j], strict=False):
            if a != b:
                break
            A[i, j] += 1
            A[j, i] += 1
    return A


def masked(A, labels, within):
    n = len(labels)
    return np.array([[A[i, j] if (labels[i] == labels[j]) == within else 0 for j in range(n)] for i in range(n)])


def group_flow(S, labels):
    flow = {}
    for i, a in enumerate(labels):
        for j, b in enumerate(labels):
            flow[a, b] = flow.get((a, b), 0.0) + S[i, j]
    return flow


def affinity_loss(heads, relevance, w, bias, n_relevant, n_irrelevant):
    """Half the mean of 1 - a over pairs of relevant features, half that of a over pairs of which one is; counts + 1."""
    order = sorted(range(len(relevance)), key=lambda i: -relevance[i])
    relevant, irrelevant = order[:n_relevant], order[len(order) - n_irrelevant :]
    pairs = [(i, j) for i, j in itertools.combinations(relevant, 2)] + [(i, j) for i in relevant for j in irrelevant]
    logits = np.array([[(head[i, j] + head[j, i]) / 2 for i, j in pairs] for head in heads])
    logits = (logits - logits.mean(axis=1, keepdims=True)) / logits.std(axis=1, keepdims=True)
    a = [1 / (1 + math.exp(-bias - sum(w * logits[:, pair]))) for pair in range(len(pairs))]
    n_alike = n_relevant * (n_relevant - 1) // 2
    return 0.5 * sum(1 - x for x in a[:n_alike]) / (n_alike + 1) + 0.5 * sum(a[n_alike:]) / (len(a) - n_alike + 1)


def gram(A):
    """A A^T."""
    return np.array([[sum(a * b for a, b in zip(x, y, strict=True)) for y in A] for x in A])


def singular_scores(A, rank):
    """||(U S)_i||^2 over the leading pairs, in units of the largest value."""
    values, vectors = np.linalg.eigh(gram(A))
    pairs = [(values[-k], vectors[:, -k]) for k in range(1, min(rank, len(A)) + 1)]
    return np.array([sum(value / values[-1] * u[i] ** 2 for value, u in pairs) for i in range(len(A))])


def lagged(X, lag, correlation=pearson):
    """Correlation of each column with each other one, lag rows later."""
    return np.array([[correlation(x[:-lag], y[lag:]) for y in X.T] for x in X.T])


def ppmi(X, weighting=True, second_order=True, x_max=10, weights=None):
    """Weighted positive pointwise mutual information of columns that are above 0 together, and cosines of its rows."""
    n, weights = X.shape[1], np.ones(len(X)) if weights is None else weights
    C = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            C[i, j] = sum(w for w, row in zip(weights, X, strict=True) if i != j and row[i] > 0 and row[j] > 0)
    c, R = C.sum(axis=1), np.zeros((n, n))
    total = sum(each**0.75 for each in c)
    for i, j in zip(*np.nonzero(C), strict=True):
        f = min(1, (C[i, j] / x_max) ** 0.75) if weighting else 1
        R[i, j] = f * max(0, np.log(C[i, j] * total / (c[i] * c[j] ** 0.75)))
    if not second_order:
        return R
    norms = [np.sqrt(sum(row**2)) or np.inf for row in R]
    return np.array([[R[i] @ R[j] / (norms[i] * norms[j]) for j in range(n)] for i in range(n)])


def left_out(Z, v, outputs, weights):
    """How well rows are predicted by their attention to the others, row by row and copy by copy."""
    n, total = Z.shape[1], 0.0
    for y in outputs:
        for i in range(n):
            paid = [
                (weights[j] - (i == j)) * np.exp(-sum(v[f] * abs(Z[f, i] - Z[f, j]) for f in range(len(v))))
                for j in range(n)
            ]
            shares = [max(a, 0) / sum(max(a, 0) for a in paid) for a in paid]
            if y.dtype.kind == "f":
                total -= weights[i] * (y[i] - sum(a * t for a, t in zip(shares, y, strict=True))) ** 2
            else:
                inside = sum(a for a, t in zip(shares, y, strict=True) if t == y[i])
                total += weights[i] * np.log(inside) if inside > 0 else 0
    return total / sum(weights) / len(outputs)


def replicate(K, m, n_steps):
    """Replicator dynamics, entry by entry."""
    m = [value / sum(m) for value in m]
    for _ in range(n_steps):
        fitness = [sum(K[i][j] * m[j] for j in range(len(m))) for i in range(len(m))]
        mean = sum(a * f for a, f in zip(m, fitness, strict=True))
        m = [a * f / mean for a, f in zip(m, fitness, strict=True)]
    return m


def wasserstein(a, b, order):
    """The distance of two samples of a column to the power `order`: their quantiles, copy by copy."""
    tall_a, tall_b = sorted(list(a) * len(b)), sorted(list(b) * len(a))
    return sum(abs(x - y) ** order for x, y in zip(tall_a, tall_b, strict=True)) / len(tall_a)


def moved(a, b, width, same):
    """How far an entropic plan of one pass moves each column, entry by entry."""
    n, m = len(a), len(b)
    K = [[0.0 if same and i == j else np.exp(-sum((a[i] - b[j]) ** 2) / width) for j in range(m)] for i in range(n)]
    largest = [max(row) for row in K]
    K = [[k / top for k in row] for row, top in zip(K, largest, strict=True)]
    down = [sum(K[i][j] for i in range(n)) for j in range(m)]
    K = [[K[i][j] / down[j] / m for j in range(m)] for i in range(n)]
    T = [[k / sum(row) / n for k in row] for row in K]
    return [sum(T[i][j] * (a[i][f] - b[j][f]) ** 2 for i in range(n) for j in range(m)) for f in range(a.shape[1])]


# Columns of labels and gaps, as blocks of rows


def label_rows(x, weights, variance):
    """One row a label: 1 where a sample has it, centered, times the factor that makes the variances add up."""
    there = [label is not None for label in x]
    total = sum(w for w, known in zip(weights, there, strict=True) if known)
    shares = {label: sum(w for w, other in zip(weights, x, strict=True) if other == label) / total for label in x}
    shares.pop(None, None)
    factor = (variance / (1 - sum(p * p for p in shares.values()))) ** 0.5
    return np.array(
        [[factor * ((other == label) - p) if other is not None else 0.0 for other in x] for label, p in shares.items()]
    )


def block_importance(loss, n_blocks, step=1e-5):
    """Minus the derivative of a loss with respect to the weight of each block."""
    result = []
    for block in range(n_blocks):
        up, down = np.ones(n_blocks), np.ones(n_blocks)
        up[block] += step
        down[block] -= step
        result.append(-(loss(up) - loss(down)) / (2 * step))
    return np.array(result)


def information_by_chance(x, y):
    """The mean information over all orders of y."""
    orders = list(itertools.permutations(y))
    return sum(information(np.array(x), np.array(order)) for order in orders) / len(orders)


def differences(x, labels, informs=False):
    """How far each two samples are apart in a column, None being a gap: on average as far as samples that have it."""
    known = [value for value in x if value is not None]
    scale = 1 if labels else max(known) - min(known)

    def apart(a, b):
        return float(a != b) if labels else abs(a - b) / scale

    def expected(a, b):
        if informs and (a is None) != (b is None):
            return 1.0
        if informs and a is None:
            return 0.0
        pairs = [(s, t) for s in (known if a is None else [a]) for t in (known if b is None else [b])]
        return sum(apart(s, t) for s, t in pairs) / len(pairs)

    return np.array([[expected(a, b) for b in x] for a in x])


# what one column alone tells


def goodman_kruskal(x, y):
    """The share of errors in guessing a class that knowing the value of x removes."""
    commonest = max(sum(b == c for b in y) for c in set(y))
    right = 0
    for value in set(x):
        classes = [b for a, b in zip(x, y, strict=True) if a == value]
        right += max(classes.count(c) for c in set(classes))
    return (right - commonest) / (len(y) - commonest)


def sortedness(x, y):
    """How many changes of class less than chance there are in the order of x, 1 for one run a class; x has no ties."""
    ordered = [b for _, b in sorted(zip(x, y, strict=True))]
    changes = sum(a != b for a, b in itertools.pairwise(ordered))
    chance = sum(b != c for k, b in enumerate(y) for m, c in enumerate(y) if k != m) / len(y)
    fewest = len(set(y)) - 1
    return max(0.0, 1 - (changes - fewest) / (chance - fewest)) if chance > fewest else 0.0


# Targets: grades, and times with censoring


def comparable(event, time, i, j):
    """Whether it is known that sample j outlived sample i."""
    return bool(event[i] and (time[i] < time[j] or (time[i] == time[j] and not event[j])))


def concordance(x, event, time, weights=None):
    """Harrell's: of the pairs of which it is known who outlived whom, those in which the larger value did."""
    w, n = np.ones(len(x)) if weights is None else weights, len(x)
    pairs = [(i, j) for i in range(n) for j in range(n) if comparable(event, time, i, j)]
    agree = sum(w[i] * w[j] * (1.0 if x[j] > x[i] else 0.5 if x[j] == x[i] else 0.0) for i, j in pairs)
    return agree / sum(w[i] * w[j] for i, j in pairs)


def cumulative_hazard(event, time, until, weights=None):
    """Nelson and Aalen's estimate: events over those at risk, summed over the times of events."""
    w, total = np.ones(len(time)) if weights is None else weights, 0.0
    for t in sorted(set(time)):
        if t <= until:
            events = sum(w[i] for i in range(len(time)) if time[i] == t and event[i])
            total += events / sum(w[i] for i in range(len(time)) if time[i] >= t)
    return total


def martingale_residuals(event, time, weights=None):
    return np.array([event[i] - cumulative_hazard(event, time, time[i], weights) for i in range(len(time))])


# associations of columns with gaps and labels, pair by pair; a gap is NaN


def pair_of_numbers(x, y, w, fewest=10):
    """Pearson's correlation among the samples that have both, NaN where nothing is known."""
    both = [t for t in range(len(x)) if not (np.isnan(x[t]) or np.isnan(y[t]))]
    n = sum(w[t] for t in both)
    if n < min(fewest, sum(w)):
        return np.nan
    mean_x, mean_y = sum(w[t] * x[t] for t in both) / n, sum(w[t] * y[t] for t in both) / n
    xy = sum(w[t] * (x[t] - mean_x) * (y[t] - mean_y) for t in both)
    xx, yy = sum(w[t] * (x[t] - mean_x) ** 2 for t in both), sum(w[t] * (y[t] - mean_y) ** 2 for t in both)
    return xy / math.sqrt(xx * yy) if min(xx, yy) > 1e-20 else np.nan


def epsilon_squared(labels, x, w, fewest=10):
    """What labels explain of the variance of numbers, less what chance makes of it, NaN where nothing is known."""
    both = [t for t in range(len(x)) if not (np.isnan(x[t]) or np.isnan(labels[t]))]
    n, kinds = sum(w[t] for t in both), {labels[t] for t in both}
    if n < min(fewest, sum(w)) or not 1 < len(kinds) < n:
        return np.nan
    mean = sum(w[t] * x[t] for t in both) / n
    within, total = 0.0, sum(w[t] * (x[t] - mean) ** 2 for t in both)
    for label in kinds:
        own = [t for t in both if labels[t] == label]
        center = sum(w[t] * x[t] for t in own) / sum(w[t] for t in own)
        within += sum(w[t] * (x[t] - center) ** 2 for t in own)
    return 1 - (within / (n - len(kinds))) / (total / (n - 1)) if total > 1e-20 else np.nan


def phi_squared(a, b, w):
    """Chi squared over the weight of all samples."""
    n, phi = sum(w), 0.0
    for i, j in itertools.product(set(a), set(b)):
        expected = sum(c for c, x in zip(w, a, strict=True) if x == i) * sum(
            c for c, x in zip(w, b, strict=True) if x == j
        )
        found = sum(c for c, x, y in zip(w, a, b, strict=True) if (x, y) == (i, j))
        phi += (found - expected / n) ** 2 / expected
    return phi


def bergsma(a, b, w, fewest=10):
    """Cramer's V squared, less what chance makes of it, NaN where nothing is known."""
    both = [t for t in range(len(a)) if not (np.isnan(a[t]) or np.isnan(b[t]))]
    n, rows, columns = sum(w[t] for t in both), {a[t] for t in both}, {b[t] for t in both}
    k, m = len(rows), len(columns)
    if n < min(fewest, sum(w)) or min(k, m) < 2 or max(k, m) >= n:
        return np.nan
    phi = phi_squared(*([each[t] for t in both] for each in (a, b, w))) - (k - 1) * (m - 1) / (n - 1)
    return phi / min(k - 1 - (k - 1) ** 2 / (n - 1), m - 1 - (m - 1) ** 2 / (n - 1))


def association(X, nominal, w=None, unknown=0.0):
    """The association of all columns: between numbers signed; 1 on the diagonal."""
    n, w = X.shape[1], np.ones(len(X)) if w is None else w
    A = np.eye(n)
    for i, j in itertools.permutations(range(n), 2):
        if nominal[i] and nominal[j]:
            square = bergsma(X[:, i], X[:, j], w)
        elif nominal[i] or nominal[j]:
            label, number = (i, j) if nominal[i] else (j, i)
            square = epsilon_squared(X[:, label], X[:, number], w)
        else:
            square = pair_of_numbers(X[:, i], X[:, j], w)
            square = square * abs(square)
        low = 0 if nominal[i] or nominal[j] else -1
        square = np.clip(square, low, 1)
        A[i, j] = unknown if np.isnan(square) else math.copysign(math.sqrt(abs(square)), square)
    return A


def ranks_of_present(X, nominal):
    """Ranks within each column of numbers, among what it has."""
    R = X.copy()
    for j in np.flatnonzero(~nominal):
        there = ~np.isnan(X[:, j])
        R[there, j] = ranks(X[there, j])
    return R


def informed_association(X, i, j):
    """The RV coefficient of two columns of numbers whose gaps are a second dimension, with its sign."""
    blocks = []
    for x in (X[:, i], X[:, j]):
        there = ~np.isnan(x)
        values = np.where(there, x - np.mean(x[there]), 0.0)
        gaps = (~there - np.mean(~there)) * 2 / np.sqrt(len(x))
        blocks.append(np.column_stack([values / np.sqrt(np.sum(values**2)), gaps]))
    S, R = (block @ block.T for block in blocks)
    r = float(blocks[0][:, 0] @ blocks[1][:, 0])
    rv = np.trace(S @ R) / math.sqrt(np.trace(S @ S) * np.trace(R @ R))
    return math.copysign(math.sqrt(rv), r * abs(r) + np.trace(S @ R) - r**2)


# what displays draw


def average_linkage(A, threshold):
    """Clusters of columns: the two of the largest mean affinity become one for as long as that is no less."""
    clusters = [{i} for i in range(len(A))]
    while len(clusters) > 1:
        means = {
            (a, b): sum(A[i][j] for i in clusters[a] for j in clusters[b]) / len(clusters[a]) / len(clusters[b])
            for a in range(len(clusters))
            for b in range(a)
        }
        a, b = max(means, key=means.get)
        if means[a, b] < threshold:
            break
        clusters[b] |= clusters.pop(a)
    return {frozenset(cluster) for cluster in clusters}


def mean_affinity(A, first, second):
    """Of different columns of two clusters, or of one; 1 within a single column."""
    pairs = [A[i][j] for i in first for j in second if i != j]
    return sum(pairs) / len(pairs) if pairs else 1.0


def fewest_within_one_standard_error(sizes, scores):
    """Row of the fewest features whose mean score is no more than one standard error of the best below it."""
    means = [sum(row) / len(row) for row in scores]
    best = max(range(len(sizes)), key=lambda row: means[row])
    variance = sum((score - means[best]) ** 2 for score in scores[best]) / (len(scores[best]) - 1)
    least = means[best] - (variance / len(scores[best])) ** 0.5
    return min((row for row in range(len(sizes)) if means[row] >= least), key=lambda row: sizes[row])


def normalized_information(a, b, w, fewest=10):
    """Mutual information over the mean entropy, less what chance makes of them, NaN where nothing is known."""
    both = [t for t in range(len(a)) if not (np.isnan(a[t]) or np.isnan(b[t]))]
    n, rows, columns = sum(w[t] for t in both), {a[t] for t in both}, {b[t] for t in both}
    k, m = len(rows), len(columns)
    if n < min(fewest, sum(w)) or min(k, m) < 2:
        return np.nan

    def entropy_of(labels):
        shares = [sum(w[t] for t in both if labels[t] == label) / n for label in {labels[t] for t in both}]
        return -sum(p * math.log(p) for p in shares)

    pairs = [(a[t], b[t]) for t in range(len(a))]
    information = entropy_of(a) + entropy_of(b) - entropy_of(pairs) - (k - 1) * (m - 1) / (2 * n)
    first, second = entropy_of(a) - (k - 1) ** 2 / (2 * n), entropy_of(b) - (m - 1) ** 2 / (2 * n)
    return min(information / ((first + second) / 2), 1.0) if min(first, second) > 0 else np.nan


def bins_of_present(X, nominal, n_bins):
    """Numbers cut into bins of equal weight among what each column has, or one for each where there are no more."""
    B = X.copy()
    for j in np.flatnonzero(~nominal):
        there = ~np.isnan(X[:, j])
        B[there, j] = bins(X[there, j], n_bins)
    return B


# Tables with gaps (NaN) and labels: bins, relevances, where a target puts labels


def pooled(labels, weights=None):
    """Labels that stay apart, and None for the rest."""
    w, weight = np.ones(len(labels)) if weights is None else weights, {}
    for label, count in zip(labels, w, strict=True):
        weight[label] = weight.get(label, 0) + count
    kept = [k for k in weight if weight[k] >= (5 if len(weight) > 200 else 2)]
    if len(kept) + (len(kept) < len(weight)) > 255:
        limit = sorted((weight[k] for k in kept), reverse=True)[254]
        kept = [k for k in kept if weight[k] > limit]
    return [label if label in kept else None for label in labels]


def with_pooled(X, nominal, weights=None):
    """The table whose rare labels are 99."""
    X = X.copy()
    for j in np.flatnonzero(nominal):
        there = ~np.isnan(X[:, j])
        kept = pooled(X[there, j].tolist(), None if weights is None else weights[there])
        X[there, j] = [99 if label is None else label for label in kept]
    return X


def charged(information, n_bins, free, y):
    """Information less what bins beyond the free ones cost."""
    cost = max((len(set(y)) - 1) / 2, entropy(list(y))) / len(y)
    return max(information - (n_bins - free) * cost, 0) if n_bins > free else information


def information_of_labels(x, y, bins):
    return charged(information(x, y), len(set(x)), min(len(set(x)), bins), y)


def information_of_two(x, z, y, bins):
    pairs = list(zip(x, z, strict=True))
    free = min(len(set(x)), bins) * min(len(set(z)), bins)
    least = max(information_of_labels(x, y, bins), information_of_labels(z, y, bins))
    found = charged(information(pairs, y), len(set(pairs)), free, y)
    return max(found, least) if len(set(pairs)) > free else found


def information_between_labels(x, z, bins):
    r, c, n_pairs = len(set(x)), len(set(z)), len(set(zip(x, z, strict=True)))
    degrees = n_pairs - r - c + 1 - (min(r, bins) - 1) * (min(c, bins) - 1)
    return max(information(x, z) - degrees / (2 * len(x)), 0) if degrees > 0 else information(x, z)


def information_given(x, y, gaps):
    """Mean of the information among the samples that have the same gaps."""
    x, y, total = list(x), list(y), 0.0
    for pattern in sorted(set(gaps)):
        those = [i for i, gap in enumerate(gaps) if gap == pattern]
        total += len(those) / len(y) * information([x[i] for i in those], [y[i] for i in those])
    return total


def cramers_v_squared(labels, y):
    return phi_squared(labels, y, [1] * len(y)) / (min(len(set(labels)), len(set(y))) - 1)


def beyond_chance(share, n, degrees, usual=1, n_axes=1):
    """The share of numbers of the same p-value, or that leaves as much unexplained for each degree of freedom left."""
    left = n - 1 - degrees
    if left <= 0:
        return 0.0
    p = scipy.stats.beta.sf(share, n_axes * degrees / 2, n_axes * left / 2)
    rare = scipy.stats.beta.isf(p, usual / 2, (n - 1 - usual) / 2)
    return max(0.0, min(rare, 1 - (1 - share) / left * (n - 1 - usual)))


def anova_of_labels(labels, y):
    n, degrees, usual = len(y), len(set(labels)) - 1, len(set(y)) - 1
    share = beyond_chance(cramers_v_squared(labels, y), n, max(degrees, usual), usual, min(degrees, usual))
    return share / usual / ((1 - share) / (n - 1 - usual))


def auc_of_labels(labels, y):
    """Labels stand by the share of one of two classes."""
    found = []
    for a, b in itertools.combinations(sorted(set(y)), 2):
        those = [(label, float(one == b)) for label, one in zip(labels, y, strict=True) if one in (a, b)]
        names, is_b = zip(*those, strict=True)
        shares = [mean([second for label, second in those if label == name]) for name in names]
        explained = eta_squared(is_b, names)
        kept = beyond_chance(explained, len(those), len(set(names)) - 1) / explained
        found.append(np.sqrt(kept) * auc(shares, is_b))
    return mean(found)


def difference(x, nominal):
    """How much samples differ: a gap lies at the mean, and differs from a label by how likely another one has."""
    there, n = ~np.isnan(x), len(x)
    if not nominal:
        filled = np.where(there, x, x[there].mean())
        return np.abs(np.subtract.outer(filled, filled)) / np.ptp(x[there])
    D = np.array([[float(x[i] != x[j]) for j in range(n)] for i in range(n)])
    for i, j in itertools.product(range(n), range(n)):
        if not (there[i] and there[j]):
            known = x[i] if there[i] else x[j]
            D[i, j] = 0 if not (there[i] or there[j]) else 1 - np.mean(x[there] == known)
    return D


def placed(labels, y):
    """Labels at the mean of a numeric target: a row whose squared norm is the share that is not chance."""
    there = [i for i, label in enumerate(labels) if label is not None]
    z = np.zeros(len(y))
    for i in there:
        z[i] = mean([y[j] for j in there if labels[j] == labels[i]]) - mean([y[j] for j in there])
    z /= np.sqrt(sum(z**2))
    unit = (y - mean(y)) / np.sqrt(sum((y - mean(y)) ** 2))
    explained = min(sum(z * unit) ** 2 * len(y) / len(there), 1)
    kept = beyond_chance(explained, len(y), len({labels[i] for i in there}) - 1) / explained
    return z * np.sqrt(kept)


# The sum of both kernels between rows


def sum_kernel(Z, bandwidth, share, column_weights=None, units=None):
    """(1 - share) Kc + share tr(Kc) / tr(Gc) Gc with the centered kernels of attention and of products, and its units.

    These are mean D2 and tr(Kc) / tr(Gc), which may be given.
    """
    w = np.ones(len(Z)) if column_weights is None else column_weights
    mean, ratio = (None, None) if units is None else units
    K, mean = attention_kernel(Z, bandwidth, w, mean)
    Kc, Gc = centered(K), centered(sum(w[f] * np.outer(Z[f], Z[f]) for f in range(len(Z))))
    ratio = np.trace(Kc) / np.trace(Gc) if ratio is None else ratio
    return (1 - share) * Kc + share * ratio * Gc, (mean, ratio)


def sum_importance(Z, Y, regularization, bandwidth, share):
    """The importances of attention and of products, each of what the sum of both says, in the units of attention."""
    S, (mean, ratio) = sum_kernel(Z, bandwidth, share)
    n = len(S)
    a = np.linalg.inv(S + regularization * np.trace(S) / n * np.eye(n)) @ Y
    M = (a @ a.T) * attention_kernel(Z, bandwidth)[0]
    attends = [z @ M @ z - sum(z[i] ** 2 * M[i].sum() for i in range(n)) for z in Z]
    adds = [sum((z @ a) ** 2) * ratio * bandwidth * mean / 2 for z in Z]
    return (1 - share) * np.array(attends) + share * np.array(adds)


# Grades as predictions


def quadratic_weighted_kappa(true, found, weights=None):
    """1 less the mean squared error in grades over what pairs of a sample's grade and another's prediction have."""
    w = np.ones(len(true)) if weights is None else np.asarray(weights, dtype=float)
    n = range(len(true))
    error = sum(w[i] * (true[i] - found[i]) ** 2 for i in n) / w.sum()
    chance = sum(w[i] * w[j] * (true[i] - found[j]) ** 2 for i in n for j in n) / w.sum() ** 2
    return 1 - error / chance


# What columns of numbers and labels have in common


def leading_component(X, nominal, weights, informative, n_steps=10):
    """Ten steps of the power method with a row of norm 1 a number or gap, and 1 / sqrt(k) a label of k."""
    rows = []
    for j in range(X.shape[1]):
        there = ~np.isnan(X[:, j])
        x = np.where(there, X[:, j], -1)
        if not nominal[j]:
            rows.append(_unit_of_present(x, there, weights))
            if informative and not there.all():
                rows.append(_unit_of_present(1.0 * ~there, np.ones(len(x), dtype=bool), weights))
            continue
        levels = np.unique(x if informative else x[there])
        there = np.ones(len(x), dtype=bool) if informative else there
        rows += [_unit_of_present(1.0 * (x == level), there, weights) / np.sqrt(len(levels)) for level in levels]
    v = sum(row**2 for row in rows) / np.sqrt(weights)
    for _ in range(n_steps):
        v = sum((row @ v) * row for row in rows)
        v = v / np.linalg.norm(v)
    return v / np.sqrt(weights)


def _unit_of_present(x, there, weights):
    row = np.zeros(len(x))
    row[there] = np.sqrt(weights[there]) * (x[there] - np.average(x[there], weights=weights[there]))
    return row / np.linalg.norm(row)
