"""Entries on disk, each under a digest: what was damaged is computed anew, and no failing disk ends a fit."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import joblib
import numpy as np

from infsel._runtime.files import replacing
from infsel._runtime.warning import warn

T = TypeVar("T")
Sealed = tuple[bytes, list[np.ndarray]]

_ABSENT = object()


def as_memory(memory: Any) -> Any:
    """What a user wrote for a cache as a path or a `joblib.Memory`, or None for none. Nothing is created.

    Raises
    ------
    ValueError
        If it is neither, or a memory without a folder of this machine.
    """
    if memory is None or isinstance(memory, (str, os.PathLike)):
        return memory if memory is None else os.fspath(memory)
    if not hasattr(memory, "cache") or getattr(memory, "backend", None) != "local":
        raise ValueError(
            f"'memory' should be None, a string or have the same interface as joblib.Memory, with a local folder. Got "
            f"memory={memory!r} instead."
        )
    return None if memory.store_backend is None else memory


class Store:
    """What one fit keeps for the next in the folder of a `joblib.Memory`.

    Entries lie where the memory itself would put them, one folder each, so that its ``clear`` and ``reduce_size`` find
    them; its ``mmap_mode`` and ``compress`` hold.

    Parameters
    ----------
    memory : str or joblib.Memory
        A path is created at the first use.
    """

    def __init__(self, memory: Any) -> None:
        self._met_damage = False
        self._folder: Path | None = None
        try:
            memory = joblib.Memory(memory, verbose=0) if isinstance(memory, str) else memory
        except OSError as error:
            self._give_up(memory, error)
        else:
            self._folder = Path(memory.store_backend.location) / "infsel"
            self._mmap_mode, self._compress = memory.mmap_mode, memory.compress

    def key(self, *parts: Any) -> str:
        """What tells these parts from any others, by their content and the version of this package.

        Raises
        ------
        PicklingError, AttributeError or TypeError
            If one of them cannot be pickled.
        """
        return str(joblib.hash((version("infsel"), *parts)))

    def recall(self, key: str, compute: Callable[[], T], serves: Callable[[T], bool] = lambda _: True) -> T:
        """What is kept under `key` and serves, else what `compute` returns, which is kept from then on.

        Parameters
        ----------
        key : str of 32 hexadecimal digits
        compute : callable
        serves : callable, default=anything
        """
        found = self._read(key)
        if found is not _ABSENT and serves(found):
            return found
        value = compute()
        self._write(key, value)
        return value

    def _read(self, key: str) -> Any:
        if self._folder is None:
            return _ABSENT
        try:
            return _opened(key, joblib.load(self._folder / key / "output.pkl", mmap_mode=self._mmap_mode))
        except FileNotFoundError:
            pass
        except OSError as error:
            self._give_up(self._folder, error)
        except Exception as error:  # a damaged pickle may end in any
            self._warn_of_damage(error)
        return _ABSENT

    def _write(self, key: str, value: Any) -> None:
        if self._folder is None:
            return
        path = self._folder / key / "output.pkl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as partial:
                joblib.dump(_sealed(key, value), partial, compress=self._compress)
        except (OSError, pickle.PicklingError, AttributeError, TypeError) as error:
            self._give_up(self._folder, error)

    def _give_up(self, folder: Path | str, error: Exception) -> None:
        self._folder = None
        warn(f"memory: {folder} cannot be used ({error}): this fit goes on without it.")

    def _warn_of_damage(self, error: Exception) -> None:
        if not self._met_damage:
            reason = f"{type(error).__name__}: {error}"
            warn(f"memory: entries in {self._folder} are damaged ({reason}) and are computed anew.")
        self._met_damage = True


def _sealed(key: str, value: Any) -> Sealed:
    """The pickle of a value, large arrays apart so that they can be mapped from the disk, and its digest."""
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(value, protocol=5, buffer_callback=arrays.append)
    parts = [np.frombuffer(head, np.uint8), *(np.frombuffer(array.raw(), np.uint8) for array in arrays)]
    return _digest(key, parts), parts


def _opened(key: str, sealed: Sealed) -> Any:
    digest, parts = sealed
    if digest != _digest(key, parts):
        raise ValueError("the digest differs")
    return pickle.loads(parts[0].data, buffers=parts[1:])


def _digest(key: str, parts: Sequence[np.ndarray]) -> bytes:
    """Of the parts with their sizes, and of the key, as an entry may have been moved to the place of another."""
    digest = hashlib.blake2b(key.encode(), digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part.data)
    return digest.digest()
