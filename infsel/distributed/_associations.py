"""Columns with gaps and labels in parts on a cluster, of which how far any two are associated is known."""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from typing import Any

import numpy as np

from infsel.distributed._parted import PartedRows
from infsel.embeddings import AssociatedRows
from infsel.operators import Gram, unchanged


class DistributedAssociations(PartedRows):
    """`AssociatedRows` in parts, whose columns know their numbers in the whole table.

    Parameters
    ----------
    runner, parts, bounds, n_samples, dtype
        As for `PartedRows`, whose parts are `AssociatedRows`.
    """

    def read_as(self, reading: Callable[..., np.ndarray]) -> DistributedAssociations:
        """The same with another product."""
        return self._each("reading", methodcaller("read_as", reading))

    def presuming(self, unknown: float) -> DistributedAssociations:
        """The same with another product where nothing is known."""
        return self._each("reading", methodcaller("presuming", unknown))

    def _each(self, name: str, change: Callable[[Any], Any]) -> DistributedAssociations:
        return self._with(self.runner.hold(self.runner.call(name, change, part) for part in self.parts))

    @property
    def roundoff(self) -> np.ndarray:
        """Bound on the error of a product, shape (n_rows,)."""
        return self._joined([self.runner.call("statistics", _roundoff, part) for part in self.parts])

    def here(self) -> AssociatedRows:
        """The same in this process."""
        parts = self.runner.fetch(self.runner.call("rows", _alone, part) for part in self.parts)
        return AssociatedRows.joined(parts)

    def project(self, x: np.ndarray) -> np.ndarray:
        """What `lift` needs of x: x itself."""
        return x

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z Z^T x, where v is the projection of x."""
        return Gram(self, unchanged, nonnegative=None, kept_bytes=0).matvec(v)


def _alone(part: AssociatedRows) -> AssociatedRows:
    """The rows without others of their columns, so that few travel."""
    return AssociatedRows.joined([part])


def _roundoff(part: AssociatedRows) -> np.ndarray:
    return part.roundoff
