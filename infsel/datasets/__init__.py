"""Small real tables for examples and for the command line."""

from infsel.datasets._bundled import BUNDLED, breast_cancer, diabetes, digits, iris, wine
from infsel.datasets._penguins import penguins

__all__ = ["BUNDLED", "breast_cancer", "diabetes", "digits", "iris", "penguins", "wine"]
