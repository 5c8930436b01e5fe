"""Tables that arrive in batches of samples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from infsel.estimators.base._column_choices import columns_named
from infsel.tables import Moments, Table
from infsel.targets import batch_labels


def with_batch(moments: Moments | None, reads: frozenset[str], batch: Table, y: Any) -> Moments:
    """The moments of all batches so far and this one; those before stay as they are.

    Raises
    ------
    ValueError
        If labels are missing, or earlier batches were read for less.
    """
    if moments is None:
        moments = Moments(batch.shape[1], batch.dtype, scatter="pairs" in reads, names=batch.names)
    lacking = ("pairs" in reads and moments.total.scatter.ndim == 1) or (
        "classes" in reads and len(moments) > sum(group.n_samples for group in moments.classes.values())
    )
    if lacking:
        raise ValueError(
            "parameters changed between batches, and the moments they need now were not kept: call fit, or take all "
            "batches again with a new selector."
        )
    seen = {label: group.weight for label, group in moments.classes.items()}
    labels = batch_labels(y, seen, batch.weights) if "classes" in reads else None
    return moments.merged(batch, labels)


@contextmanager
def as_before_if_refused(selector: Any) -> Iterator[None]:
    """Leave no trace of what fails inside in the attributes of a selector, which are replaced and never changed."""
    before = dict(vars(selector))
    try:
        yield
    except BaseException:
        selector.__dict__ = before
        raise


def check_still_excluded(exclude: Any, names: np.ndarray, unseen: np.ndarray | None) -> None:
    """Refuse a column that batches before this one were not read for.

    Raises
    ------
    ValueError
    """
    if unseen is None:
        return
    back = unseen & ~columns_named("exclude", exclude, names.tolist())
    if back.any():
        raise ValueError(
            f"column {names[back][0]!r} was excluded from batches before and is not now: call fit, or take all batches "
            "again with a new selector."
        )
