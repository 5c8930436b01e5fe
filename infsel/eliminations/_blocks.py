"""Models whose columns are blocks of rows, such as one row for each label."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from infsel.eliminations._base import Enough, RowModel
from infsel.eliminations._left_out import LeftOut

_TOTAL = 4.0


class BlockRidge(RowModel):
    """A model on rows, of which several may be one column.

    The importance of a column is that of its rows added up: minus the derivative of the loss with respect to a weight
    that they have in common. With the linear kernel it is the sum of their squared coefficients.

    Parameters
    ----------
    rows : RowModel
    owner : ndarray of int of shape (n_rows,)
        The column that each row belongs to, never decreasing from 0 on and without gaps.
    """

    def __init__(self, rows: RowModel, owner: np.ndarray) -> None:
        self._rows, self._owner = rows, owner

    def until(self, enough: Enough) -> None:
        """Let `importance` of the columns be enough."""
        self._rows.until(lambda shares, n_parts: enough(self._added(shares), n_parts))

    def importance(self) -> np.ndarray:
        """The sum over the rows of each column."""
        result = self._added(self._rows.importance())
        self.resolution = self._rows.resolution * int(np.bincount(self._owner).max())
        return result

    @property
    def errors(self) -> np.ndarray:  # type: ignore[override]
        """Those of the model on rows."""
        return self._rows.errors

    @property
    def null_errors(self) -> np.ndarray:  # type: ignore[override]
        """The same without any column."""
        return self._rows.null_errors

    @property
    def counts(self) -> np.ndarray:  # type: ignore[override]
        """How often each sample counts."""
        return self._rows.counts

    def restrict(self, stays: np.ndarray) -> None:
        """Go on with fewer columns."""
        self._rows.restrict(stays[self._owner])
        self._owner = _renumbered(self._owner, stays)

    def _added(self, values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(values, _starts(self._owner), axis=-1)


@dataclass(frozen=True)
class BlocksLeftOut:
    """The objective of `LeftOut` as a function of one weight for each column, which all its rows have.

    Parameters
    ----------
    rows : LeftOut
    owner : ndarray of int of shape (n_rows,)
        As for `BlockRidge`.
    """

    rows: LeftOut
    owner: np.ndarray

    def __len__(self) -> int:
        return int(self.owner[-1]) + 1

    def __call__(self, v: np.ndarray) -> tuple[float, np.ndarray]:
        """The objective at the weights v, shape (n_features,), and its slope."""
        value, slope = self.rows(v[self.owner])
        return value, np.add.reduceat(slope, _starts(self.owner))

    @property
    def weights(self) -> np.ndarray:
        """How often each sample counts."""
        return self.rows.weights

    @property
    def members(self) -> np.ndarray:
        """The samples of all parts, part after part."""
        return self.rows.members

    def errors(self, v: np.ndarray) -> np.ndarray:
        """Minus the objective of each of the `members`."""
        return self.rows.errors(v[self.owner])

    def of_single(self, v: float) -> np.ndarray:
        """The objective of each column by itself, with the weight v."""
        blocks = (self.rows.restricted(self.owner == column) for column in range(len(self)))
        return np.array([block(np.full(len(block), v))[0] for block in blocks])

    def alike(self, part: np.ndarray) -> np.ndarray:
        """The slope of what one part adds to the objective where all columns have the same weight, with a sum of 4."""
        own = replace(self, rows=replace(self.rows, parts=[part]))
        return own(np.full(len(self), _TOTAL / len(self)))[1]

    def on_parts(self, n_parts: int) -> BlocksLeftOut:
        """The objective on the samples of the first parts."""
        return replace(self, rows=self.rows.on_parts(n_parts))

    def restricted(self, stays: np.ndarray) -> BlocksLeftOut:
        """The objective on the columns that a mask keeps."""
        return BlocksLeftOut(self.rows.restricted(stays[self.owner]), _renumbered(self.owner, stays))


def _starts(owner: np.ndarray) -> np.ndarray:
    return np.flatnonzero(np.diff(owner, prepend=-1))


def _renumbered(owner: np.ndarray, stays: np.ndarray) -> np.ndarray:
    return (np.cumsum(stays) - 1)[owner[stays[owner]]]
