"""Large arrays, refused in words where they cannot fit."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def allocate(shape: tuple[int, ...], dtype: np.dtype, what: str, remedy: str) -> np.ndarray:
    """An array without values.

    Parameters
    ----------
    shape : tuple of int
    dtype : dtype
    what : str
        What the array holds, for the message.
    remedy : str
        Which option avoids it, for the message.

    Raises
    ------
    MemoryError
        If it needs more than this machine has; the message says how much, and the remedy.
    """
    needed = int(np.prod(shape, dtype=object)) * np.dtype(dtype).itemsize
    if needed <= machine():
        with suppress(MemoryError):  # the others of this machine have taken it
            return np.empty(shape, dtype)
    size = " x ".join(f"{number:,}" for number in shape)
    raise MemoryError(
        f"{what} would take {needed / 1e9:,.1f} GB ({size} numbers of type {np.dtype(dtype)}), and this process can "
        f"have {machine() / 1e9:,.1f} GB: {remedy}."
    )


@cache
def machine() -> float:
    """Bytes of memory that this process could have at most; infinity where the system does not tell."""
    limits = [_number(Path(name)) for name in _LIMITS]
    with suppress(AttributeError, OSError, ValueError):  # not everywhere
        limits.append(float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")))
    return min(limits)


def _number(file: Path) -> float:
    try:
        return float(file.read_text())
    except (OSError, ValueError):  # no such limit, or "max"
        return np.inf
