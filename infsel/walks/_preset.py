"""What a preset is: a composition by name, and what there is to know about it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infsel._runtime.ranges import Flag, Number, Range, check

_RANGES: dict[str, Range] = {"alpha": Number(0, 1, closed=True), "faithful": Flag()}


@dataclass(frozen=True)
class Preset:
    """A composition and what there is to know about it.

    Attributes
    ----------
    make : callable
        Takes the preset's own parameters and returns those of `InfFS`.
    formula, reference, note, cost : str
        The affinity and its walks; who published it; what a release does differently or where it fails; the work beyond
        the statistics of the columns.
    """

    make: Callable[..., dict[str, Any]]
    formula: str
    reference: str
    cost: str
    note: str = ""

    def settings(self, **own: Any) -> dict[str, Any]:
        """The parameters of `InfFS` that the preset's own make.

        Raises
        ------
        ValueError
            If one is out of range, which is a TypeError, too, or missing.
        """
        missing = [name for name in self.needs if name not in own]
        if missing:
            raise ValueError(f"this preset needs {', '.join(missing)}: pass from_preset(name, {missing[0]}=...).")
        defaults = self.parameters
        for name, value in own.items():
            if name in _RANGES and isinstance(defaults[name], float | bool):  # three weights are no one number
                check(name, value, _RANGES[name])
        return self.make(**own)

    @property
    def parameters(self) -> dict[str, Any]:
        """The preset's own parameters and their defaults, ... where one has to be passed."""
        of_make = inspect.signature(self.make).parameters.values()
        return {p.name: ... if p.default is p.empty else p.default for p in of_make}

    @property
    def needs(self) -> list[str]:
        """The parameters that have no default, such as the edges of a graph."""
        return [name for name, default in self.parameters.items() if default is ...]

    def signature(self) -> list[str]:
        """The parameters as they are written in a call."""
        return [name if default is ... else f"{name}={default!r}" for name, default in self.parameters.items()]
