"""Whoever watches long work hears how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Protocol


class Watcher(Protocol):
    """Somebody who is told about stages of work, one after the other, from any thread but never from two at once."""

    def begin(self, stage: str) -> None:
        """A stage begins."""

    def advance(self, share: float) -> None:
        """So much of the stage is done: a number in [0, 1] that grows."""

    def end(self) -> None:
        """The stage is over, also where an error ends it."""


_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher | None) -> Iterator[None]:
    """Tell `watcher` about the work inside; None tells nobody."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


@contextmanager
def stage(name: str, total: float) -> Iterator[Callable[[float], None]]:
    """Tell about a stage of `total` units of work: the body calls what it gets with the units done since.

    What the work inside would tell of its own stages is a detail that nobody hears.
    """
    watcher = _WATCHER.get()
    if watcher is None:
        yield _nobody
        return
    lock, done = Lock(), 0.0

    def advance(units: float) -> None:
        nonlocal done
        with lock:
            done += units
            watcher.advance(min(1.0, done / total))

    watcher.begin(name)
    token = _WATCHER.set(None)
    try:
        yield advance
    finally:
        _WATCHER.reset(token)
        watcher.end()


def _nobody(units: float) -> None:
    """Nobody watches."""
