"""Importances of features that any fitted estimator holds, and the ranking that follows where it has none itself."""

from typing import Any

import numpy as np
from sklearn.pipeline import Pipeline

from infsel.selection import mean_ranks


def ranks_of(name: str, selector: Any, n_features: int) -> np.ndarray:
    """Rank that a fitted selector gives each feature, the lower the better, ties at their mean.

    Raises
    ------
    TypeError
        If it holds no ranking.
    ValueError
        If it ranks another number of features.
    """
    found = _ranks(selector)
    if found is None:
        raise TypeError(
            f"selector {name!r}, {selector!r}, has no ranking_, feature_importances_, coef_, scores_ or get_support: "
            "pass one that ranks features."
        )
    if found.shape != (n_features,):
        raise ValueError(
            f"selector {name!r} ranks {len(found)} features and X has {n_features}: let it see all columns."
        )
    return found


def importances_of(fitted: Any) -> tuple[str, np.ndarray] | None:
    """How important a fitted estimator holds each feature, and where it says so; the size of a coefficient counts."""
    # the scores_ of LogisticRegressionCV are those of its folds
    name = next((name for name in ("feature_importances_", "coef_", "scores_") if hasattr(fitted, name)), None)
    if name is None:
        return None
    values = np.asarray(getattr(fitted, name), dtype=np.float64)
    if name == "coef_":  # of several outputs or classes, the norm
        values = np.abs(values) if values.ndim == 1 else np.linalg.norm(values, axis=0)
    return name, values


def required_importances(fitted: Any, n_features: int) -> np.ndarray:
    """What a fitted estimator gives each feature: its `feature_importances_`, the size of its `coef_`, or `scores_`.

    Raises
    ------
    TypeError
        If it has none of them.
    ValueError
        If they are not one number for each feature.
    """
    found = importances_of(fitted)
    if found is None:
        raise TypeError(
            f"{type(fitted).__name__} has neither feature_importances_ nor coef_ nor scores_ after its fit: pass a "
            "selector or model that scores features."
        )
    name, values = found
    if values.shape != (n_features,) or not np.isfinite(values).all():
        raise ValueError(
            f"{name} of {type(fitted).__name__} must hold one finite number for each of {n_features} features."
        )
    return values


def _ranks(selector: Any) -> np.ndarray | None:
    if isinstance(selector, Pipeline):
        return _ranks(selector[-1])
    if hasattr(selector, "ranking_"):
        return np.asarray(selector.ranking_, dtype=np.float64)
    if (found := importances_of(selector)) is not None:
        return mean_ranks(found[1])
    if hasattr(selector, "estimator_") and (inner := _ranks(selector.estimator_)) is not None:
        return inner
    return mean_ranks(selector.get_support().astype(np.float64)) if hasattr(selector, "get_support") else None
