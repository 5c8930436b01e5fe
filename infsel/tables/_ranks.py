"""Ranks within each column."""

import numpy as np

from infsel._kernels import write_keys, write_ranks
from infsel.tables._blocks import for_blocks

_INFINITY = int(np.array(np.inf).view(np.int64))


def ranks(X: np.ndarray) -> np.ndarray:
    """Ranks within each column, ties sharing their mean rank, in the shape of X; a column with NaN has none but NaN.

    The precision is that of X, or double where that could not tell the ranks of so many samples apart. Each column is
    contiguous.
    """
    result = np.empty(X.shape[::-1], _precision(X.dtype, len(X)))

    def process(where: slice, rows: np.ndarray, work: np.ndarray) -> None:
        rank_rows(rows, work)
        result[where] = rows

    for_blocks(X, process)
    return result.T


def rank_rows(rows: np.ndarray, work: np.ndarray) -> None:
    """Replace the numbers of each row by their ranks; `work` is overwritten."""
    keys, low = work.view(np.int64), (1 << rows.shape[1].bit_length()) - 1
    write_keys(rows.view(np.int64), low, keys)
    keys.sort(axis=1)
    undefined = (keys[:, 0] < -_INFINITY) | (keys[:, -1] > _INFINITY + low)
    done = np.empty(len(rows), dtype=bool)
    write_ranks(keys, low, rows, done)
    for i in np.flatnonzero(~done):
        keys[i] = np.argsort(rows[i])  # positions alone are keys of one long run, in order
        write_ranks(keys[i : i + 1], low, rows[i : i + 1], done[i : i + 1])
    rows[undefined] = np.nan


def _precision(dtype: np.dtype, n_samples: int) -> np.dtype:
    """`dtype` if it holds every multiple of one half up to `n_samples`."""
    exact = np.issubdtype(dtype, np.floating) and n_samples <= 2 ** np.finfo(dtype).nmant
    return dtype if exact else np.dtype(np.float64)
