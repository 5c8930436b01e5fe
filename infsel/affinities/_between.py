"""Affinity between groups of columns, or within them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Object, parameter, required
from infsel.affinities._base import OfOne
from infsel.operators import FeatureOperator, masked
from infsel.tables import Table, group_of_each

_SHOWN = 60  # characters of the groups in a formula


@dataclass(eq=False)
class Within(OfOne):
    """An affinity where two columns belong to one group, and 0 elsewhere.

    Parameters
    ----------
    affinity : Affinity
        Whose entries these are.
    groups : mapping or sequence
        A mapping of labels to columns, by name or number; a mapping of columns to labels; or one label for each column.
        Each column belongs to one group.
    handle_unknown : {"error", "ignore"}, default="error"
        Whether a column that X does not have is an error, or passed over, as after a screening step in a Pipeline.

    Raises
    ------
    ValueError
        If a column is unknown, has no group or two, or all columns belong to one.

    Examples
    --------
    >>> from infsel.affinities import Given
    >>> X = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0]])
    >>> Within(Given(np.ones((3, 3))), ["a", "a", "b"])(X).to_dense()
    array([[1., 1., 0.],
           [1., 1., 0.],
           [0., 0., 1.]])
    """

    _within: ClassVar[bool] = True

    groups: Any = required(Object())
    handle_unknown: Literal["error", "ignore"] = parameter(Choice(("error", "ignore")), "error")

    @property
    def placed(self) -> bool:
        return True

    def __repr__(self) -> str:
        text = "" if hasattr(self.groups, "shape") else repr(self.groups)
        shown = text if 0 < len(text) <= _SHOWN else f"<{type(self.groups).__name__}>"
        unknown = f", handle_unknown={self.handle_unknown!r}" if self.handle_unknown != "error" else ""
        return f"{type(self).__name__}({self.affinity!r}, {shown}{unknown})"

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        group, _ = group_of_each(self.groups, columns, table, self.handle_unknown)
        return masked(self.affinity.among(columns, table, y), group, within=self._within)


class Between(Within):
    """An affinity where two columns belong to different groups, and 0 elsewhere: each hop changes the group.

    Columns of one group often share what has its origin in how they were measured. Walks that leave the group at every
    hop bring what the groups have in common.

    Parameters
    ----------
    affinity : Affinity
        Whose entries these are.
    groups : mapping or sequence
        As for `Within`.
    handle_unknown : {"error", "ignore"}, default="error"
        As for `Within`.

    Raises
    ------
    ValueError
        As for `Within`.

    Examples
    --------
    >>> from infsel.affinities import Given
    >>> X = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0]])
    >>> Between(Given(np.ones((3, 3))), {"a": [0, 1], "b": [2]})(X).to_dense()
    array([[0., 0., 1.],
           [0., 0., 1.],
           [1., 1., 0.]])
    """

    _within: ClassVar[bool] = False
