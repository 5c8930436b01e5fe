"""What an n x n relation between features is, stored or not."""

from infsel.operators._base import FeatureOperator, Scaled, Sum
from infsel.operators._complement import Complement
from infsel.operators._entries import absolute, exponential, positive_part, square
from infsel.operators._gram import Gram
from infsel.operators._heads import Heads
from infsel.operators._rows import Principal, RowMap, RowScaled
from infsel.operators._sampling import Sampling
from infsel.operators._stored import Stored, as_operator
from infsel.operators._structured import LowRank, MaxOuter, Similarity

__all__ = [
    "Complement",
    "FeatureOperator",
    "Gram",
    "Heads",
    "LowRank",
    "MaxOuter",
    "Principal",
    "RowMap",
    "RowScaled",
    "Sampling",
    "Scaled",
    "Similarity",
    "Stored",
    "Sum",
    "absolute",
    "as_operator",
    "exponential",
    "positive_part",
    "square",
]
