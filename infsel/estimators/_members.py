"""The ranking that any fitted selector holds."""

from typing import Any

import numpy as np
from scipy.stats import rankdata
from sklearn.pipeline import Pipeline


def positions(name: str, selector: Any, n_features: int) -> np.ndarray:
    """Position of each feature in the ranking of a fitted selector, the lower the better, ties at their mean.

    Raises
    ------
    TypeError
        If it holds no ranking.
    ValueError
        If it ranks another number of features.
    """
    found = _positions(selector)
    if found is None:
        raise TypeError(
            f"selector {name!r}, {selector!r}, has no ranking_, scores_, feature_importances_, coef_ or get_support: "
            "pass one that ranks features."
        )
    if found.shape != (n_features,):
        raise ValueError(
            f"selector {name!r} ranks {len(found)} features and X has {n_features}: let it see all columns."
        )
    return found


def _positions(selector: Any) -> np.ndarray | None:
    if isinstance(selector, Pipeline):
        return _positions(selector[-1])
    if hasattr(selector, "ranking_"):
        return np.asarray(selector.ranking_, dtype=np.float64)
    for attribute in ("scores_", "feature_importances_", "coef_"):
        if hasattr(selector, attribute):
            return _by_size(getattr(selector, attribute), signed=attribute != "coef_")
    if hasattr(selector, "estimator_") and (found := _positions(selector.estimator_)) is not None:
        return found
    return _by_size(selector.get_support(), signed=True) if hasattr(selector, "get_support") else None


def _by_size(values: Any, signed: bool) -> np.ndarray:
    """Positions by falling value, or by the norm of a coefficient over the outputs; NaN last."""
    numbers = np.asarray(values, dtype=np.float64)
    worth = numbers if signed else np.linalg.norm(np.atleast_2d(numbers), axis=0)
    return rankdata(np.where(np.isnan(worth), np.inf, -worth))
