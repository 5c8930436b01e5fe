"""An affinity to which each feature lets others attend as much as its gate says."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from infsel._runtime.ranges import Object, required
from infsel.affinities._base import OfOne
from infsel.operators import DiagonalScaled, FeatureOperator
from infsel.relevances import as_relevance, relevance_of
from infsel.tables import Table


@dataclass(eq=False)
class Gated(OfOne):
    """A_ij g_j: an affinity whose columns are multiplied by a gate, the key's part of attention.

    After ``normalization="row"`` a feature divides its attention by g among its neighbors: what a graph attention
    network does whose logits on edges are those of the key alone. A gate of relevances m makes it the chain of
    a context, P_ij = m_j A_ij / sum_k m_k A_ik, and without normalization one hop of ``readout="sent"`` is A m.

    Parameters
    ----------
    affinity : Affinity
    gate : array-like of shape (n_features,), mapping, series, str, relevance or callable
        Numbers in the order of the columns, or by their names; or what the target asks for, as the name or an object of
        `infsel.relevances`, or a callable ``(X, y) -> gate``, which sees y. No number may be negative.

    References
    ----------
    Velickovic et al. (2018). Graph Attention Networks. ICLR.
    Ildiz et al. (2024). From Self-Attention to Markov Models: Unveiling the Dynamics of Generative Transformers. ICML.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel.affinities import Given
    >>> Gated(Given(np.ones((3, 3))), [1, 0.5, 0])(np.eye(3)).to_dense()
    array([[1. , 0.5, 0. ],
           [1. , 0.5, 0. ],
           [1. , 0.5, 0. ]])
    """

    gate: Any = required(Object("pass one number for each column, by order or by name, or a relevance"))

    @property
    def placed(self) -> bool:
        return self.affinity.placed or not self._is_computed

    @property
    def _is_computed(self) -> bool:
        """Whether the gate comes from the table."""
        return isinstance(self.gate, str) or callable(self.gate)

    @property
    def reads(self) -> frozenset[str]:
        named = hasattr(self.gate, "keys")
        return self.affinity.reads | (frozenset() if named else as_relevance(self.gate).reads)

    def __repr__(self) -> str:
        gate = repr(self.gate) if self._is_computed else f"<{len(self.gate)} numbers>"
        return f"Gated({self.affinity!r}, {gate})"

    def among(self, columns: np.ndarray, table: Table, y: Any = None) -> FeatureOperator:
        """Relate the given columns.

        Raises
        ------
        ValueError
            If a gate is negative or not finite, a column has none, or all that are given are 0.
        """
        gate = relevance_of(_by_order(self.gate, table), table, y, "Gated.gate")[columns]
        wrong = ~np.isfinite(gate) | (gate < 0)
        if wrong.any():
            raise ValueError(f"Gated.gate[{columns[wrong][0]}] is {gate[wrong][0]}: pass finite numbers from 0 up.")
        if not (gate.any() or self._is_computed):  # noise may be worth nothing to the target: a fit then warns
            raise ValueError("Gated.gate is 0 for every feature that varies: at least one has to let others attend.")
        return DiagonalScaled(None, self.affinity.among(columns, table, y), gate)


def _by_order(gate: Any, table: Table) -> Any:
    """The numbers of a mapping or a series in the order of the columns; anything else as it is.

    Raises
    ------
    ValueError
        If a column has no number, or X no names.
    """
    if not hasattr(gate, "keys"):
        return gate
    if table.names is None:
        raise ValueError("Gated.gate has names and X has none: pass X as a data frame, or numbers in column order.")
    missing = [name for name in table.names if name not in gate]
    if missing:
        raise ValueError(f"Gated.gate has no number for {missing[0]!r}, a column of X: add one.")
    return np.array([gate[name] for name in table.names], dtype=np.float64)
