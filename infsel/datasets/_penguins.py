"""A table as it comes from the field: gaps, text, dates, a constant column, a column of ids."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def penguins() -> tuple[pd.DataFrame, pd.Series]:
    """Penguins of three species near Palmer Station, Antarctica: 344 birds, 16 columns as they were noted down.

    Nothing was cleaned: eight columns have gaps, nine hold text, among them an id of the bird and a date, one counts
    the birds of a sample, and two are the same for all. The data are in the public domain (CC0).

    Returns
    -------
    X : pandas.DataFrame of shape (344, 16)
        Sizes in millimeters and grams, isotopes in parts per thousand, and what else was noted.
    y : pandas.Series of shape (344,)
        ``Species``: "Adelie", "Chinstrap" or "Gentoo".

    References
    ----------
    Gorman, Williams, Fraser (2014). Ecological Sexual Dimorphism and Environmental Variability within a Community of
    Antarctic Penguins (Genus Pygoscelis). PLoS ONE 9(3), e90081.
    Horst, Hill, Gorman (2020). palmerpenguins: Palmer Archipelago (Antarctica) penguin data.

    Examples
    --------
    >>> X, y = penguins()
    >>> X.shape, sorted(y.unique())
    ((344, 16), ['Adelie', 'Chinstrap', 'Gentoo'])
    """
    import pandas as pd  # half a second that a fit does not need

    with as_file(files("infsel.datasets") / "penguins.csv.gz") as path:
        table = pd.read_csv(path)
    y = table.pop("Species").str.split().str[0]  # without the Latin name
    return table, y
