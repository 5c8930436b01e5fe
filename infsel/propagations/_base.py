"""What a propagation is: a function of a matrix, written once."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from infsel._configurable import Configurable


@dataclass
class Propagation(Configurable, ABC):
    """A function f of a matrix that lets A act on a start vector.

    Its body on a dense matrix is its definition; on the small projected matrix of a Krylov basis it is the fast path.
    """

    uses: ClassVar[tuple[str, ...]] = ("__call__", "inflow")

    @property
    def degree(self) -> float:
        """Degree of f where it is a polynomial, else infinity."""
        return np.inf

    @abstractmethod
    def __call__(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
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

    def own(self, b: np.ndarray) -> np.ndarray:
        """f(0) b: what a node has before any walk."""
        return np.zeros_like(b)

    def finish(self, scores: np.ndarray) -> np.ndarray:
        """Set the scale of the scores where f leaves it open."""
        return scores
