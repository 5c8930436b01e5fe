"""From columns that a user names, by name or number, to their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from infsel._runtime.names import did_you_mean
from infsel.tables._table import Table

_UNNAMED = "its columns have no names: number them, or pass a data frame (set_output(transform='pandas') in a Pipeline)"


def column_number(column: Any, numbers: Mapping[Any, int], what: str) -> int:
    """The number of a column given by name or number.

    Parameters
    ----------
    column : str or int
    numbers : mapping of str to int
        Number of each column by name.
    what : str
        What the column is, for the message of the error.

    Raises
    ------
    ValueError
        If there is no such column.
    """
    if isinstance(column, str) and column in numbers:
        return numbers[column]
    if isinstance(column, int | np.integer) and not isinstance(column, bool) and 0 <= column < len(numbers):
        return int(column)
    near = did_you_mean(column, [name for name in numbers if isinstance(name, str)]) or "."
    raise ValueError(f"{what} {column!r} is neither a column name nor a number from 0 to {len(numbers) - 1}{near}")


def numbers_by_name(table: Table) -> dict[Any, int]:
    """The number of each column of a table by its name, or by itself where columns have no names."""
    names = range(table.shape[1]) if table.names is None else table.names.tolist()
    return {name: number for number, name in enumerate(names)}


def known_numbers(columns: Iterable[Any], table: Table, what: str, handle_unknown: str = "error") -> np.ndarray:
    """The numbers of columns given by name or number, -1 for those that the table does not have.

    Parameters
    ----------
    columns : iterable of str or int
    table : Table
    what : str
        What names them, for the message of the error.
    handle_unknown : {"error", "ignore"}, default="error"
        Whether a column that the table does not have is an error or a -1.

    Raises
    ------
    ValueError
        If there is no such column, with names that resemble it.
    """
    numbers, n_columns = numbers_by_name(table), table.shape[1]
    found = []
    for column in columns:
        try:
            found.append(column_number(column, numbers, what))
        except ValueError:
            if handle_unknown == "ignore":
                found.append(-1)
                continue
            shown = str(column) if isinstance(column, str) else repr(column)
            known = _UNNAMED if table.names is None else f"it has {n_columns} columns"
            near = "" if table.names is None else did_you_mean(column, table.names.tolist())
            raise ValueError(
                f"{what} names {shown!r}, which is no column of X ({known}, from 0 to {n_columns - 1}){near or '.'} "
                "Columns that an earlier step dropped are passed over with handle_unknown='ignore'."
            ) from None
    return np.array(found, dtype=np.intp)


def by_label(values: Any, names: np.ndarray | None) -> Any:
    """A labeled series as the mapping that it is, where any of its labels is the name of a column."""
    if names is None or not hasattr(values, "to_dict") or not hasattr(values, "index"):
        return values
    known = set(names.tolist())
    return values.to_dict() if any(label in known for label in values.index) else values


def groups_of(groups: Any, table: Table, parameter: str, handle_unknown: str = "error") -> dict[Any, np.ndarray]:
    """Numbers of the columns of each group.

    Parameters
    ----------
    groups : mapping or sequence
        A mapping of labels to columns, a mapping of columns to labels, or one label for each column (None for none).
    table : Table
    parameter : str
        What the groups are called, for the messages of errors.
    handle_unknown : {"error", "ignore"}, default="error"

    Returns
    -------
    dict of label to ndarray of int
        Increasing numbers, each once. A group of which the table has no column is left out.

    Raises
    ------
    TypeError
        If the groups are none of these.
    ValueError
        If a column is not there, a group is empty, or there are not as many labels as columns.
    """
    groups = by_label(groups, table.names)
    if isinstance(groups, Mapping):
        labeled = [_is_label(value) for value in groups.values()]
        if all(labeled):
            numbers = known_numbers(groups, table, parameter, handle_unknown)
            return _by_label(numbers, list(groups.values()))
        if not any(labeled):
            return _by_columns(groups, table, parameter, handle_unknown)
    elif not isinstance(groups, str) and hasattr(groups, "__iter__"):
        labels = list(groups)
        if len(labels) != table.shape[1]:
            raise ValueError(
                f"{parameter} holds {len(labels)} labels, but X has {table.shape[1]} columns: pass one label for each, "
                "or a mapping of labels to columns."
            )
        if all(map(_is_label, labels)):
            return _by_label(np.arange(len(labels)), labels)
    raise TypeError(f"{parameter}={groups!r}: pass a mapping of labels to lists of columns, or one label per column.")


def group_of_each(
    groups: Any, columns: np.ndarray, table: Table, handle_unknown: str = "error"
) -> tuple[np.ndarray, list[Any]]:
    """The group of each of some columns, where each has one.

    Parameters
    ----------
    groups : mapping or sequence
        As for `groups_of`.
    columns : ndarray of int
    table : Table
    handle_unknown : {"error", "ignore"}, default="error"

    Returns
    -------
    group : ndarray of int of shape (n_columns,)
        Numbers of groups.
    labels : list
        What the groups are called.

    Raises
    ------
    ValueError
        If a column has no group or two, or all have the same.
    """
    members = groups_of(groups, table, "groups", handle_unknown)
    labels = list(members)
    names = np.arange(table.shape[1]) if table.names is None else table.names
    twice = [number for number, count in Counter(chain(*members.values())).items() if count > 1]
    if twice:
        both = [label for label, numbers in members.items() if twice[0] in numbers]
        column = names[twice].tolist()[0]
        raise ValueError(f"groups overlap: column {column!r} is in {both[0]!r} and {both[1]!r}; give it one.")
    group = np.full(table.shape[1], -1)
    for number, of in enumerate(members.values()):
        group[of] = number
    group = group[columns]
    if (group < 0).any():
        column = names[columns[group < 0]].tolist()[0]
        raise ValueError(f"groups leaves out column {column!r}: give each column a group.")
    if len(group) and (group == group[0]).all():
        raise ValueError(
            f"groups: every column that takes part belongs to {labels[group[0]]!r}, and nothing lies between groups: "
            "name two groups or more."
        )
    return group, labels


def _is_label(value: Any) -> bool:
    return isinstance(value, str) or not hasattr(value, "__iter__")


def _by_label(numbers: np.ndarray, labels: Sequence[Any]) -> dict[Any, np.ndarray]:
    found: dict[Any, list[int]] = {}
    for number, label in zip(numbers, labels, strict=True):
        if number >= 0 and label is not None and label == label:  # NaN is not itself, and no label
            found.setdefault(label, []).append(number)
    return {label: np.unique(members) for label, members in found.items()}


def _by_columns(groups: Mapping[Any, Any], table: Table, parameter: str, handle_unknown: str) -> dict[Any, np.ndarray]:
    found = {}
    for label, columns in groups.items():
        members = known_numbers(columns, table, f"{parameter}[{label!r}]", handle_unknown)
        if not len(members):
            raise ValueError(f"{parameter}[{label!r}] is empty: name its columns or leave it out.")
        found[label] = np.unique(members[members >= 0])
    return {label: members for label, members in found.items() if len(members)}
