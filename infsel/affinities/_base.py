"""What an affinity is, and how affinities add and scale."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from infsel import operators
from infsel._runtime.configurable import Configurable
from infsel._runtime.ranges import Number, Part, is_number, required
from infsel.operators import FeatureOperator
from infsel.tables import Table, as_table


@dataclass
class Affinity(Configurable, ABC):
    """A rule that reads a table and says how its features relate.

    A subclass writes ``relate(table, y)``, with a `infsel.tables.Table` of n_samples x n_features without constant
    columns, and returns a `FeatureOperator` of shape (n_features, n_features). The table knows its statistics, such as
    ``table.unit_columns()``, and the names of its columns. Affinities add, scale and multiply entry by entry like the
    formulas they stand for: ``0.3 * Dispersion() + 0.7 * Redundancy("pearson")``, ``A - B``, ``A * B``, ``A / 2``,
    ``-A``, ``sum([A, B])``.
    """

    __array_ufunc__ = None  # a NumPy number times an affinity is for __rmul__ to answer

    @property
    def reads(self) -> frozenset[str]:
        """What of a table it needs: "samples", or moments alone, of "pairs" of columns or within "classes"."""
        return frozenset({"samples"})

    @property
    def placed(self) -> bool:
        """Whether it knows columns by their names or places, beyond what the table says of them."""
        return False

    def __call__(self, X: Any, y: Any = None) -> FeatureOperator:
        """Check the parameters and relate the columns of X, an array or a table (`infsel.tables.as_table`)."""
        self.check()
        return self._related(as_table(X), y)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The same formula with what is learned or automatic filled in by numbers, which can be printed and used again.

        Parameters
        ----------
        columns : ndarray of int
            The columns of the table that are nodes of the graph, increasing.
        table, y : Table, target
            The whole table, and what the samples are to tell.

        Returns
        -------
        affinity : Affinity
            Itself where nothing is left open.
        """
        return self

    @abstractmethod
    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        """Relate the columns of a table."""

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        """Relate only the columns that `columns`, increasing integers, names: the others stand outside the graph."""
        return self._related(table.columns(columns), y)

    def _related(self, table: Table, y: Any) -> FeatureOperator:
        A = self.relate(table, y)
        if not isinstance(A, FeatureOperator):
            raise TypeError(
                f"{type(self).__name__}.relate returned a {type(A).__name__}: return an operator, such as "
                "infsel.operators.Stored(matrix)."
            )
        return A

    def terms(self) -> list[tuple[float, Affinity]]:
        """The weighted affinities that this one is the sum of, so that formulas can share what they have in common."""
        return [(1.0, self)]

    def __add__(self, other: object) -> Any:
        if is_number(other) and other == 0:  # where sum() starts
            return self
        return Sum(self, other) if isinstance(other, Affinity) else NotImplemented

    __radd__ = __add__

    def __neg__(self) -> Weighted:
        return Weighted(-1.0, self)

    def __sub__(self, other: object) -> Any:
        return Sum(self, -other) if isinstance(other, Affinity) else NotImplemented

    def __mul__(self, other: object) -> Any:
        if is_number(other):
            return Weighted(float(other), self)  # type: ignore[arg-type]
        return Product(self, other) if isinstance(other, Affinity) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Any:
        return Weighted(1 / float(other), self) if is_number(other) else NotImplemented  # type: ignore[arg-type]


@dataclass
class Learned(Affinity):
    """A rule whose numbers the table or the target decides. A subclass writes `resolve`, which returns the formula."""

    @abstractmethod
    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The formula with its numbers."""

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        return self.resolve(columns, table, y).among(columns, table, y)


@dataclass
class OfOne(Affinity):
    """What is made of another affinity. A subclass writes `among`.

    Parameters
    ----------
    affinity : Affinity
    """

    affinity: Affinity = required(Part(Affinity))

    @property
    def reads(self) -> frozenset[str]:
        return self.affinity.reads

    @property
    def placed(self) -> bool:
        return self.affinity.placed

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The same of what the affinity resolves to."""
        return replace(self, affinity=self.affinity.resolve(columns, table, y))


@dataclass
class Weighted(Affinity):
    """A multiple of an affinity.

    Parameters
    ----------
    weight : float
        With weight 0 the affinity is not computed where it is part of a sum.
    affinity : Affinity
    """

    weight: float = required(Number())
    affinity: Affinity = required(Part(Affinity))

    @property
    def reads(self) -> frozenset[str]:
        return self.affinity.reads if self.weight else frozenset()

    @property
    def placed(self) -> bool:
        return self.affinity.placed

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        return operators.Scaled(self.weight, self.affinity.among(columns, table, y))

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """The multiple of what the affinity resolves to."""
        return Weighted(self.weight, self.affinity.resolve(columns, table, y)) if self.weight else self

    def terms(self) -> list[tuple[float, Affinity]]:
        return [(self.weight * weight, affinity) for weight, affinity in self.affinity.terms()]

    def __neg__(self) -> Weighted:
        return Weighted(-self.weight, self.affinity)

    def __repr__(self) -> str:
        return f"{self.weight:g} * {_factor(self.affinity)}"


@dataclass
class Pair(Affinity):
    """Two affinities joined.

    Parameters
    ----------
    first, second : Affinity
    """

    first: Affinity = required(Part(Affinity))
    second: Affinity = required(Part(Affinity))

    @property
    def reads(self) -> frozenset[str]:
        return self.first.reads | self.second.reads

    @property
    def placed(self) -> bool:
        return self.first.placed or self.second.placed

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def resolve(self, columns: np.ndarray, table: Table, y: Any = None) -> Affinity:
        """Both resolved, once where they are one object."""
        first = self.first.resolve(columns, table, y)
        return type(self)(first, first if self.second is self.first else self.second.resolve(columns, table, y))


class Sum(Pair):
    """Two affinities added, as ``first + second`` says.

    Parameters
    ----------
    first, second : Affinity
        The terms; a number times an affinity is one, too.
    """

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        # each term by itself: a given matrix covers all columns, also those that stand outside
        terms = [term for term in (self.first, self.second) if not _vanishes(term)] or [self.first]
        operands = [term.among(columns, table, y) for term in terms]
        return operators.Sum(*operands) if len(operands) == 2 else operands[0]

    def terms(self) -> list[tuple[float, Affinity]]:
        return self.first.terms() + self.second.terms()

    def __repr__(self) -> str:
        if isinstance(self.second, Weighted) and self.second.weight < 0:
            away = -1 * self.second.weight
            rest = _factor(self.second.affinity)
            return f"{self.first!r} - {rest if away == 1 else f'{away:g} * {rest}'}"
        return f"{self.first!r} + {self.second!r}"


class Product(Pair):
    """Two affinities multiplied entry by entry, as ``first * second`` says.

    Parameters
    ----------
    first, second : Affinity
        The factors.
    """

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        A = self.first.among(columns, table, y)
        return operators.Hadamard(A, A if self.second is self.first else self.second.among(columns, table, y))

    def __repr__(self) -> str:
        return f"{_factor(self.first)} * {_factor(self.second)}"


def _factor(affinity: Affinity) -> str:
    return f"({affinity!r})" if isinstance(affinity, Sum) else repr(affinity)


def _vanishes(term: Affinity) -> bool:
    return isinstance(term, Weighted) and term.weight == 0
