"""Selectors by what they read: labels, numbers, or both."""

from sklearn.base import clone

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    InfFS,
    RankAggregator,
    RecursiveElimination,
)
from infsel.affinities import Relevance
from infsel.criteria import Filter
from infsel.relevances import (
    AUC,
    AnovaF,
    Correlation,
    Fisher,
    IntegerInformation,
    IteratedRelief,
    LatentFactor,
    Muteinf,
    MutualInformation,
    ReliefF,
    SoftRelief,
)


def seeded(relevance):
    return InfFS(alpha=0.0, start=relevance, readout="seeded")


def graph(score):
    return InfFS(affinity=Relevance(score, pair="max", scale=False), n_hops=1)


CRITERIA = ("jmi", "cmim", "mrmr-mid", "mrmr-miq", "mrmr-fcd", "mrmr-fcq", "suppression", "coverage")
OF_BOTH = [
    RecursiveElimination(),
    RecursiveElimination(kernel="linear"),
    CoverageSelector(),
    *(CriterionSelector(name) for name in CRITERIA),
    CriterionSelector(Filter(SoftRelief())),
    CriterionSelector(Filter("mutual-information")),
    CriterionSelector("relieff"),
    AttentionSelector(target_token=True),
    graph(MutualInformation()),
    graph(SoftRelief()),
    graph(ReliefF()),
    graph(IntegerInformation()),
    RankAggregator([("elimination", RecursiveElimination()), ("coverage", CoverageSelector())]),
]
OF_NUMBERS = [graph(Correlation()), graph(Correlation("spearman")), CriterionSelector(Filter("pearson"))]
OF_CLASSES = [
    CriterionSelector("irelief"),
    *(CriterionSelector(Filter(name)) for name in ("fisher", "anova", "auc")),
    *(seeded(name) for name in ("fisher", "anova", "auc")),
    *(graph(one) for one in (Fisher(), AnovaF(), AUC(), LatentFactor(), Muteinf(), IteratedRelief())),
    InfFS.from_preset("tpami2020-supervised"),
    InfFS.from_preset("tpami2020-supervised-released"),
    InfFS.from_preset("fslib2016-supervised"),
    InfFS.from_preset("ecfs"),
    InfFS.from_preset("ilfs"),
]
ALL = [*OF_BOTH, *OF_NUMBERS, *OF_CLASSES]
READ_NO_TIMES = [*OF_CLASSES, graph(IntegerInformation())]


def order(selector, X, y):
    return clone(selector).fit(X, y).ranking_.tolist()
