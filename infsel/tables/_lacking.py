"""Tables that lack something: entries are missing, or columns hold labels and no numbers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.ranges import InvalidParameter
from infsel.tables._table import Table


class LackingTable(Table):
    """Numbers of which some are missing, and labels: what reads every number is refused by the name of a column.

    Attributes
    ----------
    kinds : ndarray of str of shape (n_features,)
        "numeric", "boolean", "ordinal" or "nominal".
    informative : bool
        Whether a gap is a value of its own, rather than nothing known.
    """

    is_plain: ClassVar[bool] = False
    has_whole_ranks = False

    kinds: np.ndarray
    informative: bool

    @abstractmethod
    def gaps(self) -> np.ndarray:
        """How many entries of each column are missing, shape (n_features,)."""

    @abstractmethod
    def here(self) -> Any:
        """The table as a `MixedTable` of this process."""

    @abstractmethod
    def blocks_here(self) -> Iterator[tuple[slice, np.ndarray]]:
        """All columns in order, some at a time in this process, NaN in the gaps, each with where it lies."""

    @property
    def nominal(self) -> np.ndarray:
        """Which columns hold labels, as a mask of shape (n_features,)."""
        return np.asarray(self.kinds == "nominal")

    @property
    def called(self) -> np.ndarray:
        """The names of the columns, or what a user knows them by: their numbers in the table that they come from."""
        return np.array([f"x{i}" for i in self._numbered()]) if self.names is None else self.names

    def require_plain(self, who: str, otherwise: str = "") -> None:
        """Refuse, saying what `who` lacks."""
        if self._lacking.any():
            raise InvalidParameter(f"{who} needs a table of numbers without gaps: {self._why()[:-1]}{otherwise}.")

    @property
    def _lacking(self) -> np.ndarray:
        """Which columns are not plain numbers, as a mask of shape (n_features,)."""
        return self.nominal | (self.gaps() > 0)

    def _require_all(self, start: int, stop: int) -> None:
        if self._lacking[start:stop].any():
            raise InvalidParameter(f"what reads every number cannot be used: {self._why(slice(start, stop))}")

    def _require_numbers(self) -> None:
        if self.nominal.any():
            raise InvalidParameter(f"what needs numbers cannot be used: {self._why()}")

    def _numbered(self) -> np.ndarray:
        """The numbers of the columns in the table that they were taken from."""
        table: Table = self
        columns = np.arange(self.shape[1])
        while table._part_of is not None:
            table, of_whole = table._part_of
            columns = of_whole[columns]
        return columns

    def _why(self, some: slice = slice(None)) -> str:
        """Which columns stand in the way, and what to do."""
        labels, gaps, named = self.nominal[some], self.gaps()[some] > 0, self.called
        parts = [
            (labels, "holds labels", "encode them (sklearn.preprocessing.OneHotEncoder or TargetEncoder)"),
            (gaps, "has gaps", "fill them (sklearn.impute.SimpleImputer)"),
        ]
        found = [(f"column {str(named[some][mask][0])!r} {what}", remedy) for mask, what, remedy in parts if mask.any()]
        return " and ".join(what for what, _ in found) + "; " + ", ".join(remedy for _, remedy in found) + "."
