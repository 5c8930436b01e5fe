"""Rows that stand for features, written down or not, with the products that operators need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeGuard

import numpy as np

Index = slice | np.ndarray


class ImplicitRows(Protocol):
    """Rows that are not written down, with the products that operators need."""

    shape: tuple[int, int]
    dtype: np.dtype

    def __len__(self) -> int: ...
    def __getitem__(self, index: Index) -> Any: ...
    def __mul__(self, factor: float) -> Any: ...
    def __rmul__(self, factor: float) -> Any: ...
    def gram(self, other: Any) -> np.ndarray:
        """Products of all rows with all rows of `other`."""

    def lift(self, v: np.ndarray) -> np.ndarray:
        """Z v."""

    def project(self, x: np.ndarray) -> np.ndarray:
        """Z^T x."""

    def squared_norms(self) -> np.ndarray:
        """|z_i|^2 for each row."""


class Associations(ImplicitRows, Protocol):
    """Rows of which nothing is known but how far they are associated: see `AssociatedRows`."""

    roundoff: np.ndarray

    def read_as(self, reading: Any) -> Associations:
        """The same with another product."""

    def presuming(self, unknown: float) -> Associations:
        """The same with another product where nothing is known."""


Embedding = np.ndarray | ImplicitRows


def are_known(Z: Embedding) -> bool:
    """Whether rows can be written down, rather than nothing but their products being known."""
    return isinstance(Z, np.ndarray) or hasattr(Z, "toarray")


def are_spread(Z: Any) -> bool:
    """Whether rows lie in several processes, which have them run what others run in threads (`spread`)."""
    return hasattr(Z, "spread")


def are_associated(Z: Any) -> TypeGuard[Associations]:
    """Whether nothing of rows is known but how far they are associated."""
    return hasattr(Z, "read_as")


def gram(P: Embedding, Q: Embedding, out: np.ndarray | None = None) -> np.ndarray:
    """P Q^T, into `out` where given."""
    if isinstance(P, np.ndarray) and isinstance(Q, np.ndarray):
        return np.matmul(P, Q.T, out=out)
    if isinstance(P, np.ndarray) or isinstance(Q, np.ndarray):
        raise TypeError("dense and sparse embeddings do not mix.")
    result = P.gram(Q)
    if out is None:
        return result
    out[...] = result
    return out


def lift(Z: Embedding, v: np.ndarray) -> np.ndarray:
    """Z v."""
    return Z @ v if isinstance(Z, np.ndarray) else Z.lift(v)


def project(Z: Embedding, x: np.ndarray) -> np.ndarray:
    """Z^T x."""
    return Z.T @ x if isinstance(Z, np.ndarray) else Z.project(x)


def squared_norms(Z: Embedding) -> np.ndarray:
    """|z_i|^2 for each row."""
    return np.einsum("ij,ij->i", Z, Z) if isinstance(Z, np.ndarray) else Z.squared_norms()


def own_products(Q: Any, K: Any) -> np.ndarray:
    """q_i . k_i for each row."""
    if Q is K:
        return squared_norms(Q)
    return np.asarray(np.einsum("ij,ij->i", Q, K) if isinstance(Q, np.ndarray) else Q.own_products(K))


def by_row(function: Callable[..., np.ndarray], Z: Any, *arguments: Any, width: int | None = None) -> Any:
    """What a function makes of rows, of each by itself, where they lie; they stay as long as they are, or get a width.

    Parameters
    ----------
    function : callable
        Of an array of some of the rows, and of the arguments.
    Z : ndarray or rows in several processes
    width : int, optional
    """
    return Z.map(function, *arguments, width=width) if are_spread(Z) else function(Z, *arguments)


def joined(function: Callable[..., np.ndarray], Z: Any, *arguments: Any) -> np.ndarray:
    """What a function makes of rows, an entry or a few of each, in this process; the arguments are as for `by_row`."""
    return np.asarray(Z.joined(function, *arguments) if are_spread(Z) else function(Z, *arguments))


def pick_rows(Z: Embedding, index: np.ndarray) -> np.ndarray:
    """Chosen rows, written down."""
    rows = Z[index]
    return rows if isinstance(rows, np.ndarray) else rows.toarray()
