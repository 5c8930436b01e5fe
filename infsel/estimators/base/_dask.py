"""Collections of Dask at the door: a table stays where it is, a vector comes here."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from infsel.distributed import is_dask, is_dask_frame, is_out_of_reach, require_dask
from infsel.estimators.base._dask_frames import numbers_of_frame
from infsel.estimators.base._frames import blanked
from infsel.estimators.base._outputs import spread_columns


def here(values: Any) -> Any:
    """Values in this process: those of Dask are computed, as a target or weights, which are one number a sample."""
    return values.compute() if is_dask(values) else values


def tabular(X: Any) -> Any:
    """A collection of rows and columns; of an array whose shape is not known the blocks are counted.

    Raises
    ------
    TypeError
        If it is another collection of Dask.
    ValueError
        If it has not two dimensions.
    """
    if is_dask_frame(X):
        return X
    if not hasattr(type(X), "chunks"):
        raise TypeError(f"X is a {type(X).__name__} of Dask: pass an array or a data frame of Dask.")
    if X.ndim != 2:
        raise ValueError(f"X is an array of Dask with {X.ndim} dimensions: a table has two, (n_samples, n_features).")
    return X if all(map(np.isfinite, X.shape)) else X.copy().compute_chunk_sizes()


def was_persisted_elsewhere(X: Any, error: Exception) -> bool:
    """Whether that is why a collection could not be read: looked at only if something has failed."""
    return not isinstance(error, ConnectionError) and is_dask(X) and is_out_of_reach(X)


def persisted_elsewhere() -> ValueError:
    """What to say then, apart from what failed, whose futures would spoil others of their names."""
    gc.collect()  # Dask's own graphs are cycles
    return ValueError(
        "X was persisted by a client of Dask that is closed or is not the one in use, and what it held is out of "
        "reach: pass the collection as it was before persist(), or persist it with the client in use."
    )


def told_by(X: Any) -> Any:
    """What has the names and the number of the columns: of a frame the same without rows."""
    return X._meta if is_dask_frame(X) else X


def numbers_of(X: Any, kinds: Any, names: Sequence[str], skipped: np.ndarray) -> tuple[Any, np.ndarray]:
    """The array of numbers that a collection is, lazily, and the kinds of its columns; what is skipped is blank.

    Raises
    ------
    ValueError
        If columns cannot be read; the message names them.
    """
    if is_dask_frame(X):
        return numbers_of_frame(X, kinds, names, skipped)
    if kinds is not None or X.dtype.kind not in "biuf":
        return numbers_of_frame(_framed(X, names), kinds, names, skipped)
    if skipped.any() and X.dtype.kind == "f":
        X = X.rechunk({1: -1}).map_blocks(blanked, skipped, dtype=X.dtype, meta=X._meta)
    return X, np.full(X.shape[1], "numeric")


def _framed(X: Any, names: Sequence[str]) -> Any:
    """An array as a frame, whose columns may each be of another kind."""
    with require_dask("dask.config").set({"dataframe.convert-string": False}):  # objects may be numbers
        return require_dask("dask.dataframe").from_dask_array(X.rechunk({1: -1}), columns=list(names))


def select_lazily(X: Any, mask: np.ndarray) -> Any:
    """The columns that the mask keeps, with their names, types and divisions: nothing is computed."""
    return X[list(X.columns[mask])] if is_dask_frame(X) else X[:, np.flatnonzero(mask)]


def spread_lazily(X: Any, mask: np.ndarray, names: Sequence[str]) -> Any:
    """All columns, of which those that the mask keeps are in X and the others hold zeros."""
    if is_dask_frame(X):
        spread = partial(spread_columns, mask=mask, names=names)
        return X.map_partitions(spread, meta=spread(X._meta))
    spread = partial(_spread, mask=mask)
    X = X.rechunk({1: -1})
    return X.map_blocks(spread, dtype=X.dtype, chunks=(X.chunks[0], (len(mask),)), meta=spread(X._meta[:, :0]))


def _spread(block: np.ndarray, mask: np.ndarray) -> np.ndarray:
    whole = np.zeros((len(block), len(mask)), dtype=block.dtype)
    if block.size:
        whole[:, mask] = block
    return whole
