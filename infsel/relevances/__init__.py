"""How much each feature says about the target, or by itself: (X, y) -> vector."""

from infsel.relevances._absolute_mean import AbsoluteMean
from infsel.relevances._anova import AnovaF
from infsel.relevances._auc import AUC
from infsel.relevances._base import Relevance
from infsel.relevances._concordance import Concordance
from infsel.relevances._correlation import Correlation
from infsel.relevances._cross_fitted import CrossFitted, cross_fitted, halves
from infsel.relevances._fisher import Fisher
from infsel.relevances._given import Given
from infsel.relevances._integer_information import IntegerInformation, SharedInformation
from infsel.relevances._latent_factor import LatentFactor
from infsel.relevances._monge_gap import MongeGap
from infsel.relevances._muteinf import Muteinf
from infsel.relevances._mutual_information import MutualInformation
from infsel.relevances._relief import SoftRelief, relief_margins
from infsel.relevances._relieff import IteratedRelief, ReliefF
from infsel.relevances._repeats import picked, repeated
from infsel.relevances._resolve import RELEVANCES, as_relevance, relevance_of
from infsel.relevances._rrelieff import RReliefF
from infsel.relevances._squared_correlation import SquaredCorrelation
from infsel.relevances._wasserstein import Wasserstein
from infsel.targets import is_continuous  # which of two kinds of relevances a target needs

__all__ = [
    "AUC",
    "RELEVANCES",
    "AbsoluteMean",
    "AnovaF",
    "Concordance",
    "Correlation",
    "CrossFitted",
    "Fisher",
    "Given",
    "IntegerInformation",
    "IteratedRelief",
    "LatentFactor",
    "MongeGap",
    "Muteinf",
    "MutualInformation",
    "RReliefF",
    "Relevance",
    "ReliefF",
    "SharedInformation",
    "SoftRelief",
    "SquaredCorrelation",
    "Wasserstein",
    "as_relevance",
    "cross_fitted",
    "halves",
    "is_continuous",
    "picked",
    "relevance_of",
    "relief_margins",
    "repeated",
]
