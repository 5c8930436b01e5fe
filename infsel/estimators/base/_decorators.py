"""Decorators of scikit-learn, which keep the type of the method that they decorate."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])

if TYPE_CHECKING:

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


def named_by_class(method: Method) -> Method:
    """Let an error about the arguments name the class of the object, not the one that it inherits the method from."""
    signature = inspect.signature(method)

    @wraps(method)
    def called(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            signature.bind(self, *args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{type(self).__name__}.{method.__name__}: {error}") from None
        return method(self, *args, **kwargs)

    return cast("Method", called)


__all__ = ["available_if", "named_by_class", "with_callbacks"]
