"""Arrays that begin where numbers may: those that a worker was sent begin anywhere in a message.

NumPy copies each piece of others that it hands on to BLAS, and Numba compiles its kernels once more for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def with_aligned(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function makes of arguments whose arrays are aligned."""
    return function(*map(aligned, arguments))


def aligned(value: Any) -> Any:
    """The value with its arrays aligned: in objects of this package in place, which is done once for all that ask."""
    if isinstance(value, np.ndarray):
        return np.require(value, requirements="A")
    if isinstance(value, list):
        return list(map(aligned, value))
    if isinstance(value, tuple):
        return value._make(map(aligned, value)) if hasattr(value, "_make") else tuple(map(aligned, value))
    if isinstance(value, dict):
        return {key: aligned(each) for key, each in value.items()}
    if type(value).__module__.split(".")[0] == "infsel" and hasattr(value, "__dict__"):
        vars(value).update({name: aligned(each) for name, each in vars(value).items()})
    return value
