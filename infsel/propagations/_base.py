"""What a propagation is: a function of a matrix, written once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._runtime.configurable import Configurable
from infsel.krylov import Radius
from infsel.operators import FeatureOperator


@dataclass
class Propagation(Configurable, ABC):
    """A function f of a matrix that lets A act on a start vector.

    A subclass writes ``act(A, b)`` and ``inflow(A, b)``. On a dense matrix `act` is the definition; on the small
    projected matrix of a Krylov basis it is the fast path.

    Attributes
    ----------
    forgets_start : bool
        Whether f(A) b depends on A alone, so that no readout with a start of its own can follow.
    counts_start : bool
        Whether b is part of f(A) b, so that no readout may add it.
    of_gramian : bool
        Whether f is a function of A A^T, and against the direction of A of A^T A: then `act` and `inflow` get these,
        and `act` may return several vectors in rows, of which `finish` makes one.
    """

    forgets_start: ClassVar[bool] = False
    counts_start: ClassVar[bool] = False
    of_gramian: ClassVar[bool] = False

    @property
    def degree(self) -> float:
        """Degree of f where it is a polynomial, else infinity."""
        return np.inf

    def __call__(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Check the parameters and evaluate f(A) b."""
        self.check()
        return self.act(A @ A.T if self.of_gramian else A, b)

    def resolve(self, A: FeatureOperator) -> Propagation:
        """The same rule with what is automatic filled in from the normalized affinity."""
        return self

    @abstractmethod
    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """f(A) b, shapes (n, n) and (n,)."""

    @abstractmethod
    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """g(A) b with f(A) b = f(0) b + A g(A) b: what each node hands on along its edges."""

    def weight(self, k: int) -> float:
        """The coefficient of A^k in f, for k >= 1.

        Raises
        ------
        ValueError
            If f is no sum over hops.
        """
        raise ValueError(f"{self!r} is no sum over hops: its scores have no profile of walk lengths.")

    def diverges(self, radius: float) -> bool:
        """Whether f has no value on a matrix of this spectral radius."""
        return False

    def crosses(self, A: np.ndarray) -> bool:
        """Whether f continues a series across a pole on this matrix, where it must not."""
        return False

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """A f'(A) b: how f(A) b answers to the scale of A, and for a sum over hops each of them times its length."""
        # a function of [[A, A], [0, A]] holds f(A) twice and beside it the derivative in the direction of A
        n = len(b)
        both, below = np.zeros((2 * n, 2 * n)), np.zeros(2 * n)
        both[:n, :n] = both[:n, n:] = both[n:, n:] = A
        below[n:] = b
        return self.act(both, below)[:n]

    def gain(self, values: np.ndarray, radius: float) -> float:
        """The most that walks multiply a vector by, on a symmetric A with these eigenvalues and perhaps its radius."""
        values = np.append(values, radius)
        return float(np.abs(values * self.inflow(np.diag(values), np.ones(len(values)))).max())

    def blur(self, radius: Radius) -> float:
        """What an error of the spectral radius makes of f(A) b beside what it makes of the unit of A."""
        return 0.0

    def own(self, b: np.ndarray) -> np.ndarray:
        """f(0) b: what a node has before any walk."""
        return np.zeros_like(b)

    def finish(self, scores: np.ndarray) -> np.ndarray:
        """Set the scale of the scores where f leaves it open.

        Raises
        ------
        ValueError
            If they have none.
        """
        return scores

    def strain(self, scores: np.ndarray) -> float:
        """What `finish` multiplies a relative error of the scores by, at most."""
        return 1.0
