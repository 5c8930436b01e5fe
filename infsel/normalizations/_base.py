"""What a normalization is."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from infsel._runtime.configurable import Configurable
from infsel.operators import FeatureOperator, Heads


class Unit(NamedTuple):
    """What damping is measured in: a number, or that many spectral radii."""

    value: float
    in_radii: bool


@dataclass
class Normalization(Configurable):
    """Sets the scale of an affinity: by another operator, or by the unit in which damping is measured.

    A subclass writes ``normalize(A)`` or ``unit(A)``.

    Attributes
    ----------
    flattens : frozenset of str
        Directions of walks, "sent" and "received", that from the ones vector bring every feature the same at every
        depth, so that a readout of nothing else cannot rank.
    """

    flattens: ClassVar[frozenset[str]] = frozenset()

    def __call__(self, A: FeatureOperator) -> FeatureOperator:
        """Check the parameters and normalize A."""
        self.check()
        return self.normalize(A)

    def normalize(self, A: FeatureOperator) -> FeatureOperator:
        """The operator that propagates."""
        return A

    def apply(self, A: FeatureOperator) -> FeatureOperator:
        """Normalize A, where it has heads each by itself."""
        return Heads(tuple(map(self.normalize, A.children)), A.pooling) if isinstance(A, Heads) else self.normalize(A)

    def unit(self, A: FeatureOperator) -> Unit:
        """The norm of the normalized A that `damping` is divided by."""
        return Unit(1.0, in_radii=False)


def require_nonnegative(A: FeatureOperator, name: str) -> None:
    """Refuse an affinity with negative entries, or one of unknown sign, for which `name` is not defined."""
    if A.nonnegative:
        return
    needs = f"normalization={name!r} needs an affinity without negative entries"
    if A.nonnegative is None:
        raise ValueError(
            f"{needs}, and nobody has said whether this one has any: if it has none, pass "
            "affinity=infsel.operators.declared(A, nonnegative=True), for a formula as a callable (X, y) that returns "
            "it; or use normalization='spectral' or 'softmax'."
        )
    raise ValueError(f"{needs}: take its absolute value or its square, or use normalization='spectral' or 'softmax'.")
