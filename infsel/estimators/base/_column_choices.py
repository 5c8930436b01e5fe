"""From columns that a user names to what may be selected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from infsel.selection import Choices
from infsel.tables import column_number


def choices(
    keep: Any,
    exclude: Any,
    feature_groups: Any,
    feature_costs: Any,
    names: Sequence[str],
    unseen: np.ndarray | None = None,
) -> Choices:
    """What may be selected among the named columns.

    Parameters
    ----------
    keep, exclude, feature_groups, feature_costs : object
        Those of a selector.
    names : sequence of str
    unseen : ndarray of bool of shape (n_features,), default=None
        Columns that were excluded when the scores arose, and stay so.

    Raises
    ------
    TypeError
        If a parameter is not of a kind that names columns.
    ValueError
        If a column is not there, is both kept and excluded, or stands in two groups, or a cost is not a finite number.
    """
    numbers = {name: number for number, name in enumerate(names)}
    kept, excluded = _mask("keep", keep, numbers), _mask("exclude", exclude, numbers)
    if (kept & excluded).any():
        column = names[int((kept & excluded).argmax())]
        raise ValueError(f"column {column!r} is in both keep and exclude: name it in one of them.")
    if unseen is not None:
        if (kept & unseen).any():
            column = names[int((kept & unseen).argmax())]
            raise ValueError(f"keep names {column!r}, which was excluded from the fit: fit again to keep it.")
        excluded = excluded | unseen
    if excluded.all():
        raise ValueError("exclude names every column of X: there is nothing to select.")
    group = _numbered(_groups(feature_groups, numbers, names), excluded)
    costs = None if feature_costs is None else _costs(feature_costs, numbers)
    return Choices(group=group, kept=kept, excluded=excluded, costs=costs)


def columns_named(parameter: str, columns: Any, names: Sequence[str]) -> np.ndarray:
    """The columns that a parameter names, as a mask of shape (n_features,)."""
    return _mask(parameter, columns, {name: number for number, name in enumerate(names)})


def _mask(parameter: str, columns: Any, numbers: Mapping[str, int]) -> np.ndarray:
    mask = np.zeros(len(numbers), dtype=bool)
    if columns is not None:
        mask[_numbers(parameter, columns, numbers)] = True
    return mask


def _numbers(parameter: str, columns: Any, numbers: Mapping[str, int]) -> list[int]:
    if isinstance(columns, str | Mapping) or not hasattr(columns, "__iter__"):
        raise TypeError(f"{parameter}={columns!r}: pass a list of column names or numbers, or a mask.")
    columns = list(columns)
    if columns and all(isinstance(entry, bool | np.bool_) for entry in columns):
        if len(columns) != len(numbers):
            raise ValueError(f"{parameter} is a mask of length {len(columns)}, but X has {len(numbers)} columns.")
        return np.flatnonzero(columns).tolist()
    return [column_number(column, numbers, f"{parameter} names a column that X does not have:") for column in columns]


def _groups(feature_groups: Any, numbers: Mapping[str, int], names: Sequence[str]) -> list[list[int]]:
    if feature_groups is None:
        return []
    if isinstance(feature_groups, str) or not hasattr(feature_groups, "__iter__"):
        raise TypeError(f"feature_groups={feature_groups!r}: pass lists of columns, or a mapping of labels to lists.")
    named = feature_groups.items() if isinstance(feature_groups, Mapping) else enumerate(feature_groups)
    groups = {label: _numbers(f"feature_groups[{label!r}]", columns, numbers) for label, columns in named}
    empty = [label for label, columns in groups.items() if not columns]
    if empty:
        raise ValueError(f"feature_groups[{empty[0]!r}] is empty: name its columns or leave it out.")
    twice = [names[column] for column, count in Counter(chain(*groups.values())).items() if count > 1]
    if twice:
        raise ValueError(f"column {twice[0]!r} stands twice in feature_groups: a column has at most one group.")
    return list(groups.values())


def _numbered(groups: list[list[int]], excluded: np.ndarray) -> np.ndarray:
    """Number the groups by their first column; what is excluded leaves its group."""
    first = np.arange(len(excluded))
    for group in groups:
        members = [column for column in group if not excluded[column]]
        first[members] = min(members, default=0)
    return np.unique(first, return_inverse=True)[1]


def _costs(feature_costs: Any, numbers: Mapping[str, int]) -> np.ndarray:
    entries = [0.0] * len(numbers)
    if isinstance(feature_costs, Mapping):
        for column, cost in feature_costs.items():
            entries[column_number(column, numbers, "feature_costs names a column that X does not have:")] = cost
    try:
        costs = np.asarray(entries if isinstance(feature_costs, Mapping) else feature_costs, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"feature_costs={feature_costs!r}: pass numbers, one for each column.") from error
    if costs.shape != (len(numbers),):
        raise ValueError(f"feature_costs has shape {costs.shape}, but X has {len(numbers)} columns: one cost for each.")
    if not np.isfinite(costs).all():
        raise ValueError(f"feature_costs holds {costs[~np.isfinite(costs)][0]}: pass finite numbers.")
    return costs
