"""What a report says, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from infsel.inspection import RedundancyDisplay
    from infsel.studies import Alert, SelectorComparison


@dataclass(frozen=True)
class Cluster:
    """Columns that say much the same.

    Attributes
    ----------
    representative : str
        The best ranked of them.
    members : tuple of (str, float)
        The others with their association with it, from 0 to 1, the closest first.
    """

    representative: str
    members: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Report:
    """What a report says about a table.

    Attributes
    ----------
    name : str
        Of the table.
    target : str
        Of what is predicted.
    task : {"classification", "regression"}
    n_samples, n_features : int
        Size of the table.
    n_judged : int
        Rows of the cross-validation.
    model : str
        What judges the columns.
    verdict : tuple of str
        Three sentences.
    notes : tuple of str
        Sentences on how the table was read.
    alerts : tuple of Alert
        What to look at.
    comparison : SelectorComparison
        Selectors, all columns and columns drawn at random, at several numbers of columns.
    n_selected : int
        The fewest columns whose mean score is within one standard error of the best, by recursive elimination.
    columns : pandas.DataFrame
        One row a column, best first: ``number`` (its place in the table), ``feature``, ``rank``, ``selected``,
        ``reason``, ``importance``, ``p_value``, ``round``, ``kind`` and ``missing`` (a share).
    path : pandas.DataFrame
        Rounds of the elimination: ``n_features``, ``explained``, ``standard_error``, ``by_chance``.
    clusters : tuple of Cluster
        Of two columns and more, the largest first.
    redundancy : RedundancyDisplay or None
        Associations of columns that vary; None for fewer than two.
    hops : pandas.DataFrame or None
        How the ranking of `InfFS` settles with the length of its walks; None where it cannot rank the table.
    code : str
        Python that repeats it.
    """

    name: str
    target: str
    task: str
    n_samples: int
    n_features: int
    n_judged: int
    model: str
    verdict: tuple[str, ...]
    notes: tuple[str, ...]
    alerts: tuple[Alert, ...]
    comparison: SelectorComparison
    n_selected: int
    columns: pd.DataFrame
    path: pd.DataFrame
    clusters: tuple[Cluster, ...]
    redundancy: RedundancyDisplay | None
    hops: pd.DataFrame | None
    code: str
