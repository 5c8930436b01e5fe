"""How many parts of the samples a decision needs: what more parts might change costs no more than is allowed."""

import numpy as np

_ERRORS = 2.0  # standard errors: of 20 differences one is off by more


def mean_and_error(shares: np.ndarray, n_parts: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean over the parts that were seen, one a row, and its standard error as an estimate of the mean over all.

    e^2 = s^2 (1 / m - 1 / n_parts) with s^2 the variance between the m parts seen (Cochran 1977, Sampling techniques).
    """
    m = len(shares)
    if m == n_parts:
        return shares.mean(axis=0), np.zeros(shares.shape[1])
    return shares.mean(axis=0), np.sqrt(shares.var(axis=0, ddof=1) * (1 / m - 1 / n_parts))


def is_known(shares: np.ndarray, n_parts: int, tol: float) -> bool:
    """Whether two standard errors of every mean are at most tol times itself, or times the mean of all if it is less.

    Means below 0 count as 0.
    """
    mean, error = mean_and_error(shares, n_parts)
    size = np.maximum(mean, 0)
    return bool((_ERRORS * error <= tol * np.maximum(size, size.mean())).all())


def is_settled(shares: np.ndarray, n_parts: int, goes: np.ndarray, stays: np.ndarray, tol: float) -> bool:
    """Whether no column that goes can be better than one that stays by more than tol times the mean score.

    Scores below 0 count as 0: to drop such a column costs nothing. A difference may be off by two standard errors of
    the difference of two columns with equal errors, sqrt(2) each.
    """
    if not (goes.any() and stays.any()):
        return True
    mean, error = mean_and_error(shares, n_parts)
    reach = _ERRORS / np.sqrt(2) * error
    best, worst = (mean + reach)[goes].max(), (mean - reach)[stays].min()
    return bool(max(best, 0.0) - max(worst, 0.0) <= tol * np.maximum(mean, 0).mean())
