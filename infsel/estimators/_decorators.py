"""Decorators of scikit-learn, which keep the type of the method that they decorate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    Method = TypeVar("Method", bound=Callable[..., Any])

    def with_callbacks(method: Method) -> Method:
        """Let callbacks clean up after the method."""

    def available_if(check: Callable[[Any], bool]) -> Callable[[Method], Method]:
        """Let the method be there only where the check holds."""
else:
    from sklearn.utils.metaestimators import available_if

    try:
        from sklearn.callback import with_callbacks
    except ImportError:  # scikit-learn before 1.9 has no callbacks

        def with_callbacks(method):
            """The method as it is."""
            return method


__all__ = ["available_if", "with_callbacks"]
