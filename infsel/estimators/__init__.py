"""The scikit-learn face of the package."""

from infsel.estimators._attention import AttentionSelector
from infsel.estimators._inf_fs import InfFS
from infsel.estimators._listing import presets

__all__ = ["AttentionSelector", "InfFS", "presets"]
