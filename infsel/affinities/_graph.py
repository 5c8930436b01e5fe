"""Affinity from domain knowledge: which columns are neighbors, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp

from infsel._runtime.ranges import Choice, Flag, Object, Or, parameter
from infsel.affinities._base import Affinity
from infsel.affinities._edges import edges_of
from infsel.operators import FeatureOperator, SharedGroups, Stored
from infsel.tables import Table, by_label, groups_of, known_numbers

_SHOWN = 60  # characters of what is given, in a formula


@dataclass(eq=False)
class Graph(Affinity):
    """A graph of the columns that is known beforehand: pathways, sensors, positions, a hierarchy.

    Columns are found by name, or by number where X has no names, wherever they stand in the table. Give one of `edges`,
    `groups` and `hierarchy`. A column without neighbors is allowed.

    Parameters
    ----------
    edges : frame, list, mapping, networkx graph or sparse matrix, default=None
        A frame with the columns ``source``, ``target`` and perhaps ``weight``; a list of (source, target) or (source,
        target, weight); a mapping of columns to neighbors, or to mappings of neighbors to weights; a networkx graph; a
        SciPy sparse matrix in the order of the columns; a square frame whose rows and columns are labeled by columns.
        An edge that is listed again counts once.
    groups : mapping or sequence, default=None
        A mapping of labels to columns, or one label for each column: entry (i, j) is the number of groups that i and j
        share. Groups may overlap.
    hierarchy : mapping or sequence, default=None
        A mapping of columns to paths from the root down, such as ``("blood", "cells", "red")``, or one path for each
        column: entry (i, j) is the number of levels that their paths share from the root on.
    directed : bool, default=None
        Whether an edge leads from its source to its target only. By default lists, edge frames and mappings lead both
        ways, a networkx graph says itself, and a matrix is taken as it is. Entry (i, j) leads from i to j.
    handle_unknown : {"error", "ignore"}, default="error"
        Whether a column that X does not have is an error, or passed over, as after a screening step in a Pipeline.

    Raises
    ------
    ValueError
        If a column is unknown, an edge has two weights, a weight is not finite, or no edge joins two columns.

    References
    ----------
    Page, Brin, Motwani, Winograd (1999). The PageRank citation ranking. Stanford InfoLab 1999-66.
    Zhou et al. (2003). Learning with Local and Global Consistency. NeurIPS.

    Examples
    --------
    >>> X = np.zeros((2, 4))
    >>> Graph([(0, 1), (1, 2, 0.5)])(X).to_dense()
    array([[0. , 1. , 0. , 0. ],
           [1. , 0. , 0.5, 0. ],
           [0. , 0.5, 0. , 0. ],
           [0. , 0. , 0. , 0. ]])
    >>> Graph(hierarchy=[("a", "b"), ("a", "b"), ("a", "c"), ("d",)])(X).to_dense()
    array([[0., 2., 1., 0.],
           [2., 0., 1., 0.],
           [1., 1., 0., 0.],
           [0., 0., 0., 0.]])
    """

    edges: Any = parameter(Object(), None)
    groups: Any = parameter(Object(), None)
    hierarchy: Any = parameter(Object(), None)
    directed: bool | None = parameter(Or(None, Flag()), None)
    handle_unknown: Literal["error", "ignore"] = parameter(Choice(("error", "ignore")), "error")

    @property
    def placed(self) -> bool:
        return True

    @property
    def reads(self) -> frozenset[str]:
        return frozenset()

    def __repr__(self) -> str:
        given = {name: getattr(self, name) for name in ("edges", "groups", "hierarchy")}
        shown = [f"{name}={_short(value)}" for name, value in given.items() if value is not None]
        shown += [f"directed={self.directed!r}"] if self.directed is not None else []
        shown += [f"handle_unknown={self.handle_unknown!r}"] if self.handle_unknown != "error" else []
        return f"Graph({', '.join(shown)})"

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        return self.among(np.arange(table.shape[1]), table, y)

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        given = [name for name in ("edges", "groups", "hierarchy") if getattr(self, name) is not None]
        if len(given) != 1:
            which = " and ".join(given) if given else "nothing"
            raise ValueError(f"Graph gets {which}: pass one of edges, groups and hierarchy.")
        if given != ["edges"] and self.directed is not None:
            raise ValueError(f"directed={self.directed!r} with {given[0]}, which knows no direction: leave it out.")
        if given == ["edges"]:
            return Stored(self._matrix(table)[columns][:, columns].astype(table.dtype))
        return SharedGroups(self._memberships(table)[columns].astype(table.dtype))

    def _matrix(self, table: Table) -> sp.csr_array:
        """The weights of the edges among all columns."""
        found = edges_of(self.edges, table.shape[1])
        ends = known_numbers([*found.sources, *found.targets], table, "edges", self.handle_unknown)
        i, j = ends.reshape(2, -1)
        there = (i >= 0) & (j >= 0) & (found.weights != 0)
        i, j, weights = i[there], j[there], found.weights[there]
        _refuse_lonely(i, j)
        if not (found.directed if self.directed is None else self.directed):
            i, j, weights = np.concatenate([i, j]), np.concatenate([j, i]), np.tile(weights, 2)
        return _once(i, j, weights, table)

    def _memberships(self, table: Table) -> sp.csr_array:
        """Which columns belong to which groups, as an array of shape (n_features, n_groups)."""
        if self.groups is not None:
            members = groups_of(self.groups, table, "groups", self.handle_unknown)
        else:
            members = self._prefixes(table)
        if not any(len(numbers) > 1 for numbers in members.values()):
            which = "groups" if self.groups is not None else "hierarchy"
            raise ValueError(f"{which}: no two columns of X share a group, so the graph has no edges.")
        rows = np.concatenate(list(members.values()))
        places = np.repeat(np.arange(len(members)), [len(numbers) for numbers in members.values()])
        return sp.csr_array((np.ones(len(rows)), (rows, places)), shape=(table.shape[1], len(members)))

    def _prefixes(self, table: Table) -> dict[Any, np.ndarray]:
        """The columns below each node of the hierarchy."""
        paths = by_label(self.hierarchy, table.names)
        if isinstance(paths, str) or not hasattr(paths, "__iter__"):
            raise TypeError(f"hierarchy={paths!r}: pass a mapping of columns to paths, or one path for each column.")
        if not isinstance(paths, Mapping):
            paths = dict(enumerate(paths))
            if len(paths) != table.shape[1]:
                raise ValueError(f"hierarchy holds {len(paths)} paths, but X has {table.shape[1]} columns.")
        numbers = known_numbers(paths, table, "hierarchy", self.handle_unknown)
        below: dict[Any, list[int]] = {}
        for number, (column, path) in zip(numbers, paths.items(), strict=True):
            if isinstance(path, str) or not hasattr(path, "__iter__"):
                raise TypeError(f"hierarchy[{column!r}]={path!r}: pass the levels from the root down as a tuple.")
            for depth in range(1, len(levels := tuple(path)) + 1):
                if number >= 0:
                    below.setdefault(levels[:depth], []).append(number)
        return {prefix: np.unique(members) for prefix, members in below.items()}


def _refuse_lonely(i: np.ndarray, j: np.ndarray) -> None:
    """Refuse a graph in which nothing is related to anything else."""
    if not len(i):
        raise ValueError("edges: none joins two columns of X: a graph needs at least one edge.")
    if (i == j).all():
        raise ValueError("edges: each leads from a column to itself: a graph needs edges between different columns.")


def _once(i: np.ndarray, j: np.ndarray, weights: np.ndarray, table: Table) -> sp.csr_array:
    """A matrix in which an edge that is listed several times stands once.

    Raises
    ------
    ValueError
        If it is listed with different weights.
    """
    n = table.shape[1]
    keys, first, again = np.unique(i * n + j, return_index=True, return_inverse=True)
    differs = np.flatnonzero(weights[first][again] != weights)
    if len(differs):
        e, names = differs[0], np.arange(n) if table.names is None else table.names
        source, target = names[[i[e], j[e]]].tolist()
        raise ValueError(
            f"edges: from {source!r} to {target!r} there are two weights, {weights[first][again][e]:g} and "
            f"{weights[e]:g}: give each edge one, or pass directed=True where the two directions differ."
        )
    return sp.csr_array((weights[first], (keys // n, keys % n)), shape=(n, n))


def _short(value: Any) -> str:
    """What is given, where it is short, else what it is."""
    text = "" if hasattr(value, "shape") else repr(value)
    return text if 0 < len(text) <= _SHOWN else f"<{type(value).__name__}>"
