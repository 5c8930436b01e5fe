"""Labels that arrive in batches."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from infsel.targets._single import labels_of, refuse_numbers
from infsel.targets._task import continuous_counts

_FEW_SAMPLES = 2  # of a class: a first batch holds few of each, where numbers hardly repeat at all


def batch_labels(y: Any, seen: Mapping[Any, float], weights: np.ndarray | None = None) -> np.ndarray:
    """The labels of another batch, shape (n_samples,), where `seen` counts those of the batches before.

    Each sample counts as often as its weight says. Whole numbers are read as `is_continuous` reads them, but that twice
    on average is often enough.

    Raises
    ------
    ValueError
        If y cannot be read, holds numbers, or labels of another kind than before.
    """
    column = labels_of(y)
    counts, labels = dict(seen), column.values.tolist()
    for label, count in zip(labels, [1] * len(labels) if weights is None else weights.tolist(), strict=True):
        counts[label] = counts.get(label, 0) + count
    try:
        ordered = sorted(counts)
    except TypeError as error:
        raise ValueError(
            f"y holds {column.values.tolist()[0]!r} and batches before held {next(iter(seen), None)!r}, which cannot "
            "be sorted together: make all labels text or all numbers."
        ) from error
    whole = column.numeric and not column.categorical
    if whole and continuous_counts(np.array([counts[label] for label in ordered]), _FEW_SAMPLES):
        refuse_numbers(column, len(ordered))
    return column.values
