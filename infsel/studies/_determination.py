"""How far one column alone tells a target."""

import numpy as np
import pandas as pd

from infsel.statistics import correlation_ratio

_REPEATS = 5  # rows a value has on average, from which on values are groups rather than places on a line


def determination(x: pd.Series, y: np.ndarray, continuous: bool) -> float:
    """How far a column alone tells the target: 0 not at all, 1 if it determines it.

    Where values repeat, the share of errors, or of variance, that knowing the value removes: for classes Goodman and
    Kruskal's lambda, for numbers the correlation ratio. Where they do not, how well the order of the values sorts the
    target: for classes from as many runs as chance makes of them (0) to one run a class (1), for numbers the absolute
    rank correlation.

    Parameters
    ----------
    x : pandas.Series of shape (n_samples,)
        Gaps are left out.
    y : ndarray of shape (n_samples,)
        Numbers, or the number of each class.
    continuous : bool
        Whether y holds numbers.

    Returns
    -------
    float

    References
    ----------
    Goodman, Kruskal (1954). Measures of association for cross classifications. Journal of the American Statistical
    Association 49. Wald, Wolfowitz (1940). On a test whether two samples are from the same population. Annals of
    Mathematical Statistics 11.

    Examples
    --------
    >>> y = np.repeat([0, 1], 10)
    >>> determination(pd.Series(y * 7), y, False), determination(pd.Series(np.arange(20.0)), y, False)
    (1.0, 1.0)
    >>> determination(pd.Series(list("ab" * 10)), y, False)
    0.0
    """
    present = x.notna().to_numpy()
    groups, values = pd.factorize(x[present], sort=not isinstance(x.dtype, pd.CategoricalDtype))
    y = y[present]
    if len(y) == 0 or len(values) < 2 or (y == y[0]).all():
        return 0.0
    if len(y) >= _REPEATS * len(values):
        return correlation_ratio(groups, y, corrected=False) if continuous else _lambda(groups, y)
    if isinstance(x.dtype, pd.CategoricalDtype):
        return 0.0  # labels of few rows each have no order that could sort
    return abs(_rank_correlation(groups, y)) if continuous else _sortedness(groups, y)


def _lambda(groups: np.ndarray, y: np.ndarray) -> float:
    table = np.zeros((groups.max() + 1, y.max() + 1))
    np.add.at(table, (groups, y), 1)
    best = table.sum(axis=0).max()
    return float((table.max(axis=1).sum() - best) / (len(y) - best))


def _rank_correlation(x: np.ndarray, y: np.ndarray) -> float:
    return float(np.corrcoef(pd.Series(x).rank(), pd.Series(y).rank())[0, 1])


def _sortedness(x: np.ndarray, y: np.ndarray) -> float:
    mixed = np.random.default_rng(0).permutation(len(y))  # rows of one value in an order that tells nothing
    ordered = y[mixed][np.argsort(x[mixed], kind="stable")]
    counts = np.bincount(y)
    fewest = np.count_nonzero(counts) - 1
    changes = np.count_nonzero(np.diff(ordered))
    expected = len(y) - np.square(counts).sum() / len(y)  # of a random order, Wald and Wolfowitz
    return float(max(0.0, 1 - (changes - fewest) / (expected - fewest))) if expected > fewest else 0.0
