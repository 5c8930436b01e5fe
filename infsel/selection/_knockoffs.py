"""Copies of the features that know nothing of the target, and the cut that they calibrate."""

import numpy as np

_SWEEPS = 50
_BLOCK = 32
_SETTLED = 1e-4  # any feasible gaps are valid: the maximum only makes the selection more powerful


def gaussian_knockoffs(X: np.ndarray, mean: np.ndarray, covariance: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Gaussian knockoffs of the columns of X, given the mean and covariance of its rows.

    The rows of [X, X~] then have covariance [[C, C - S], [C - S, C]] with S diagonal, so that to exchange a column with
    its knockoff changes neither mean nor covariance, and of Gaussian rows nothing at all:
    X~ = X - (X - mean) C^-1 S + noise L^T with L L^T = 2 S - S C^-1 S. S has the most entropy (`knockoff_gaps`).

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    mean : ndarray of shape (n_features,)
    covariance : ndarray of shape (n_features, n_features)
        Positive definite.
    noise : ndarray of shape (n_samples, n_features)
        Independent standard normal numbers.

    Returns
    -------
    ndarray of shape (n_samples, n_features)

    References
    ----------
    Candes, Fan, Janson, Lv (2018). Panning for gold: 'model-X' knockoffs for high dimensional controlled variable
    selection. J. R. Stat. Soc. B 80, section 3.1.
    """
    scale = np.sqrt(np.diag(covariance))
    R = covariance / np.outer(scale, scale)
    s = knockoff_gaps(R)
    shift = np.linalg.solve(R, np.diag(s))
    spread = 2 * np.diag(s) - s[:, np.newaxis] * shift
    values, vectors = np.linalg.eigh((spread + spread.T) / 2)
    root = vectors * np.sqrt(np.maximum(values, 0))  # round-off may leave a variance below zero
    Z = (X - mean) / scale
    return mean + scale * (Z - Z @ shift + noise @ root.T)


def knockoff_gaps(correlation: np.ndarray) -> np.ndarray:
    """How far each feature may stand from its knockoff: s that maximizes log det(2 R - diag(s)) + sum(log s).

    The correlation of feature j with its knockoff is 1 - s_j. Coordinate ascent with the exact step: the determinant
    depends on s_j by a factor c_j + s_j - s, c_j the inverse of entry (j, j) of (2 R - diag(s))^-1.

    Parameters
    ----------
    correlation : ndarray of shape (n_features, n_features)
        R, positive definite with ones on the diagonal.

    Returns
    -------
    ndarray of shape (n_features,)
        In (0, 1]; 1 where R is the identity. At the maximum s_j is 1 over entry (j, j) of (2 R - diag(s))^-1.

    Raises
    ------
    ValueError
        If the matrix is not positive definite.

    References
    ----------
    Spector, Janson (2022). Powerful knockoffs via minimizing reconstructability. Annals of Statistics 50.
    Gimenez, Zou (2019). Improving the stability of the knockoff procedure. AISTATS.
    """
    lowest = float(np.linalg.eigvalsh(correlation)[0])
    if not lowest > 0:
        raise ValueError(f"the covariance has an eigenvalue of {lowest:.2g}: knockoffs need a positive definite one.")
    s = np.full(len(correlation), min(lowest, 1.0))
    for _ in range(_SWEEPS):
        before = s.copy()
        G = np.linalg.inv(2 * correlation - np.diag(s))  # anew: updates collect round-off
        for start in range(0, len(s), _BLOCK):  # many rank-one updates at a time are one product
            block = range(start, min(start + _BLOCK, len(s)))
            rows, factors = np.empty((len(block), len(s))), np.empty(len(block))
            for k, j in enumerate(block):
                g = G[j] + (factors[:k] * rows[:k, j]) @ rows[:k]
                step = (1 / g[j] - s[j]) / 2
                s[j] += step
                rows[k], factors[k] = g, step / (1 - step * g[j])
            G += (factors * rows.T) @ rows
        if np.abs(s - before).max() <= _SETTLED:
            break
    return s


def knockoff_threshold(statistics: np.ndarray, fdr: float, offset: int = 1) -> float:
    """The lowest cut at which knockoffs estimate at most a share `fdr` of false discoveries.

    min{t > 0 : (offset + #{j : W_j <= -t}) / max(1, #{j : W_j >= t}) <= fdr} over the values |W_j|.

    Parameters
    ----------
    statistics : ndarray of shape (n_features,)
        W: by how much each feature scores above its knockoff.
    fdr : float in (0, 1)
    offset : {0, 1}, default=1
        1 (knockoff+) controls the false discovery rate, and selects at least 1 / fdr features or none; 0 controls a
        quantity close to it.

    Returns
    -------
    float
        Infinity where no cut qualifies.

    References
    ----------
    Barber, Candes (2015). Controlling the false discovery rate via knockoffs. Annals of Statistics 43.

    Examples
    --------
    >>> knockoff_threshold(np.array([5.0, 4.0, 3.0, 2.0, -1.0, 0.5]), fdr=0.25)
    2.0
    """
    cuts = np.unique(np.abs(statistics[statistics != 0]))
    ordered = np.sort(statistics)
    above = len(ordered) - np.searchsorted(ordered, cuts, side="left")
    below = np.searchsorted(ordered, -cuts, side="right")
    good = (offset + below) / np.maximum(above, 1) <= fdr
    return float(cuts[good.argmax()]) if good.any() else float("inf")
