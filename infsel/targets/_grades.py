"""Ordered categories as grades: the places of their levels in the order that they declare."""

from typing import Any

import numpy as np

FEWEST_LEVELS = 3  # two levels are classes: turned around they are the same


def is_categorical(y: Any) -> bool:
    """Whether a data frame or series declares categories."""
    return getattr(getattr(y, "dtype", None), "categories", None) is not None or _is_dictionary(y)


def is_graded(y: Any) -> bool:
    """Whether y is of ordered categories (pandas, pyarrow, an Enum of polars), of which there are three or more."""
    if _is_dictionary(y):
        return bool(y.type.ordered) and len(_joined(y).dictionary) >= FEWEST_LEVELS
    kind = getattr(y, "dtype", None)
    ordered = getattr(kind, "ordered", False) is True or type(kind).__name__ == "Enum"
    return ordered and len(kind.categories) >= FEWEST_LEVELS  # type: ignore[union-attr]


def grades_of(y: Any) -> np.ndarray | None:
    """Places 0, 1, ... of the levels among all that are declared, shape (n_samples,); None where they have no order.

    They are equally spaced whatever the levels are called and whichever occur, so that folds agree. What is missing
    has no place, and is for others to refuse.
    """
    if not is_graded(y):
        return None
    if _is_dictionary(y):
        return _joined(y).indices.fill_null(-1).to_numpy().astype(np.intp)
    if hasattr(y, "to_physical"):
        return np.nan_to_num(y.to_physical().to_numpy(), nan=-1).astype(np.intp)
    return np.asarray(getattr(y, "cat", y).codes, dtype=np.intp)


def _is_dictionary(y: Any) -> bool:
    """Whether y is a column of pyarrow that holds places in a dictionary."""
    return hasattr(getattr(y, "type", None), "index_type")


def _joined(y: Any) -> Any:
    """Its chunks as one, with one dictionary."""
    return y.unify_dictionaries().combine_chunks() if hasattr(y, "chunks") else y
