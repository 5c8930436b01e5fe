"""Parameters of estimators: each class states their ranges in one place, and every fit begins with their check."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from numbers import Integral, Real
from typing import Any, ClassVar

from infsel._runtime.configurable import Configurable
from infsel._runtime.ranges import Choice, Or, Range, check, is_number
from infsel.distributed import is_dask
from infsel.estimators.base._constructor import answering
from infsel.estimators.base._dask import here
from infsel.targets import TASKS


@dataclass(frozen=True)
class Jobs:
    """What joblib takes for a number of jobs."""

    words: str = "pass a whole number other than 0, such as -1 for every core"

    def holds(self, value: Any) -> bool:
        """Whether the value is one."""
        return is_number(value) and isinstance(value, Integral) and value != 0


JOBS = Or(None, Jobs())
TASK = Choice(TASKS)
MISSING = Choice(("pairwise", "informative", "error"))


class Checked:
    """An estimator whose `fit` begins with a check of its parameters, and changes nothing where it fails.

    Its constructor answers a wrong call with what is probably meant, and its `fit` gets a target and weights in memory.

    Attributes
    ----------
    _reads_dask : bool
        Whether its `fit` takes a table of Dask.
    _ranks_by : str
        How it ranks, for who brings a model.
    _ranges : mapping of str to Range
        What each parameter may be. Those that only a table gives a range, such as numbers of columns, are not in it.
    """

    _reads_dask: ClassVar[bool] = False
    _ranks_by: ClassVar[str] = "by itself"
    _ranges: ClassVar[Mapping[str, Range]] = {}

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        if "__init__" in cls.__dict__:
            cls.__init__ = answering(cls.__dict__["__init__"])  # type: ignore[method-assign]
        if "fit" in cls.__dict__:
            cls.fit = _checking(cls.__dict__["fit"])  # type: ignore[attr-defined] # not every subclass has one

    def _check_parameters(self) -> None:
        """Hold each parameter against its range, and refuse those that the others leave unread.

        Raises
        ------
        ValueError
            If one is outside, or has another value than its default where nothing reads it: a search over it would
            compare equals. The message names it and says what to do.
        """
        for name, range_ in self._ranges.items():
            value = getattr(self, name)
            check(name, value, range_)
            if isinstance(value, Configurable):
                value.check()
        for name, reason in self._unread().items():
            if not _is_default(self, name):
                raise ValueError(f"{name}={shown(getattr(self, name))} is not read {reason}: leave it out.")

    def _unread(self) -> dict[str, str]:
        """The parameters that nothing reads beside the others, and where that is so."""
        return {}


def shown(value: Any) -> str:
    """What a user passed, in few words."""
    return repr(value) if value is None or isinstance(value, str | Real | Configurable) else f"a {type(value).__name__}"


def _checking(fit: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(fit)
    def checked(self: Checked, *args: Any, **kwargs: Any) -> Any:
        self._check_parameters()
        before = vars(self).copy()
        try:
            X = args[0] if args else kwargs.get("X")
            if is_dask(X) and not self._reads_dask:
                raise TypeError(_needs_memory(self))
            others = {name: value if name == "X" else here(value) for name, value in kwargs.items()}
            return fit(self, *args[:1], *map(here, args[1:]), **others)
        except BaseException:  # an interrupt, too, leaves no half of a fit
            self.__dict__ = before
            raise

    return checked


def _needs_memory(estimator: Checked) -> str:
    return (
        f"X is a table of Dask, and {type(estimator).__name__} fits other estimators to rows in memory: "
        "pass X.compute() if that fits there, or fit a selector such as InfFS by itself. "
        "joblib.parallel_config(backend='dask') shares the fits out among workers."
    )


def _is_default(estimator: Any, name: str) -> bool:
    value, default = getattr(estimator, name), _defaults(estimator.__class__)[name]
    return value is default or (isinstance(value, Real | str) and bool(value == default))


@cache
def _defaults(kind: Callable[..., Any]) -> dict[str, Any]:
    return {name: parameter.default for name, parameter in inspect.signature(kind).parameters.items()}
