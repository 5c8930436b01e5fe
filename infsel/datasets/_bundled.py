"""Tables that come with scikit-learn, under its license."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from infsel._runtime.names import Names
from infsel.datasets._penguins import penguins

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
    return _loaded("breast_cancer", "diagnosis")


def diabetes() -> tuple[pd.DataFrame, pd.Series]:
    """The diabetes table: 442 patients, 10 measurements, and how far the disease progressed in a year.

    Returns
    -------
    X : pandas.DataFrame of shape (442, 10)
    y : pandas.Series of shape (442,)
        ``progression``, numbers from 25 to 346.

    References
    ----------
    Efron, Hastie, Johnstone, Tibshirani (2004). Least Angle Regression. Annals of Statistics 32.

    Examples
    --------
    >>> X, y = diabetes()
    >>> X.shape, y.name
    ((442, 10), 'progression')
    """
    return _loaded("diabetes", "progression")


def digits() -> tuple[pd.DataFrame, pd.Series]:
    """Handwritten digits: 1797 images of 8 x 8 pixels, and the digit of each.

    Returns
    -------
    X : pandas.DataFrame of shape (1797, 64)
        Gray values from 0 to 16; some pixels are always white.
    y : pandas.Series of shape (1797,)
        ``digit``, "0" to "9".

    References
    ----------
    Alpaydin, Kaynak (1998). Optical Recognition of Handwritten Digits. UCI Machine Learning Repository.

    Examples
    --------
    >>> X, y = digits()
    >>> X.shape, y.name
    ((1797, 64), 'digit')
    """
    return _loaded("digits", "digit")


def iris() -> tuple[pd.DataFrame, pd.Series]:
    """Iris flowers: 150 flowers, 4 measurements in cm, and the species.

    Returns
    -------
    X : pandas.DataFrame of shape (150, 4)
    y : pandas.Series of shape (150,)
        ``species``, "setosa", "versicolor" or "virginica", sorted.

    References
    ----------
    Fisher (1936). The use of multiple measurements in taxonomic problems. Annals of Eugenics 7.

    Examples
    --------
    >>> X, y = iris()
    >>> X.shape, y.name
    ((150, 4), 'species')
    """
    return _loaded("iris", "species")


def wine() -> tuple[pd.DataFrame, pd.Series]:
    """Wines: 178 wines of three cultivars, 13 chemical measurements, and the cultivar.

    Returns
    -------
    X : pandas.DataFrame of shape (178, 13)
    y : pandas.Series of shape (178,)
        ``cultivar``, "class_0", "class_1" or "class_2", sorted.

    References
    ----------
    Aeberhard, Forina (1991). Wine. UCI Machine Learning Repository.

    Examples
    --------
    >>> X, y = wine()
    >>> X.shape, y.name
    ((178, 13), 'cultivar')
    """
    return _loaded("wine", "cultivar")


BUNDLED: Names[Callable[[], tuple[Any, Any]]] = Names(
    {table.__name__: table for table in (breast_cancer, diabetes, digits, iris, penguins, wine)}
)


def _loaded(name: str, target: str) -> tuple[pd.DataFrame, pd.Series]:
    """A table of scikit-learn, which is imported here because names of tables are asked for without it."""
    from sklearn import datasets

    bunch = getattr(datasets, f"load_{name}")(as_frame=True)
    y = bunch.target.rename(target)
    return bunch.data, y.map(dict(enumerate(map(str, bunch.target_names)))) if "target_names" in bunch else y
