"""What one fit may leave on disk for the next: a graph, and what it made of the vectors it met."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import joblib
import numpy as np
from sklearn import get_config

from infsel.estimators.graph._store import Store
from infsel.normalizations import Unit
from infsel.operators import FeatureOperator

if TYPE_CHECKING:
    from infsel.estimators.graph._selector import Composition


def as_memory(memory: Any) -> Any:
    """What a user wrote for a cache as a path or a `joblib.Memory`, or None for none. Nothing is created.

    Raises
    ------
    ValueError
        If it is neither, or a memory without a folder of this machine.
    """
    if memory is None or isinstance(memory, (str, os.PathLike)):
        return memory if memory is None else os.fspath(memory)
    if not hasattr(memory, "cache") or getattr(memory, "backend", None) != "local":
        raise ValueError(
            f"'memory' should be None, a string or have the same interface as joblib.Memory, with a local folder. Got "
            f"memory={memory!r} instead."
        )
    return None if memory.store_backend is None else memory


def graph_of(composition: Composition, X: np.ndarray, y: Any, columns: np.ndarray) -> tuple[FeatureOperator, Unit]:
    """The normalized affinity among the given columns and the unit of damping, from memory where it is there.

    Neither depends on hops, damping, readout or the number of features to select. Products with the graph do not
    either, apart from the vectors, which a Krylov basis repeats from fit to fit: they are remembered too, so that a fit
    that differs in nothing else touches no tile.
    """
    memory = as_memory(composition.memory)  # here and no earlier: a cache makes its folder
    if memory is None:
        return _graph(composition, X, y, columns)
    store, key = Store(memory), _key(composition, X, y, columns)
    A, unit = store.recall(key, partial(_released, composition, X, y, columns))
    A.keep(kept_bytes(composition.max_memory))
    return Remembered(A, key, store), unit


class Remembered(FeatureOperator):
    """A, whose products with vectors are looked up before they are computed.

    Parameters
    ----------
    A : FeatureOperator
    key : str
        What tells A from any other operator in the memory.
    store : Store
    """

    def __init__(self, A: FeatureOperator, key: str, store: Store) -> None:
        super().__init__(A.shape[0], A.dtype)
        self.children, self._key, self._store = (A,), key, store
        self.nonnegative = A.nonnegative

    def _rows(self, index: slice | np.ndarray) -> np.ndarray:
        return self.children[0].rows(index)

    def _matvec(self, x: np.ndarray) -> np.ndarray:
        return self._remembered(self.children[0].matvec, np.ravel(x))

    def _rmatvec(self, x: np.ndarray) -> np.ndarray:
        return self._remembered(self.children[0].rmatvec, np.ravel(x))

    def _remembered(self, product: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
        key = joblib.hash((self._key, product.__name__, x))
        return self._store.recall(str(key), partial(product, x))


def _graph(composition: Composition, X: np.ndarray, y: Any, columns: np.ndarray) -> tuple[FeatureOperator, Unit]:
    A = composition.affinity.among(columns, X, y)
    A.keep(kept_bytes(composition.max_memory))
    A = composition.normalization.apply(A)
    return A, composition.normalization.unit(A)


def _released(composition: Composition, X: np.ndarray, y: Any, columns: np.ndarray) -> tuple[FeatureOperator, Unit]:
    A, unit = _graph(composition, X, y, columns)
    A.release()  # tiles are quicker computed than read back
    return A, unit


def _key(composition: Composition, X: np.ndarray, y: Any, columns: np.ndarray) -> str:
    parts = (version("infsel"), composition.affinity, composition.normalization, X, y, columns)
    try:
        return str(joblib.hash(parts))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(
            f"memory finds a graph by the content of X, y, affinity={composition.affinity!r} and "
            f"normalization={composition.normalization!r}, and one of them cannot be pickled ({error}): write a "
            "callable as a function of a module, or pass memory=None."
        ) from error


def kept_bytes(max_memory: float | None) -> int:
    """Bytes that may stay between products: by default a quarter of what scikit-learn gives one step of its own."""
    return int(2**20 * (get_config()["working_memory"] / 4 if max_memory is None else max_memory))
