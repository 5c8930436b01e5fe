"""Parameters of the small objects an estimator is composed of."""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, Self

import numpy as np

from infsel._runtime import ranges as _ranges


@dataclass
class Configurable:
    """A dataclass whose fields scikit-learn can read, set and clone, so that a grid search reaches them.

    Nested objects are reached by ``__``: ``affinity__first__weight`` of an `InfFS` whose affinity is a sum. A search
    sets fields at any time, so they are checked where their use begins: by a fit, or by the call of a part.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = cls.__repr__  # type: ignore[method-assign] # or the dataclass decorator would write its own

    def __repr__(self) -> str:
        """The constructor call, with the parameters that differ from their defaults."""
        shown = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if not _is_default(self, f)]
        return f"{type(self).__name__}({', '.join(shown)})"

    def check(self) -> None:
        """Hold each field against its range, and so the fields of fields.

        Raises
        ------
        ValueError
            If one is outside; the message names it and says what to pass. It is a TypeError, too.
        """
        for name, range_ in _ranged(type(self)):  # type: ignore[arg-type] # mypy: a dataclass has no hash, its class has
            value = getattr(self, name)
            if range_ is not None:
                _ranges.check(f"{type(self).__name__}.{name}", value, range_)
            if isinstance(value, Configurable):
                value.check()

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The fields, and with `deep` the fields of fields.

        Parameters
        ----------
        deep : bool, default=True
            Whether to descend into fields that have parameters of their own.

        Returns
        -------
        dict of str to object
        """
        params = {field.name: getattr(self, field.name) for field in fields(self)}
        if deep:
            for name, value in list(params.items()):
                if isinstance(value, Configurable):
                    params |= {f"{name}__{key}": inner for key, inner in value.get_params().items()}
        return params

    def set_params(self, **params: Any) -> Self:
        """Set fields, also nested ones.

        Parameters
        ----------
        **params
            Values by field name; ``outer__inner`` sets a field of a field.

        Returns
        -------
        self : object

        Raises
        ------
        ValueError
            If there is no such field.
        """
        for key, value in params.items():
            name, _, inner = key.partition("__")
            known = [field.name for field in fields(self)]
            if name not in known:
                raise ValueError(f"{self!r} has no parameter {name!r}; it has {', '.join(map(repr, known)) or 'none'}.")
            if inner:
                getattr(self, name).set_params(**{inner: value})
            else:
                setattr(self, name, value)
        return self


@cache
def _ranged(kind: type[Configurable]) -> list[tuple[str, _ranges.Range | None]]:
    return [(field.name, field.metadata.get("range")) for field in fields(kind)]


def _is_default(holder: Configurable, field: Field) -> bool:
    value = getattr(holder, field.name)
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return type(value) is type(default) and bool(np.all(value == default))
