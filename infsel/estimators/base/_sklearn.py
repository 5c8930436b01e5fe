"""The private names of scikit-learn that selectors rely on: no other file imports one, so that a release breaks one."""

from typing import Any

from sklearn.feature_selection._base import _get_feature_importances as feature_importances
from sklearn.utils import _safe_indexing as safe_indexing
from sklearn.utils._set_output import _get_output_config as output_config
from sklearn.utils.metadata_routing import _raise_for_params as raise_for_params
from sklearn.utils.metadata_routing import _routing_enabled as routing_enabled
from sklearn.utils.metaestimators import _BaseComposition as BaseComposition
from sklearn.utils.validation import _check_method_params as check_method_params
from sklearn.utils.validation import _check_sample_weight as check_sample_weight
from sklearn.utils.validation import _num_samples as num_samples

__all__ = [
    "BaseComposition",
    "asked_output",
    "check_method_params",
    "check_sample_weight",
    "feature_importances",
    "num_samples",
    "output_config",
    "raise_for_params",
    "routing_enabled",
    "safe_indexing",
]


def asked_output(transformer: Any) -> str | None:
    """What `set_output` asked a transformer for, None where nobody did."""
    return getattr(transformer, "_sklearn_output_config", {}).get("transform")
