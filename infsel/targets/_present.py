"""One message for values that are missing, and one for infinite ones."""

from typing import Any

import numpy as np

from infsel._runtime.words import counted


def check_present(values: np.ndarray, name: str, rows: np.ndarray | None = None) -> None:
    """Refuse NaN, None, pandas' NA and NaT, and blank text in the output called `name`.

    Parameters
    ----------
    values : ndarray of shape (n_samples,)
    name : str
    rows : ndarray of int of shape (n_samples,), default=None
        The numbers of the samples; None for 0, 1, ...

    Raises
    ------
    ValueError
        With how many there are and the row of the first.
    """
    missing = _missing(values)
    if missing.any():
        first = int(missing.argmax())
        raise ValueError(
            f"Input y contains {_shown(values[first])}: {name} has {counted(missing.sum(), 'missing value')}, the "
            f"first in row {_number(first, rows)}; drop those rows or fill them in."
        )


def check_finite(values: np.ndarray, name: str, rows: np.ndarray | None = None) -> None:
    """Refuse infinity in the output called `name`, whose samples have the numbers `rows`.

    Raises
    ------
    ValueError
        With how many there are and the row of the first.
    """
    infinite = np.isinf(values) if values.dtype.kind == "f" else np.zeros(1, dtype=bool)
    if infinite.any():
        raise ValueError(
            f"Input y contains infinity: {name} has {counted(infinite.sum(), 'infinite value')}, the first in row "
            f"{_number(int(infinite.argmax()), rows)}; drop those rows or clip them."
        )


def _number(place: int, rows: np.ndarray | None) -> int:
    return place if rows is None else int(rows[place])


def _shown(value: Any) -> str:
    if isinstance(value, float | np.floating):
        return "NaN"
    return repr(str(value)) if isinstance(value, str) else f"{value}"


def _missing(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind == "f":
        return np.isnan(values)
    if values.dtype.kind in "mM":
        return np.isnat(values)
    if values.dtype.kind == "U":
        return np.char.strip(values) == ""
    if values.dtype.kind != "O":
        return np.zeros(1, dtype=bool)
    return np.fromiter(map(_is_missing, values), dtype=bool, count=len(values))


def _is_missing(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError, ArithmeticError):  # NA has no truth value, a signaling NaN refuses to be compared
        return True
