"""Two relevances in one."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from infsel._runtime.ranges import Part
from infsel.relevances._base import Relevance
from infsel.relevances._fisher import Fisher
from infsel.relevances._muteinf import Muteinf
from infsel.tables import MixedTable


@dataclass
class AbsoluteMean(Relevance):
    """|a + b| / 2 of two relevances: how eigenvector centrality feature selection joins Fisher score and information.

    Parameters
    ----------
    first, second : Relevance
        By default `Fisher` and `Muteinf`.

    References
    ----------
    Roffo, Melzi (2016). Features Selection via Eigenvector Centrality. NFMCP.
    """

    first: Relevance = field(default_factory=Fisher, metadata={"range": Part(Relevance)})
    second: Relevance = field(default_factory=Muteinf, metadata={"range": Part(Relevance)})

    @property
    def separable(self) -> bool:  # type: ignore[override]
        """Whether both are."""
        return self.first.separable and self.second.separable

    @property
    def weighted(self) -> bool:  # type: ignore[override]
        """Whether both are."""
        return self.first.weighted and self.second.weighted

    def of_mixed(self, X: MixedTable, y: Any = None) -> np.ndarray:
        """The same of what both make of it."""
        return np.abs(self.first.of_mixed(X, y) + self.second.of_mixed(X, y)) / 2

    def rate(self, X: np.ndarray, y: Any = None, sample_weight: Any = None) -> np.ndarray:
        weights = () if sample_weight is None else (sample_weight,)
        return np.abs(self.first.rate(X, y, *weights) + self.second.rate(X, y, *weights)) / 2
