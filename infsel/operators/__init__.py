"""What an n x n relation between features is, stored or not."""

from infsel.operators._base import FeatureOperator, Hadamard, Scaled, Sum
from infsel.operators._complement import Complement
from infsel.operators._entries import Independence, Unlikeness, absolute, exponential, positive_part, unchanged
from infsel.operators._gaussian import gaussian
from infsel.operators._gram import Gram
from infsel.operators._gramian import Gramian
from infsel.operators._heads import Heads
from infsel.operators._masked import Masked, masked
from infsel.operators._remembered import Remembered
from infsel.operators._row_cosine import RowCosine, cosines, row_cosine
from infsel.operators._rows import DiagonalScaled, Principal, RowMap, principal, row_sums, stochastic
from infsel.operators._sampling import Sampling
from infsel.operators._shared_groups import SharedGroups
from infsel.operators._squared import SquaredGram, squared_gram
from infsel.operators._stored import Stored, as_operator, declared
from infsel.operators._structured import HalfSquaredDistance, LowRank, MaxOuter, Similarity

__all__ = [
    "Complement",
    "DiagonalScaled",
    "FeatureOperator",
    "Gram",
    "Gramian",
    "Hadamard",
    "HalfSquaredDistance",
    "Heads",
    "Independence",
    "LowRank",
    "Masked",
    "MaxOuter",
    "Principal",
    "Remembered",
    "RowCosine",
    "RowMap",
    "Sampling",
    "Scaled",
    "SharedGroups",
    "Similarity",
    "SquaredGram",
    "Stored",
    "Sum",
    "Unlikeness",
    "absolute",
    "as_operator",
    "cosines",
    "declared",
    "exponential",
    "gaussian",
    "masked",
    "positive_part",
    "principal",
    "row_cosine",
    "row_sums",
    "squared_gram",
    "stochastic",
    "unchanged",
]
