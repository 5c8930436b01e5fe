"""Statistics that a table computes once, for whoever asks first."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

if TYPE_CHECKING:
    from infsel.tables._table import Table

Method = TypeVar("Method", bound=Callable[..., Any])


class Memory:
    """What a table has computed so far, under the names of its methods and their settings."""

    def __init__(self) -> None:
        self.lock, self.results = RLock(), dict[Hashable, Any]()


def remembered(method: Method) -> Method:
    """Let a statistic of a table be computed once for each of its settings; arrays become read-only."""
    return _remembering(method, lambda _table, _key: None)


def by_column(method: Method) -> Method:
    """The same of a statistic with one entry or row a column, which a part of a table may take from the whole."""
    return _remembering(method, _of_whole)


def _remembering(method: Method, elsewhere: Callable[[Table, Hashable], Any]) -> Method:
    @wraps(method)
    def recalled(table: Table, *settings: Hashable) -> Any:
        key, memory = (method.__name__, *settings), table.memory
        with memory.lock:  # who asks while another computes the same waits for it
            if key not in memory.results:
                found = elsewhere(table, key)
                memory.results[key] = _frozen(method(table, *settings) if found is None else found)
            return memory.results[key]

    return cast("Method", recalled)


def _of_whole(table: Table, key: Hashable) -> Any:
    if table.part_of is None:
        return None
    whole, columns = table.part_of
    found = whole.memory.results.get(key)
    return None if found is None else _picked(found, columns)


def _picked(result: Any, columns: Any) -> Any:
    return tuple(each[columns] for each in result) if isinstance(result, tuple) else result[columns]


def _frozen(result: Any) -> Any:
    for array in result if isinstance(result, tuple) else (result,):
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    return result
