"""FeatureOperator -> FeatureOperator, and the unit in which damping is measured."""

from infsel.normalizations._base import Normalization, Unit
from infsel.normalizations._entmax import Entmax
from infsel.normalizations._frobenius import FrobeniusReLU
from infsel.normalizations._rows import Row, Softmax
from infsel.normalizations._scalars import CeiledRowSum, Identity, Spectral, SubStochastic, TwiceSubStochastic
from infsel.normalizations._sinkhorn import Sinkhorn
from infsel.normalizations._top_k import TopK

__all__ = [
    "CeiledRowSum",
    "Entmax",
    "FrobeniusReLU",
    "Identity",
    "Normalization",
    "Row",
    "Sinkhorn",
    "Softmax",
    "Spectral",
    "SubStochastic",
    "TopK",
    "TwiceSubStochastic",
    "Unit",
]
