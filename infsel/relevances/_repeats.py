"""Samples that count several times, written down as often."""

from typing import Any

import numpy as np

from infsel.tables import Table
from infsel.targets import Columns, columns_of


def repeated(table: Table, y: Any, what: str) -> tuple[Table, Any]:
    """A table and a target for a rule that lets every sample count once: whole weights repeat the samples.

    Equal weights that are not whole count once.

    Parameters
    ----------
    table : Table
    y : array-like or None
        Anything where the table has no weights.
    what : str
        The rule, for the message of the error.

    Raises
    ------
    ValueError
        If a weight is not whole.
    """
    weights = table.weights
    if weights is None:
        return table, y
    counts = np.rint(weights).astype(np.intp)
    if table.uneven is None and (counts != weights).any():
        return table.weighted(None), y
    if (counts != weights).any():
        raise ValueError(
            f"{what} cannot weigh samples, and sample_weight holds {weights[counts != weights][0]:g}: pass whole "
            "numbers, which repeat rows, or leave sample_weight out."
        )
    rows = np.repeat(np.arange(len(table)), counts)
    return table.weighted(None).rows(rows), None if y is None else picked(y, rows)


def picked(y: Any, rows: np.ndarray) -> Any:
    """The target of some samples."""
    if isinstance(y, np.ndarray | Columns):
        return y[rows]
    columns = columns_of(y)[rows]
    return columns if columns.special else columns.table()
