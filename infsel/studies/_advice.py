"""Which selector suits which table: docs/quality_two_models.md measured 27 of labels, docs/quality.md 9 of numbers."""

from infsel._runtime.pages import page

_MEASURED = {
    "a target of numbers": 'mean R² 0.620, with kernel="linear" 0.626; L1 0.616, F-test 0.567',
    "at least as many rows as columns": ("mean balanced accuracy 0.811, linear 0.810; FastCan 0.803, F-test 0.766"),
    "more columns than rows and 2 classes": ("mean balanced accuracy 0.857; JMI 0.850, F-test 0.821"),
    "more columns than rows and more than 2 classes": ("mean balanced accuracy 0.805; SVM-RFE 0.800, F-test 0.708"),
}


def advice(n_samples: int, n_features: int, n_classes: int) -> str:
    """Say which selectors predicted best on benchmark tables of a kind.

    Parameters
    ----------
    n_samples, n_features : int
        Size of the table.
    n_classes : int
        Of the target; 0 for numbers.

    Returns
    -------
    str
        A sentence with the measurements.

    Examples
    --------
    >>> print(advice(100, 2000, 3)[:71])
    On benchmark tables with more columns than rows and more than 2 classes
    """
    if n_classes == 0:
        kind = "a target of numbers"
    elif n_samples >= n_features:
        kind = "at least as many rows as columns"
    elif n_classes == 2:
        kind = "more columns than rows and 2 classes"
    else:
        kind = "more columns than rows and more than 2 classes"
    measured = f"On benchmark tables with {kind} RecursiveElimination came first ({_MEASURED[kind]})"
    return f"{measured}: {page('choosing')}."
