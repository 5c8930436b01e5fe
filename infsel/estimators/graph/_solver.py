"""The solver that a user means."""

from __future__ import annotations

from typing import Any

from infsel._runtime.ranges import Part, refuse
from infsel.krylov import Krylov


def solver_of(solver: Any) -> Krylov:
    """A solver, the usual one for None.

    Raises
    ------
    ValueError
        If it is neither; it is a TypeError, too.
    """
    if solver is None:
        return Krylov()
    if not isinstance(solver, Krylov):
        refuse("solver", solver, Part(Krylov))
    return solver
