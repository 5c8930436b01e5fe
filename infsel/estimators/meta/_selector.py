"""Selectors that let another estimator do the scoring."""

from typing import Any

from sklearn import get_config
from sklearn.base import MetaEstimatorMixin, clone
from sklearn.utils import get_tags
from sklearn.utils.metadata_routing import MetadataRouter, MethodMapping, process_routing

from infsel.estimators.base._callbacks import CallbackSupportMixin
from infsel.estimators.base._ranking import RankingSelector


class MetaSelector(MetaEstimatorMixin, CallbackSupportMixin, RankingSelector):
    """Fits clones of `selector` and selects by what they say. Metadata of `fit` goes to them."""

    selector: Any

    def get_metadata_routing(self) -> MetadataRouter:
        """Where metadata goes: all of it to the `fit` of the selector, if that requests it.

        Returns
        -------
        routing : MetadataRouter
        """
        mapping = MethodMapping().add(caller="fit", callee="fit").add(caller="fit_transform", callee="fit")
        return MetadataRouter(owner=self).add(selector=self.selector, method_mapping=mapping)

    def _routed(self, fit_params: dict[str, Any]) -> dict[str, Any]:
        if not get_config()["enable_metadata_routing"]:
            return fit_params
        return dict(process_routing(self, "fit", **fit_params).selector.fit)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        inner = get_tags(self.selector)
        tags.input_tags.sparse = inner.input_tags.sparse
        tags.input_tags.allow_nan = inner.input_tags.allow_nan
        tags.target_tags.required = inner.target_tags.required
        return tags


def reseeded(selector: Any, seed: int, **parameters: Any) -> Any:
    """A clone with the given parameters, and with the seed for every random state that it has."""
    copy = clone(selector).set_params(**parameters)
    names = [name for name in copy.get_params() if name == "random_state" or name.endswith("__random_state")]
    return copy.set_params(**dict.fromkeys(names, seed))
