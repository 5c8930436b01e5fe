"""Affinity by significance: two features relate, or they do not."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp

from infsel._runtime.progress import stage
from infsel._runtime.ranges import Choice, Number, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import are_associated, standard_errors
from infsel.operators import FeatureOperator, Similarity, Stored
from infsel.tables import Table

_DENSEST = 0.1  # share of all pairs from which on a list of them takes more room than there is


@dataclass
class SignificantCorrelation(Affinity):
    """1 where |r_ij| > threshold / sqrt(n) for n samples, each as often as it counts, else 0; 0 on the diagonal.

    The standard error of the correlation of independent features is about 1 / sqrt(n), so that 3 lets through about 27
    of 10,000 chance pairs. The graph is sparse, and only its edges are kept. A constant column relates to nothing. With
    gaps n are the samples that have both columns; labels relate where chi squared is as unlikely by chance.

    Parameters
    ----------
    threshold : float > 0, default=3.0
        In standard errors.
    correlation : {"pearson", "spearman", "mutual-information"}, default="pearson"
        Pearson's correlation, Spearman's rank correlation (ties share their mean rank) or mutual information.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 3.0], [3.0, 9.0, 2.0]])
    >>> SignificantCorrelation(threshold=1.5, correlation="spearman")(X).to_dense()
    array([[0., 1., 0.],
           [1., 0., 0.],
           [0., 0., 0.]])
    """

    threshold: float = parameter(Number(low=0), 3.0)
    correlation: Literal["pearson", "spearman", "mutual-information"] = parameter(
        Choice(("pearson", "spearman", "mutual-information")), "pearson"
    )

    @property
    def reads(self) -> frozenset[str]:
        return frozenset({"pairs"}) if self.correlation == "pearson" else super().reads

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        Z, n_features = table.correlating(self.correlation), table.shape[1]
        if are_associated(Z):
            errors = Similarity(Z.read_as(standard_errors))
        else:
            errors = Similarity(Z, np.sqrt(table.total_weight))
        blocks, n_edges = [], 0
        with stage("significant pairs", n_features) as advance:
            for rows, values in errors.row_blocks():
                edges = np.abs(values) > self.threshold
                edges[np.arange(len(edges)), np.arange(rows.start, rows.stop)] = False
                blocks.append(sp.csr_array(edges))
                n_edges += blocks[-1].nnz
                if n_features > 5000 and n_edges > _DENSEST * n_features * rows.stop:
                    raise ValueError(
                        f"threshold={self.threshold!r} lets {n_edges:,} of the first {n_features * rows.stop:,} pairs "
                        "through, which is no sparse graph: raise it, or remove what all columns have in common."
                    )
                advance(len(edges))
        return Stored(sp.vstack(blocks, format="csr").astype(table.dtype))
