"""Blocks of columns in double precision, shared among threads."""

from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np

from infsel._runtime.threads import in_threads

SIZE = 2**16  # numbers that fit the cache of a core beside as much work space
NARROWEST = 8  # columns: a cache line of X holds as many numbers, and a narrower block would fetch it again
SHARE = 2**18  # numbers that are worth a thread
_CHUNK = 1024

Process = Callable[[slice, np.ndarray, np.ndarray], None]


class Blocks(Protocol):
    """What statistics need of a table: its columns block by block, and how often each sample counts."""

    shape: tuple[int, int]
    dtype: np.dtype
    weights: np.ndarray | None

    def __len__(self) -> int: ...
    @property
    def total_weight(self) -> float:
        """How many samples there are, each as often as it counts."""

    @property
    def relative_counts(self) -> np.ndarray:
        """The weights but for a common factor."""

    @property
    def uneven(self) -> np.ndarray | None:
        """The weights where they differ."""

    def blocks(self, process: Process) -> None:
        """Call `process(where, rows, work)` for blocks of the columns."""


def for_blocks(X: np.ndarray, process: Process) -> None:
    """Call `process(where, rows, work)` for blocks of the columns of X; `Table.blocks` says what they are."""
    n_samples, n_features = X.shape
    height = SIZE // n_samples | 1  # odd, because rows a power of two apart compete for the same places in cache
    width = max(1, min(n_features, max(NARROWEST, height)))

    def share(starts: Iterable[int]) -> None:
        rows, work = np.empty((width, n_samples)), np.empty((min(width, height), n_samples))
        for start in starts:
            block = X[:, start : start + width]
            _transpose(block, rows)
            _process_pieces(start, rows[: block.shape[1]], work, process)

    in_threads(share, range(0, n_features, width), max(1, SHARE // (width * n_samples)))


def _transpose(block: np.ndarray, rows: np.ndarray) -> None:
    n_samples, n_columns = block.shape
    far_apart = n_columns > NARROWEST and block.strides[0] > block.strides[1]
    for start in range(0, n_samples, _CHUNK):  # what one row of the result fetches, the next finds in cache
        part = block[start : start + _CHUNK]
        rows[:n_columns, start : start + _CHUNK] = (np.ascontiguousarray(part) if far_apart else part).T


def _process_pieces(start: int, rows: np.ndarray, work: np.ndarray, process: Process) -> None:
    """A block of long columns exceeds the cache: pass it on in pieces that do not, or else one by one."""
    for first in range(0, len(rows), len(work)):
        piece = rows[first : first + len(work)]
        process(slice(start + first, start + first + len(piece)), piece, work[: len(piece)])
