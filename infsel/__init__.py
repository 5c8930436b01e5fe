"""Feature selection by letting relevance flow over a graph whose nodes are the columns of a table."""

from importlib.metadata import version as _version

from infsel.estimators import AttentionSelector, InfFS

__all__ = ["AttentionSelector", "InfFS", "__version__"]
__version__ = _version("infsel")
