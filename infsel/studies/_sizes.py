"""How many features a selector is asked for."""

from collections.abc import Sequence
from typing import Any

from sklearn.base import clone
from sklearn.pipeline import Pipeline

from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.search._rankings import ranker_of

_PARAMETERS = ("n_features_to_select", "k", "max_features")  # infsel and RFE, SelectKBest, SelectFromModel
_SHARES = ((0.1, 10), (0.25, 50), (0.5, 200))  # of the columns, and the most


def default_sizes(n_features: int) -> tuple[int, ...]:
    """Numbers of features to compare selectors at: 10, 25 and 50 percent, at most 10, 50 and 200.

    Parameters
    ----------
    n_features : int
        Of the table.

    Returns
    -------
    tuple of int
        Increasing, each from 1 to n_features.

    Examples
    --------
    >>> default_sizes(30), default_sizes(3000), default_sizes(1)
    ((3, 8, 15), (10, 50, 200), (1,))
    """
    return tuple(sorted({max(1, min(most, round(share * n_features))) for share, most in _SHARES}))


def checked_sizes(sizes: Sequence[int] | None, n_features: int) -> tuple[int, ...]:
    """The numbers of features, increasing, each once.

    Raises
    ------
    ValueError
        If one is not from 1 to n_features, or there is none.
    """
    if sizes is None:
        return default_sizes(n_features)
    chosen = tuple(sorted({int(size) for size in sizes}))
    if not chosen or chosen[0] < 1 or chosen[-1] > n_features:
        raise ValueError(f"sizes={list(sizes)!r}: pass numbers of features from 1 to {n_features}, that of X.")
    return chosen


def size_parameter(selector: Any) -> str | None:
    """The parameter that says how many features to select; None where a selector finds out by itself.

    >>> from sklearn.feature_selection import SelectFdr, SelectKBest
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import MinMaxScaler
    >>> size_parameter(make_pipeline(MinMaxScaler(), SelectKBest())), size_parameter(SelectFdr())
    ('selectkbest__k', None)
    """
    if isinstance(selector, Pipeline):
        for name, step in reversed(selector.steps):
            if (inner := size_parameter(step)) is not None:
                return f"{name}__{inner}"
        return None
    if not hasattr(selector, "get_support"):
        return None
    return next((name for name in _PARAMETERS if name in selector.get_params(deep=False)), None)


def sized(selector: Any, size: int | None) -> Any:
    """A clone that is asked for so many features, where it can be asked; None for None."""
    if selector is None:
        return None
    parameter = None if size is None else size_parameter(selector)
    return clone(selector) if parameter is None else clone(selector).set_params(**{parameter: size})


def fits_of(selector: Any, sizes: tuple[int, ...]) -> list[tuple[int | None, ...]]:
    """The sizes that each fit of a selector serves, increasing: those of infsel need one for all.

    >>> from sklearn.feature_selection import SelectFdr, SelectKBest
    >>> from infsel import InfFS
    >>> fits_of(InfFS(), (2, 5)), fits_of(SelectKBest(), (2, 5)), fits_of(SelectFdr(), (2, 5))
    ([(2, 5)], [(2,), (5,)], [(None,)])
    """
    if selector is None or size_parameter(selector) is None:
        return [(None,)]
    return [sizes] if _recuts(selector) else [(size,) for size in sizes]


def cut_again(fitted: Any, size: int | None) -> None:
    """Let a fitted selector select so many, where it can without another fit."""
    if size is not None and _recuts(fitted):
        kind, ranker = ranker_of(fitted)
        ranker.set_params(n_features_to_select=size)
        kind.mask(ranker)


def _recuts(selector: Any) -> bool:
    """Whether the last step ranks, is one of infsel, and is what is asked for a number."""
    while isinstance(selector, Pipeline):
        selector = selector.steps[-1][1]
    return isinstance(selector, RankingSelector) and selector._counts_features
