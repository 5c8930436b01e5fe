"""Pure statistics: arrays in, numbers out."""

import numpy as np
from scipy import stats

CONFIDENCE = 0.95


def average_ranks(values):
    """Mean rank of every method over tables, and its standard error.

    `values` of shape (n_tables, n_methods), higher is better; ties share their mean rank, the best has rank 1.
    """
    ranks = stats.rankdata(-np.asarray(values), axis=1)
    return ranks.mean(axis=0), ranks.std(axis=0, ddof=1) / np.sqrt(len(ranks))


def corrected_interval(differences, test_share):
    """Mean and 95 percent interval of differences over the splits of one table.

    Training folds overlap, so the variance of a mean of n differences is not v / n but v (1 / n + n_test / n_train)
    (C. Nadeau and Y. Bengio, Inference for the generalization error, Machine Learning 52, 2003); Student's t with n - 1
    degrees of freedom. `test_share` is n_test / (n_test + n_train).
    """
    n = len(differences)
    error = np.std(differences, ddof=1) * np.sqrt(1 / n + test_share / (1 - test_share))
    return _interval(np.mean(differences), error, n - 1)


def interval_over_tables(differences):
    """Mean and 95 percent interval of the mean difference over tables, which are independent: Student's t."""
    n = len(differences)
    return _interval(np.mean(differences), np.std(differences, ddof=1) / np.sqrt(n), n - 1)


def _interval(mean, error, freedom):
    half = stats.t.ppf((1 + CONFIDENCE) / 2, freedom) * error
    return mean, mean - half, mean + half


def signed_rank(differences):
    """p value of Wilcoxon's signed-rank test, 1 if there is no difference at all."""
    differences = np.asarray(differences)
    return stats.wilcoxon(differences).pvalue if differences.any() else 1.0


def holm(p_values):
    """p values adjusted for their number (S. Holm, A simple sequentially rejective multiple test procedure, 1979)."""
    p_values = np.asarray(p_values, dtype=float)
    order, n = np.argsort(p_values), len(p_values)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(np.maximum.accumulate(p_values[order] * np.arange(n, 0, -1)), 1)
    return adjusted


def stability(chosen):
    """Stability of selected sets, 1 if they are equal and 0 on average if they are random.

    `chosen` of shape (n_sets, n_columns) is boolean (S. Nogueira, K. Sechidis and G. Brown, On the stability of feature
    selection algorithms, JMLR 18, 2018, definition 4).
    """
    n_sets, n_columns = chosen.shape
    share = chosen.mean(axis=0)
    size = chosen.sum(axis=1).mean() / n_columns
    variance = n_sets / (n_sets - 1) * share * (1 - share)
    return 1 - variance.mean() / (size * (1 - size))
