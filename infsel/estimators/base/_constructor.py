"""What to say of a constructor that is called with what it does not take."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from infsel._runtime.names import did_you_mean


def answering(init: Callable[..., None]) -> Callable[..., None]:
    """The constructor, which answers a wrong call with what is probably meant. Its signature stays what it is.

    Raises
    ------
    TypeError
        Of the constructor that is returned: if a parameter is not known, or too many come without their names.
    """
    _, *parameters = inspect.signature(init).parameters.values()  # without self
    names = [parameter.name for parameter in parameters]
    unnamed = [parameter.name for parameter in parameters if parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    if any(parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) for parameter in parameters):
        return init

    @wraps(init)
    def answered(self: Any, *args: Any, **kwargs: Any) -> None:
        wrong = [*args[len(unnamed) :], *(value for name, value in kwargs.items() if name not in names)]
        if models := [value for value in wrong if hasattr(value, "fit")]:
            raise TypeError(_takes_no_model(self, models[0]))
        for name in kwargs:
            if name not in names:
                near = did_you_mean(name, names, most=1) or f"; it has {', '.join(names)}."
                raise TypeError(f"{type(self).__name__} has no parameter {name!r}{near}")
        if wrong:
            raise TypeError(_takes_names(self, wrong[0], unnamed, names))
        init(self, *args, **kwargs)

    return answered


def _takes_no_model(selector: Any, model: Any) -> str:
    name, given = type(selector).__name__, model.__name__ if isinstance(model, type) else type(model).__name__
    return (
        f"{name} takes no estimator such as {given}: it ranks columns {selector._ranks_by}. sklearn.feature_selection."
        f"RFE({given}()) eliminates columns by the coefficients or importances of a model, and SelectFromModel selects "
        "by them."
    )


def _takes_names(selector: Any, value: Any, unnamed: list[str], names: list[str]) -> str:
    counts = isinstance(value, int | float) and "n_features_to_select" in names
    likely = "n_features_to_select" if counts else next(name for name in names if name not in unnamed)
    given = repr(value) if isinstance(value, int | float | str) else f"a {type(value).__name__}"
    first = f"no parameter but {', '.join(unnamed)}" if unnamed else "no parameter"
    return (
        f"{type(selector).__name__} takes {first} without its name, and got {given}: write "
        f"{likely}={given if counts else '...'}, or what else it is."
    )
