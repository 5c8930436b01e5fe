"""Tables that arrive in batches of samples."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.sparse as sp

from infsel.estimators.base._column_choices import columns_named
from infsel.tables import Moments, whole
from infsel.targets import batch_labels

if TYPE_CHECKING:
    from infsel.estimators.graph._selector import GraphSelector


def allows_batches(selector: GraphSelector) -> bool:
    """Whether `partial_fit` exists.

    Raises
    ------
    AttributeError
        If the scores need all samples at once.
    """
    try:
        reads = selector._composition().reads
    except (TypeError, ValueError):
        return True  # the call itself says what is wrong with the parameters
    if "samples" in reads:
        raise AttributeError(
            f"{selector!r} reads all samples at once, so it has no partial_fit: use correlation='pearson', or an "
            "affinity and a start that moments decide."
        )
    return True


def with_batch(moments: Moments | None, reads: frozenset[str], X: Any, y: Any) -> Moments:
    """The moments of all batches so far and this one; those before stay as they are.

    Raises
    ------
    ValueError
        If labels are missing, or earlier batches were read for less.
    """
    if moments is None:
        moments = Moments(X.shape[1], X.dtype, scatter="pairs" in reads)
    lacking = ("pairs" in reads and moments.total.scatter.ndim == 1) or (
        "classes" in reads and len(moments) > sum(group.n_samples for group in moments.classes.values())
    )
    if lacking:
        raise ValueError(
            "parameters changed between batches, and the moments they need now were not kept: call fit, or take all "
            "batches again with a new selector."
        )
    seen = {label: group.n_samples for label, group in moments.classes.items()}
    labels = batch_labels(y, seen) if "classes" in reads else None
    return moments.merged(X.toarray() if sp.issparse(X) else whole(X), labels)


@contextmanager
def as_before_if_refused(selector: GraphSelector) -> Iterator[None]:
    """Leave no trace of what fails inside in the attributes of a selector, which are replaced and never changed."""
    before = dict(vars(selector))
    try:
        yield
    except BaseException:
        selector.__dict__ = before
        raise


def check_still_excluded(selector: GraphSelector, unseen: np.ndarray | None) -> None:
    """Refuse a column that batches before this one were not read for.

    Raises
    ------
    ValueError
    """
    if unseen is None:
        return
    names = selector._names()
    back = unseen & ~columns_named("exclude", selector._wish("exclude"), names.tolist())
    if back.any():
        raise ValueError(
            f"column {names[back][0]!r} was excluded from batches before and is not now: call fit, or take all batches "
            "again with a new selector."
        )
