"""The scikit-learn face of the package."""

from infsel.estimators._attention import AttentionSelector
from infsel.estimators._inf_fs import InfFS

__all__ = ["AttentionSelector", "InfFS"]
