"""Statistics over tables: arrays in, numbers out. Those over the splits of one table are infsel.comparison's."""

import numpy as np
from scipy import stats


def average_ranks(values):
    """Mean rank of every method over tables, and its standard error.

    `values` of shape (n_tables, n_methods), higher is better; ties share their mean rank, the best has rank 1.
    """
    ranks = stats.rankdata(-np.asarray(values), axis=1)
    return ranks.mean(axis=0), ranks.std(axis=0, ddof=1) / np.sqrt(len(ranks))


def signed_rank(differences):
    """p value of Wilcoxon's signed-rank test, 1 if there is no difference at all."""
    differences = np.asarray(differences)
    return stats.wilcoxon(differences).pvalue if differences.any() else 1.0
