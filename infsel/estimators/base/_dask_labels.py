"""Columns of Dask frames whose types do not say what they hold: what differs in each partition says it of all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np

from infsel._runtime.ranges import InvalidParameter
from infsel.estimators.base._given import Given, Levels, as_number, nothing, of_levels, of_series, order_of
from infsel.estimators.base._kinds import Column

Places = dict[Hashable, float]  # the number of each label


class Look(NamedTuple):
    """What a partition holds in a column.

    Attributes
    ----------
    holds, type : str
        As of `Given`.
    values : list
        What differs there; of what are no labels one example, where nobody asked for labels.
    order : list or None
        Categories in their order.
    """

    holds: str
    type: str
    values: list[Any]
    order: Sequence[Any] | None


def needs_a_look(column: nw.Series[Any], asked: Any, known: Callable[[Any], bool]) -> bool:
    """Whether one row does not say what it stands for: other rows do.

    Parameters
    ----------
    column : Series
        Without rows.
    asked : str, sequence or None
        What a user says of it.
    known : callable
        Whether a native column of categories has the same in each partition.
    """
    if asked == "numeric" or isinstance(asked, list | tuple):
        return False
    if asked in ("nominal", "boolean"):
        return True
    if order_of(column) is not None:
        return not known(column.to_native())
    return not (column.dtype.is_numeric() or column.dtype.is_temporal() or isinstance(column.dtype, nw.Boolean))


def look_at(columns: Sequence[nw.Series[Any]], asked: Sequence[Any]) -> list[Look]:
    """What a partition holds in each of some columns."""
    return [_look(of_series(column), kind) for column, kind in zip(columns, asked, strict=True)]


def _look(column: Given, asked: Any) -> Look:
    if column.holds == "nothing":
        return Look(column.holds, column.type(), [], None)
    values, labels = column.levels().values, asked is not None or column.holds == "labels"
    telling = values if labels else sorted(values, key=_is_truth)[:1]  # beside numbers truth values are numbers
    return Look(column.holds, column.type(), telling, column.order)


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool | np.bool_)


def whole(looks: Sequence[Look], column: nw.Series[Any], name: str) -> Given:
    """The column of all partitions, each value of which stands there once.

    Parameters
    ----------
    looks : sequence of Look
    column : Series
        Without rows.
    name : str

    Raises
    ------
    InvalidParameter
        If categories have an order that differs between partitions.
    """
    looks = [look for look in looks if look.values or look.holds == "nothing"] or list(looks[:1])
    values = list(dict.fromkeys(chain.from_iterable(look.values for look in looks)))
    levels = Levels(values, np.arange(len(values)))
    if any(look.holds == "nothing" for look in looks):
        return nothing(lambda: looks[0].type)
    if column.dtype.is_numeric() or column.dtype.is_temporal() or isinstance(column.dtype, nw.Boolean):
        typed = of_series(column)
        return Given(typed.holds, typed.type, lambda: np.array(list(map(as_number, values))), lambda: levels)
    return of_levels(levels, lambda: looks[0].type, _one_order(looks, name))


def _one_order(looks: Sequence[Look], name: str) -> Sequence[Any] | None:
    orders = [look.order for look in looks if look.order is not None]
    if any(list(order) != list(orders[0]) for order in orders):
        raise InvalidParameter(
            f"X has a column whose categories have another order in each partition, {name!r}: X.categorize() finds "
            f"one, or pass a list, kinds={{{name!r}: ['low', 'high']}}."
        )
    return orders[0] if orders else None


def places_of(given: Given, asked: Any, column: Column) -> Places | None:
    """The number of each value of a whole column; None where each is a number by itself."""
    if asked is None and given.holds in ("numbers", "booleans"):
        return None
    return dict(zip(given.levels().values, column.numbers.tolist(), strict=True))


def placed(column: nw.Series[Any], places: Places) -> np.ndarray:
    """The numbers of the labels of a partition, NaN where one is missing."""
    levels = of_series(column).levels()
    return levels.mapped([places[value] for value in levels.values])
