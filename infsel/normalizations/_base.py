"""What a normalization is."""

from dataclasses import dataclass
from typing import ClassVar

from infsel._configurable import Configurable
from infsel.operators import FeatureOperator


@dataclass
class Normalization(Configurable):
    """Sets the scale of an affinity: by another operator, or by the unit in which damping is measured.

    Attributes
    ----------
    flattens : frozenset of str
        Readouts that give every feature the same score at every depth, so that they cannot rank.
    """

    flattens: ClassVar[frozenset[str]] = frozenset()

    def __call__(self, A: FeatureOperator) -> FeatureOperator:
        """The operator that propagates."""
        return A

    def unit(self, A: FeatureOperator) -> float | None:
        """The norm of A that `damping` is divided by; None stands for its spectral radius."""
        return 1.0


def require_nonnegative(A: FeatureOperator, name: str) -> None:
    """Refuse an affinity with negative entries, for which `name` is not defined."""
    if not A.nonnegative:
        raise ValueError(
            f"normalization={name!r} needs an affinity without negative entries: take its absolute value or its "
            "square, or use normalization='spectral' or 'softmax'."
        )
