"""Only where it is quick: it says whether mrmr.py is faithful."""

NAME = "mrmr_selection"
COMPUTES = "mRMR by the package itself, on tables of up to 150 columns"
KIND = "check"
SUPERVISED = True
TASKS = ("classification", "regression")
PACKAGE = "mrmr_selection"
MOST_COLUMNS = 150


def order(X, y, k, seed):
    import pandas as pd
    from mrmr import mrmr_classif, mrmr_regression
    from quality.columns import is_regression

    select = mrmr_regression if is_regression(y) else mrmr_classif
    return select(pd.DataFrame(X), pd.Series(y), K=min(k, X.shape[1]), n_jobs=1, show_progress=False)
