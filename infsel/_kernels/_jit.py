"""One decorator decides how every kernel is compiled."""

from collections.abc import Callable
from typing import Any

from numba import njit

Kernel = Callable[..., Any]

# Sums may be reordered, which is what vectorizes them; NaN and infinity keep their meaning.
_FASTMATH = {"reassoc", "contract", "nsz"}


def jit(function: Kernel) -> Kernel:
    """Compile a kernel that holds no lock and keep its machine code on disk where the disk allows it."""
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": _FASTMATH}
    try:
        return njit(cache=True, **options)(function)
    except RuntimeError:  # a read-only install without a home directory has no place for the cache
        return njit(**options)(function)
