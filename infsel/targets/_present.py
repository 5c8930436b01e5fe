"""One message for values that are missing, and one for infinite ones."""

from typing import Any

import numpy as np


def check_present(values: np.ndarray, name: str) -> None:
    """Refuse NaN, None, pandas' NA and NaT in the output called `name`.

    Raises
    ------
    ValueError
        With how many there are and the row of the first.
    """
    missing = _missing(values)
    if missing.any():
        row = int(missing.argmax())
        value = "NaN" if values.dtype.kind == "f" or isinstance(values[row], float) else f"{values[row]}"
        raise ValueError(
            f"Input y contains {value}: {name} has {missing.sum()} missing values, the first in row {row}; drop those "
            "rows or fill them in."
        )


def check_finite(values: np.ndarray, name: str) -> None:
    """Refuse infinity in the output called `name`.

    Raises
    ------
    ValueError
        With how many there are and the row of the first.
    """
    infinite = np.isinf(values) if values.dtype.kind == "f" else np.zeros(1, dtype=bool)
    if infinite.any():
        raise ValueError(
            f"Input y contains infinity: {name} has {infinite.sum()} infinite values, the first in row "
            f"{int(infinite.argmax())}; drop those rows or clip them."
        )


def _missing(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind == "f":
        return np.isnan(values)
    if values.dtype.kind in "mM":
        return np.isnat(values)
    if values.dtype.kind != "O":
        return np.zeros(1, dtype=bool)
    return np.fromiter(map(_is_missing, values), dtype=bool, count=len(values))


def _is_missing(value: Any) -> bool:
    try:
        return value is None or bool(value != value)
    except (TypeError, ValueError, ArithmeticError):  # NA has no truth value, a signaling NaN refuses to be compared
        return True
