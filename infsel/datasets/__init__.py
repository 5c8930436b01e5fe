"""Small real tables for examples and for the command line."""

from infsel.datasets._bundled import breast_cancer
from infsel.datasets._penguins import penguins

__all__ = ["breast_cancer", "penguins"]
