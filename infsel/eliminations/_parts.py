"""Samples in an order that only their content decides, and parts of them that each stand for all."""

import numpy as np

from infsel._runtime.hashing import mix, mix_with_place
from infsel.embeddings import Filled, are_spread, row_blocks, sums_of_columns
from infsel.tables import Table

_GRID = 2**20  # positions that weights and repetitions put a few units in the last place apart are one number on it
_DRAWS = 32


def distinct(table: Table, outputs: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Samples sorted by what they hold, and where in that order those begin that differ from the one before.

    Parameters
    ----------
    table : Table of shape (n_samples, n_features)
    outputs : list of ndarray of shape (n_samples,)

    Returns
    -------
    order : ndarray of int of shape (n_samples,)
    starts : ndarray of int of shape (n_distinct,)
    """
    contents = table.contents()
    order = np.argsort(contents, kind="stable")
    if _changes(contents[order]).all():  # no need to ask the outputs
        return order, np.arange(len(order))
    keys = [contents, *outputs]
    order = np.lexsort(keys[::-1])
    return order, np.flatnonzero(np.any([_changes(key[order]) for key in keys], axis=0))


def deal(places: Filled, output: np.ndarray, n_parts: int) -> list[np.ndarray]:
    """Parts of the samples that represent all classes, or the whole range of numbers, in proportion.

    Which sample belongs to which part depends on what it holds, not on where it stands or how its class is called:
    samples are dealt out in turn, class by class or in the order of their numbers, and within those in the order of a
    hash of their positions.

    Parameters
    ----------
    places : ndarray or FilledRows of shape (n_features, n_samples)
        `places` of the values of each column, no two samples of one class alike.
    output : ndarray of shape (n_samples,)
        Class numbers, or numbers.
    n_parts : int

    Returns
    -------
    list of ndarray of int
        Samples of each part, in an order that only their content decides.
    """
    alike, apart = _hashes(places)
    order = np.lexsort((apart, alike))
    if output.dtype.kind == "f":
        order = order[np.argsort(output[order], kind="stable")]
    else:  # classes by the hash of their first sample
        _, first, code = np.unique(output[order], return_index=True, return_inverse=True)
        order = order[np.argsort(first[code], kind="stable")]
    return [order[k::n_parts] for k in range(n_parts)]


def random_signs(places: Filled) -> np.ndarray:
    """Random signs, 1 or -1, that depend on what each sample holds, shape (n_samples, 32).

    Parameters
    ----------
    places : ndarray or FilledRows of shape (n_features, n_samples)
        `places` of the values of each column, in whatever order the columns are.
    """
    hashes = _hashes(places)[0].astype("<u8")[:, np.newaxis].view(np.uint8)
    return 1 - 2 * np.unpackbits(hashes, axis=1, count=_DRAWS, bitorder="little").astype(np.int8)


def column_order(places: Filled) -> np.ndarray:
    """The columns in an order that neither theirs nor that of the samples decides, `places` being as `deal` reads them.

    Sums over columns in this order come out the same, to the last bit, wherever the columns stand.
    """
    alike = _hashes(places)[0]
    if are_spread(places):
        sums = places.joined(_sums_over_samples, alike)  # type: ignore[union-attr]
    else:
        sums = np.concatenate([_sums_over_samples(block, alike) for _, block in row_blocks(places)])
    return np.argsort(sums, kind="stable")


def _sums_over_samples(block: np.ndarray, alike: np.ndarray) -> np.ndarray:
    return np.array([mix(alike + _on_grid(column)).sum() for column in block], dtype=np.uint64)


def _hashes(places: Filled) -> tuple[np.ndarray, np.ndarray]:
    """Two hashes of each sample: one that the order of the columns leaves alone, and one that tells columns apart."""

    def of_numbers(numbers: np.ndarray, column: np.ndarray) -> np.ndarray:
        mixed = mix(_on_grid(numbers))
        return np.stack([mixed, mix_with_place(mixed, column)])

    alike, apart = sums_of_columns(of_numbers, places)  # modulo 2^64: no order of adding matters
    return mix(alike), apart


def _on_grid(places: np.ndarray) -> np.ndarray:
    return np.rint(places * _GRID).astype(np.uint64)


def _changes(numbers: np.ndarray) -> np.ndarray:
    """Whether each number differs from the one before, as the first does."""
    return np.concatenate([[True], numbers[1:] != numbers[:-1]])
