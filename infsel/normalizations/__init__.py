"""FeatureOperator -> FeatureOperator, and the unit in which damping is measured."""

from infsel.normalizations._base import Normalization
from infsel.normalizations._rows import Row, Softmax
from infsel.normalizations._scalars import Identity, Spectral, SubStochastic

__all__ = ["Identity", "Normalization", "Row", "Softmax", "Spectral", "SubStochastic"]
