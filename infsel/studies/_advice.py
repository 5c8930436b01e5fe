"""Which selector suits which table: docs/quality.md measured 20 of labels and 9 of numbers."""

from infsel._runtime.pages import page

# the default comes first where both kernels do: it is as good within the error and sees interactions
_MEASURED = {
    "a target of numbers": (
        'with either kernel (mean R² 0.622, and 0.626 with kernel="linear", which misses interactions; L1 0.616, '
        "F-test 0.567)"
    ),
    "at least as many rows as columns": (
        'with either kernel (mean balanced accuracy 0.805, and 0.810 with kernel="linear", which misses interactions; '
        "CMIM 0.802, F-test 0.774)"
    ),
    "more columns than rows and 2 classes": "(mean balanced accuracy 0.884; JMI 0.874, F-test 0.880)",
    "more columns than rows and more than 2 classes": "(mean balanced accuracy 0.855; JMI 0.834, F-test 0.770)",
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
    measured = f"On benchmark tables with {kind} RecursiveElimination came first {_MEASURED[kind]}"
    return f"{measured}: {page('choosing')}."
