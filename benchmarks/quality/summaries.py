"""Statistics over tables: arrays in, numbers out. Those over the splits of one table are infsel.comparison's."""

import numpy as np
from scipy import stats


def average_ranks(values):
    """Mean rank of every method over tables, and its standard error.

    `values` of shape (n_tables, n_methods), higher is better; ties share their mean rank, the best has rank 1.
    """
    return _mean(_ranks(values))


def behind_the_first(values, own):
    """Which other method has the best average rank, and how far a method's is from that, with the standard error."""
    ranks = _ranks(values)
    others = np.delete(np.arange(ranks.shape[1]), own)
    first = others[ranks.mean(axis=0)[others].argmin()]
    return first, *_mean(ranks[:, own] - ranks[:, first])


def _ranks(values):
    return stats.rankdata(-np.asarray(values), axis=1)


def _mean(values):
    """That over tables and its standard error."""
    return values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(len(values))


def signed_rank(differences):
    """p value of Wilcoxon's signed-rank test, 1 if there is no difference at all."""
    differences = np.asarray(differences)
    return stats.wilcoxon(differences).pvalue if differences.any() else 1.0
