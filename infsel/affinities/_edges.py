"""Edge lists from whatever holds a graph: frames, tuples, mappings, networkx, matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp

_FORMS = (
    "pass a frame with the columns source, target and perhaps weight, a list of (source, target) or (source, target, "
    "weight), a mapping of columns to neighbors, a networkx graph, a SciPy sparse matrix, or a square frame with labels"
)


class Edges(NamedTuple):
    """Ends of edges as the user names them, their weights, and whether what holds them is directed by itself."""

    sources: Sequence[Any]
    targets: Sequence[Any]
    weights: np.ndarray
    directed: bool


def edges_of(graph: Any, n_features: int) -> Edges:
    """The edges of a graph.

    Raises
    ------
    TypeError
        If it is nothing that holds a graph.
    ValueError
        If a matrix has another shape than the table needs, or a weight is not a finite number.
    """
    if hasattr(graph, "is_directed") and hasattr(graph, "edges"):  # networkx
        found = _listed(graph.edges(data="weight", default=1.0), graph.is_directed())
    elif sp.issparse(graph):
        found = _of_matrix(graph, n_features)
    elif isinstance(graph, Mapping):
        found = _listed([edge for node, others in graph.items() for edge in _from(node, others)], False)
    elif hasattr(graph, "columns"):
        found = _of_frame(graph)
    elif isinstance(graph, str) or not hasattr(graph, "__iter__"):
        raise TypeError(f"edges={graph!r}: {_FORMS}.")
    else:
        found = _listed(graph, False)
    bad = np.flatnonzero(~np.isfinite(found.weights))
    if len(bad):
        edge = f"from {found.sources[bad[0]]!r} to {found.targets[bad[0]]!r}"
        raise ValueError(f"edges: the weight {edge} is {found.weights[bad[0]]}: weights must be finite numbers.")
    return found


def _from(node: Any, others: Any) -> Iterable[tuple[Any, ...]]:
    """The edges of one node to its neighbors."""
    if isinstance(others, Mapping):
        return [(node, other, weight) for other, weight in others.items()]
    if isinstance(others, str) or not hasattr(others, "__iter__"):
        raise TypeError(f"edges[{node!r}]={others!r}: pass a list of neighbors, or a mapping of neighbors to weights.")
    return [(node, other) for other in others]


def _listed(edges: Iterable[Any], directed: bool) -> Edges:
    listed = list(edges)
    for edge in listed:
        if isinstance(edge, str) or not hasattr(edge, "__len__") or len(edge) not in (2, 3):
            raise TypeError(f"edges holds {edge!r}: {_FORMS}.")
    weights = _numbers([edge[2] if len(edge) == 3 else 1.0 for edge in listed])
    return Edges([edge[0] for edge in listed], [edge[1] for edge in listed], weights, directed)


def _of_frame(frame: Any) -> Edges:
    """The edges of a frame with one a row, or with one row and one column a feature."""
    columns = list(getattr(frame, "column_names", frame.columns))
    if "source" in columns and "target" in columns:
        sources, targets = np.asarray(frame["source"]).tolist(), np.asarray(frame["target"]).tolist()
        weights = np.asarray(frame["weight"]) if "weight" in columns else np.ones(len(sources))
        return Edges(sources, targets, _numbers(weights), False)
    if not hasattr(frame, "index") or len(frame) != len(columns):
        raise ValueError(f"edges is a frame with the columns {columns[:6]}: {_FORMS}.")
    for axis, labels in (("row", frame.index), ("column", frame.columns)):
        if not labels.is_unique:
            raise ValueError(f"edges has repeated {axis} labels: give each feature one {axis}.")
    matrix = _numbers(frame.to_numpy())
    rows, places = np.nonzero(matrix)
    labels = list(frame.index)
    return Edges([labels[i] for i in rows], [columns[j] for j in places], matrix[rows, places], True)


def _of_matrix(matrix: Any, n_features: int) -> Edges:
    if matrix.shape != (n_features, n_features):
        raise ValueError(
            f"edges is a matrix of shape {matrix.shape}, but X has {n_features} columns: pass one row and one column "
            f"per column of X, or an edge list with names, which is matched by them."
        )
    entries = matrix.tocsr().tocoo()  # entries given twice are summed
    entries.sum_duplicates()
    return Edges(entries.row.tolist(), entries.col.tolist(), _numbers(entries.data), True)


def _numbers(weights: Any) -> np.ndarray:
    try:
        return np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"edges: weights must be finite numbers ({error}).") from error
