"""How two features relate: (table, y) -> FeatureOperator."""

from infsel.affinities._attention import Attention
from infsel.affinities._base import Affinity, Learned, Product, Sum, Weighted
from infsel.affinities._between import Between, Within
from infsel.affinities._correlation import Correlation
from infsel.affinities._dispersion import Dispersion
from infsel.affinities._gated import Gated
from infsel.affinities._given import Given
from infsel.affinities._graph import Graph
from infsel.affinities._inf_fs import inf_fs
from infsel.affinities._kernel import Kernel
from infsel.affinities._lagged import Lagged
from infsel.affinities._metadata_attention import MetadataAttention
from infsel.affinities._metadata_gate import MetadataGate
from infsel.affinities._mixture import Mixture
from infsel.affinities._partial_correlation import PartialCorrelation
from infsel.affinities._pooled_attention import PooledAttention, pooled_attention
from infsel.affinities._ppmi import PPMI
from infsel.affinities._profile import Profile
from infsel.affinities._redundancy import Redundancy
from infsel.affinities._relevance import Relevance
from infsel.affinities._rows import Rows
from infsel.affinities._significant_correlation import SignificantCorrelation
from infsel.affinities._spectrum import LearnedSpectrum, Spectrum
from infsel.affinities._squared_correlation import SquaredCorrelation
from infsel.affinities._to_target import AttentionToTarget

__all__ = [
    "PPMI",
    "Affinity",
    "Attention",
    "AttentionToTarget",
    "Between",
    "Correlation",
    "Dispersion",
    "Gated",
    "Given",
    "Graph",
    "Kernel",
    "Lagged",
    "Learned",
    "LearnedSpectrum",
    "MetadataAttention",
    "MetadataGate",
    "Mixture",
    "PartialCorrelation",
    "PooledAttention",
    "Product",
    "Profile",
    "Redundancy",
    "Relevance",
    "Rows",
    "SignificantCorrelation",
    "Spectrum",
    "SquaredCorrelation",
    "Sum",
    "Weighted",
    "Within",
    "inf_fs",
    "pooled_attention",
]
