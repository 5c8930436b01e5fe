"""One type for a column that Parquet files have by several: whole numbers where no gap was, nothing but gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

_TEXT = "string[pyarrow]"


def common(types: Sequence[Any]) -> Any:
    """The type that holds a column of all files; None where their types are one, or of one kind that pandas joins.

    Parameters
    ----------
    types : sequence of pyarrow.DataType
        Of the column in each file.

    Raises
    ------
    ValueError
        If they hold what is not of one kind, such as numbers and text.

    Examples
    --------
    >>> import pyarrow
    >>> common([pyarrow.float64(), pyarrow.int64(), pyarrow.null()])
    dtype('float64')
    """
    differing = list(dict.fromkeys(types))
    there = [each for each in differing if family(each) != "nothing"]
    if len(differing) == 1 or not there:
        return None
    if len({family(each) for each in there}) > 1:
        raise ValueError(f"types of several kinds: {', '.join(map(str, there))}")
    return _holding(there, len(there) < len(differing))


def _holding(there: list[Any], has_gaps: bool) -> Any:
    """The type for what types of one kind hold, beside files of nothing but gaps."""
    kind = family(there[0])
    if kind == "numbers":
        return np.result_type(*(each.to_pandas_dtype() for each in there), *[np.float32] * has_gaps)
    if kind == "text":
        return _TEXT if has_gaps or not all(map(_is_category, there)) else None
    if kind == "booleans":
        return pd.BooleanDtype()
    return np.dtype(there[0].to_pandas_dtype()) if kind == "dates" else None


def family(kind: Any) -> str:
    """What a type holds, however it is stored."""
    from pyarrow import types

    if types.is_null(kind):
        return "nothing"
    if _is_category(kind):
        return family(kind.value_type)
    if types.is_integer(kind) or types.is_floating(kind):
        return "numbers"
    if types.is_string(kind) or types.is_large_string(kind):
        return "text"
    if types.is_boolean(kind):
        return "booleans"
    return "dates" if types.is_timestamp(kind) and kind.tz is None else str(kind)


def _is_category(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_dictionary(kind))
