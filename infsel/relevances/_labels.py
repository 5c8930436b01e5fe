"""Targets, read as classes or as numbers."""

from typing import Any

import numpy as np

from infsel._columns import varying


def classes_of(y: Any) -> tuple[np.ndarray, np.ndarray]:
    """The classes in ascending order, shape (n_classes,), and the position of each sample's class, shape (n_samples,).

    Raises
    ------
    ValueError
        If y is absent, not a vector of at least two classes, or holds fractions.
    """
    labels = labels_of(y)
    try:
        classes, codes = np.unique(labels, return_inverse=True)
    except TypeError as error:
        raise ValueError(
            "y mixes labels that cannot be sorted: make all of them text or all of them numbers."
        ) from error
    if len(classes) < 2:
        raise ValueError(f"y has {len(classes)} class, and a relevance compares at least 2: pass a target that varies.")
    return classes, codes


def labels_of(y: Any) -> np.ndarray:
    """The target as class labels, shape (n_samples,).

    Raises
    ------
    ValueError
        If y is absent, not a vector, or holds fractions.
    """
    labels = _vector(y)
    if labels.dtype.kind == "f" and not np.array_equal(labels, np.round(labels)):
        example = labels[labels != np.round(labels)][0]
        raise ValueError(
            f"y holds {example}, which is no class label: use a relevance that takes numbers, Correlation or "
            "MutualInformation, or cut y into classes."
        )
    return labels


def numbers_of(y: Any) -> np.ndarray:
    """The target in double precision, shape (n_samples,).

    Raises
    ------
    ValueError
        If y is absent, not a vector of finite numbers, or constant.
    """
    values = _vector(y)
    if not _is_numeric(values):
        raise ValueError(
            f"y holds {values.tolist()[0]!r}, which is no number: use a relevance for classes, Fisher or AnovaF."
        )
    numbers = values.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError(f"y holds {numbers[~np.isfinite(numbers)][0]}: remove the samples whose target is not finite.")
    if not varying(numbers[:, np.newaxis])[0]:
        raise ValueError(f"y is {numbers[0]} everywhere, and a relevance compares: pass a target that varies.")
    return numbers


def _vector(y: Any) -> np.ndarray:
    if y is None:
        raise ValueError("this relevance needs a target y, and y is None: pass one, or choose SharedInformation.")
    vector = np.asarray(y)
    if vector.ndim != 1 or vector.size == 0:
        raise ValueError(f"y has shape {vector.shape}: pass one value per sample.")
    return vector


def _is_numeric(values: np.ndarray) -> bool:
    return values.dtype.kind in "buif" or all(isinstance(value, int | float | np.number) for value in values)
