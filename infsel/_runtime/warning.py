"""Warnings that point at the user's line, each once for one call."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType

Place = tuple[str, int]  # the line of this package that warns, which tells one kind of warning from another
Warned = dict[Place, tuple[str, type[Warning]]]

# What stands between a user's line and ours.
_BETWEEN = ("infsel", "sklearn", "joblib", "contextlib", "functools")
_held: ContextVar[Warned | None] = ContextVar("held", default=None)


def warn(message: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line that called this package, or scikit-learn around it; inside `once`, when that ends."""
    caller = sys._getframe(1)
    repeat({(caller.f_code.co_filename, caller.f_lineno): (message, category)})


@contextmanager
def once() -> Iterator[None]:
    """Let each line of this package warn once in all the work inside, however often it runs."""
    if _held.get() is not None:
        yield
        return
    held: Warned = {}
    try:
        with gathered(held):
            yield
    finally:
        repeat(held)


@contextmanager
def gathered(held: Warned) -> Iterator[None]:
    """Put the warnings of the work inside into `held`, as where a thread or process hides the user's line."""
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)


def repeat(held: Warned) -> None:
    """Warn of what was gathered elsewhere."""
    known = _held.get()
    for place, what in held.items():
        if known is None:
            _show(*what)
        else:
            known.setdefault(place, what)


def _show(message: str, category: type[Warning]) -> None:
    frame = _user_frame()
    names = frame.f_globals
    registry = names.setdefault("__warningregistry__", {})
    module = names.get("__name__", "<unknown>")
    warnings.warn_explicit(message, category, frame.f_code.co_filename, frame.f_lineno, module, registry)


def _user_frame() -> FrameType:
    frame = sys._getframe(2)
    while frame.f_back is not None and _root(frame) in _BETWEEN:
        frame = frame.f_back
    return frame


def _root(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
