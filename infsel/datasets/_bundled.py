"""Tables that come with scikit-learn, under its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sklearn.datasets import load_breast_cancer

if TYPE_CHECKING:
    import pandas as pd


def breast_cancer() -> tuple[pd.DataFrame, pd.Series]:
    """The breast cancer table of Wisconsin: 569 tumors, 30 measurements of their cell nuclei, and the diagnosis.

    Returns
    -------
    X : pandas.DataFrame of shape (569, 30)
        Measurements on very different scales.
    y : pandas.Series of shape (569,)
        ``diagnosis``, "malignant" or "benign".

    References
    ----------
    Wolberg, Mangasarian, Street, Street (1993). Breast Cancer Wisconsin (Diagnostic). UCI Machine Learning Repository.

    Examples
    --------
    >>> X, y = breast_cancer()
    >>> X.shape, y.name, sorted(y.unique())
    ((569, 30), 'diagnosis', ['benign', 'malignant'])
    """
    bunch = load_breast_cancer(as_frame=True)
    names = dict(enumerate(map(str, bunch.target_names)))
    y = bunch.target.map(names).rename("diagnosis")
    return bunch.data, y
