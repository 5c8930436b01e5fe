"""Products with landmarks: their rows go to every block, and no block goes anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from infsel._runtime.progress import stage
from infsel.distributed._numbered import NumberedRows
from infsel.distributed._scheduler import Task, added
from infsel.operators._blocks import Blocks

Bring = Callable[..., np.ndarray]


def bring(
    from_others: Bring, blocks: Blocks, rows: np.ndarray, columns: np.ndarray, X: np.ndarray, transposed: bool
) -> np.ndarray:
    """What the features `columns` bring to each of `rows`, of which either are all features, and the others few."""
    Q: Any = blocks.Q
    K: Any = blocks.K
    few_bring = len(columns) < len(rows)
    few = columns if few_bring else rows
    landmarks = few, Q[few].here(), None if K is None else K[few].here()
    given = Q.runner.share((from_others, _with(blocks, None, None), landmarks, few_bring, X, transposed))
    tasks = [Q.runner.call("landmarks", _of_part, given, *part) for part in _parts(blocks)]
    with stage("product with landmarks", len(tasks)) as advance:
        if few_bring:
            return np.concatenate(Q.runner.fetch(tasks, advance))
        return np.asarray(Q.runner.total(tasks, added, advance))


def diagonal(blocks: Blocks) -> np.ndarray:
    """What each feature gives to itself."""
    Q: Any = blocks.Q
    about = Q.runner.share(_with(blocks, None, None))
    return np.concatenate(Q.runner.fetch(Q.runner.call("diagonal", _own, about, *part) for part in _parts(blocks)))


def _parts(blocks: Blocks) -> list[tuple[np.ndarray, Task, Task | None]]:
    """The numbers of the rows of each part, and its queries and keys."""
    Q: Any = blocks.Q
    K: Any = blocks.K
    numbers = np.split(np.arange(len(Q)), Q.bounds[1:-1])
    return list(zip(numbers, Q.parts, [None] * len(numbers) if K is None else K.parts, strict=True))


def _of_part(given: tuple[Any, ...], numbers: np.ndarray, P: np.ndarray, R: np.ndarray | None) -> np.ndarray:
    from_others, about, (few, Q, K), few_bring, X, transposed = given
    keys = None if R is None else NumberedRows([(few, K), (numbers, R)])
    blocks = _with(about, NumberedRows([(few, Q), (numbers, P)]), keys)
    pair = (numbers, few) if few_bring else (few, numbers)
    return np.asarray(from_others(blocks, *pair, X, transposed))


def _own(about: Blocks, numbers: np.ndarray, P: np.ndarray, R: np.ndarray | None) -> np.ndarray:
    keys = None if R is None else NumberedRows([(numbers, R)])
    return _with(about, NumberedRows([(numbers, P)]), keys).own(numbers)


def _with(blocks: Blocks, Q: Any, K: Any) -> Blocks:
    return replace(blocks, Q=Q, K=K)
