"""Which rows, or columns, of which parts make up a selection of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Piece(NamedTuple):
    """Some of one part, in order; `local` is None where it is all of it."""

    part: int
    local: np.ndarray | None


def pieces_of(numbers: np.ndarray, bounds: np.ndarray) -> tuple[list[Piece], np.ndarray]:
    """Runs of numbers that lie in one part each, and the bounds of these runs.

    Parameters
    ----------
    numbers : ndarray of int
    bounds : ndarray of int of shape (n_parts + 1,)
        The first number of each part, and behind the last.
    """
    part = np.searchsorted(bounds, numbers, side="right") - 1
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    runs = np.split(numbers, starts[1:]) if len(starts) else []
    pieces = []
    for number, run in zip(part[starts].tolist(), runs, strict=True):
        first, end = bounds[number], bounds[number + 1]
        whole = len(run) == end - first and (run == np.arange(first, end)).all()
        pieces.append(Piece(number, None if whole else run - first))
    return pieces, np.append(starts, len(numbers))
