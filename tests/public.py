"""A small estimator of every public class, for laws that hold for all of them."""

from sklearn.base import clone
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import GaussianNB

import infsel
from infsel import (
    AttentionSelector,
    AttentionSelectorCV,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RankAggregator,
    RecursiveElimination,
    SelectorCV,
    StabilitySelector,
)

EVERY = {
    "InfFS": InfFS(),
    "AttentionSelector": AttentionSelector(temperature=5),
    "InfFSCV": InfFSCV(Ridge(), alphas=[0.5], n_hops=[2], dampings=[0.9], n_features_to_select=[2], cv=2),
    "AttentionSelectorCV": AttentionSelectorCV(GaussianNB(), temperatures=[5], n_features_to_select=[2], cv=2),
    "CoverageSelector": CoverageSelector(),
    "CriterionSelector": CriterionSelector(),
    "DeflatedPopularity": DeflatedPopularity(),
    "KnockoffSelector": KnockoffSelector(Ridge(), random_state=0),
    "RankAggregator": RankAggregator([("walks", InfFS()), ("coverage", CoverageSelector()), ("f", SelectKBest(k=2))]),
    "RecursiveElimination": RecursiveElimination(),
    "SelectorCV": SelectorCV(GaussianNB(), selector=InfFS(), n_features_to_select=[2], cv=2),
    "StabilitySelector": StabilitySelector(InfFS(), n_pairs=1, random_state=0),
}
assert EVERY.keys() == {name for name in infsel.__all__ if hasattr(getattr(infsel, name), "get_params")}


def excluding(name, columns):
    """The estimator of that name, or what it fits, with columns to exclude; None where nothing takes them."""
    estimator = clone(EVERY[name])
    if "exclude" in estimator.get_params(deep=False):
        return estimator.set_params(exclude=columns)
    if name in ("InfFSCV", "AttentionSelectorCV", "SelectorCV"):
        return estimator.set_params(selector=estimator._template().set_params(exclude=columns))
    return estimator.set_params(selector__exclude=columns) if name == "StabilitySelector" else None
