"""How two features relate: (X, y) -> FeatureOperator."""

from infsel.affinities._attention import Attention
from infsel.affinities._base import Affinity, Sum, Weighted
from infsel.affinities._dispersion import Dispersion
from infsel.affinities._given import Given
from infsel.affinities._inf_fs import inf_fs
from infsel.affinities._redundancy import Redundancy

__all__ = ["Affinity", "Attention", "Dispersion", "Given", "Redundancy", "Sum", "Weighted", "inf_fs"]
