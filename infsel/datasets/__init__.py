"""Small real tables for examples and for the command line."""

from infsel.datasets._bundled import breast_cancer

__all__ = ["breast_cancer"]
