"""Models trained on columns as they are, and what is said where a model cannot read some of them."""

from __future__ import annotations

from typing import Any

import narwhals as nw
from sklearn.base import clone

from infsel._runtime.words import listed
from infsel.estimators.base._frames import is_frame

_TEXT = ("could not convert string to float", "Cannot convert string", "could not convert")
_GAPS = ("contains NaN", "missing values", "NaN")


def trained(model: Any, X: Any, y: Any, **params: Any) -> Any:
    """A clone of the model, fitted.

    Raises
    ------
    ValueError
        Where it cannot read columns of a data frame, naming them, with what to do; and whatever the model raises.
    """
    try:
        return clone(model).fit(X, y, **params)
    except ValueError as error:
        if is_frame(X) and (said := _said(str(error), model, X)):
            raise ValueError(said) from error
        raise


def _said(message: str, model: Any, X: Any) -> str | None:
    """The same for a reader who knows the columns; None where the message is about something else."""
    frame, name = nw.from_native(X, eager_only=True), type(model).__name__
    text = [column for column, kind in frame.schema.items() if not (kind.is_numeric() or kind == nw.Boolean)]
    if text and any(words in message for words in _TEXT):
        return (
            f"{name} takes no text, which is in {listed(text)}: encode it in a Pipeline that ends with the model, "
            "such as make_pipeline(make_column_transformer((OneHotEncoder(handle_unknown='ignore'), "
            "make_column_selector(dtype_exclude='number')), remainder='passthrough'), model), or take a model of "
            "categories, such as HistGradientBoostingClassifier(categorical_features='from_dtype') with columns of "
            "the type category."
        )
    gaps = [column.name for column in frame.iter_columns() if _has_gaps(column)]
    if gaps and any(words in message for words in _GAPS):
        return (
            f"{name} takes no missing values, which are in {listed(gaps)}: fill them in a Pipeline that ends with the "
            "model, such as make_pipeline(SimpleImputer(), model), or take a model of gaps, such as "
            "HistGradientBoostingClassifier."
        )
    return None


def _has_gaps(column: Any) -> bool:
    return bool(column.is_null().any() or (column.dtype.is_float() and column.is_nan().any()))
