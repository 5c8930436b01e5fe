"""What comes from Dask, told apart without importing it."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from infsel._runtime.extras import install


def is_dask(X: Any) -> bool:
    """Whether X is an array or a frame of Dask."""
    return type(X).__module__.split(".")[0] in ("dask", "dask_expr") and hasattr(X, "__dask_graph__")


def is_dask_frame(X: Any) -> bool:
    """Whether X is a data frame of Dask."""
    return is_dask(X) and hasattr(type(X), "divisions") and hasattr(type(X), "columns")


def require_dask(module: str = "dask") -> Any:
    """A module of Dask.

    Raises
    ------
    ImportError
        If it is not installed; the message says how it is.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ImportError(f"{module} is not installed: {install('dask')}.") from error


def is_out_of_reach(X: Any) -> bool:
    """Whether X was persisted by a client that is closed, or that is not the one in use; its whole graph is read."""
    distributed = sys.modules.get("distributed")
    if distributed is None:
        return False
    client = getattr(require_dask("dask.base").get_scheduler(), "__self__", None)
    return any(future.client is not client for future in distributed.futures_of(X))
