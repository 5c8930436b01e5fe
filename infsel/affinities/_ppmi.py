"""Affinity of counts: which columns occur together, and in the same company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp

from infsel._runtime.memory import machine
from infsel._runtime.progress import stage
from infsel._runtime.ranges import Choice, Flag, Number, Or, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import SparseRows, are_spread, joined
from infsel.operators import FeatureOperator, Similarity, Stored
from infsel.tables import Table

_SMOOTHED = 0.75  # power of how often the second column occurs: without it rare columns relate most
_DENSEST = 0.5  # share of occurrences, from which on occurring together tells nothing
_PRODUCTS = 2**24  # pairs of occurrences counted at once


@dataclass
class PPMI(Affinity):
    """Positive pointwise mutual information of columns of counts, weighted, and the cosine of its rows.

    C_ij counts the rows in which columns i and j both are above 0, i != j, and c_i = sum_j C_ij. Then
    PPMI_ij = max(0, log(C_ij N / (c_i c_j^0.75))) with N = sum_j c_j^0.75: how much more often j occurs beside i than
    beside anything. Few counts make large values by chance, which f(C_ij) = min(1, (C_ij / x_max)^0.75) weighs down.
    The second order is the cosine between the rows i and j of f(C) * PPMI, as GloVe's dot product: columns relate that
    keep the same company, also where they never meet. C and its rows are sparse; nothing dense of n x n is made.

    Take it to find companions of a few known columns (``readout="seeded"``, ``start=["name", ...]``, ``n_hops=1``), not
    to rank without any: then a few giant rows decide, and scores are near chance.

    Parameters
    ----------
    weighting : {"glove", None}, default="glove"
        Whether f weighs the entries.
    second_order : bool, default=True
        Whether to take the cosine of rows, or the asymmetric f(C) * PPMI itself.
    x_max : float > 0, default=10.0
        From how many rows on an entry counts in full.

    References
    ----------
    Levy, Goldberg, Dagan (2015). Improving Distributional Similarity with Lessons Learned from Word Embeddings. TACL 3.
    Pennington, Socher, Manning (2014). GloVe: Global Vectors for Word Representation. EMNLP.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1, 0, 1, 0, 0, 0], [0, 2, 1, 0, 0, 0], [0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 1, 3]])
    >>> PPMI()(X).to_dense()[0].round(2).tolist()  # the first two never meet, and meet the same
    [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    """

    weighting: Literal["glove"] | None = parameter(Or(None, Choice(("glove",))), "glove")
    second_order: bool = parameter(Flag(), True)
    x_max: float = parameter(Number(low=0), 10.0)

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        table.require_plain(f"{self!r}", ", or take Correlation() or SquaredCorrelation()")
        R = self._first_order(_occurrences(table), table.counts)
        R = R.astype(np.result_type(table.dtype, np.float32))  # counts may be integers
        if not R.nnz:
            raise ValueError(
                f"{self!r}: no two columns of X occur in the same row more often than by chance, so none relate. Pass "
                "more rows, or columns that occur in more of them."
            )
        if not self.second_order:
            return Stored(R)
        norms = np.sqrt(R.multiply(R).sum(axis=1))
        return Similarity(SparseRows(R, np.zeros(len(norms)), 1 / np.where(norms > 0, norms, np.inf))).with_sign(True)

    def _first_order(self, B: Any, counts: np.ndarray) -> sp.csr_array:
        """f(C) * PPMI, without what is 0."""
        lengths = B.sums(_of_samples) if are_spread(B) else _of_samples(B)
        together = joined(_together, B, counts, lengths)
        shares = together**_SMOOTHED
        settings = counts, together, shares / (shares.sum() or 1.0)
        if not are_spread(B):
            return self._between(B, B, 0, 0, *settings)
        blocks = [sp.hstack(pieces, format="csr") for pieces in B.pairs(self._between, B, *settings)]
        return sp.csr_array(sp.vstack(blocks, format="csr"))

    def _between(
        self,
        P: sp.csr_array,
        Q: sp.csr_array,
        first: int,
        second: int,
        counts: np.ndarray,
        together: np.ndarray,
        shares: np.ndarray,
    ) -> sp.csr_array:
        """The same between columns from the first on and columns from the second on, a block of rows at a time."""
        weighted, n, blocks = sp.csr_array(Q * counts), P.shape[0], []
        with stage("co-occurrence", n) as advance:
            for start, stop in _blocks(P @ Q.sum(axis=0)):
                C = P[start:stop] @ weighted.T
                blocks.append(self._rows(C, (first + start, second), together, shares))
                _check_memory(sum(block.nnz for block in blocks) * n / stop)
                advance(stop - start)
        return sp.csr_array(sp.vstack(blocks, format="csr"))

    def _rows(self, C: sp.csr_array, place: tuple[int, int], together: np.ndarray, shares: np.ndarray) -> sp.csr_array:
        C, (first, second) = C.tocoo(), place
        row, column = C.coords
        other = row + first != column + second  # a column always occurs with itself
        row, column, x = row[other], column[other], C.data[other]
        values = np.log(x / (together[row + first] * shares[column + second]))
        if self.weighting is not None:
            values *= np.minimum(1, (x / self.x_max) ** _SMOOTHED)
        positive = values > 0
        return sp.csr_array((values[positive], (row[positive], column[positive])), shape=C.shape)


def _occurrences(table: Table) -> Any:
    """Where a column is above 0, as a matrix of ones with a row for each column, which stays where it is.

    Raises
    ------
    ValueError
        If a number is negative, or most are above 0.
    """
    lowest = table.extremes()[0]
    negative = np.flatnonzero(lowest < 0)
    if len(negative):
        column = int(negative[0])
        name = column if table.names is None else repr(str(table.names[column]))
        raise ValueError(
            f"PPMI() counts occurrences, and column {name} of X holds {lowest[column]:g}: pass counts, 0 or more, "
            "or take Correlation() or SquaredCorrelation()."
        )
    B = table.rows_by_blocks(_above_zero, np.float64)
    share = joined(_sizes, B).sum() / np.prod(B.shape, dtype=float)
    if share > _DENSEST:
        raise ValueError(
            f"PPMI() needs counts of which most are 0, and {share:.0%} of X are above it: where columns occur in most "
            "rows, occurring together tells nothing. Subtract what is usual, or take SquaredCorrelation()."
        )
    return B


def _above_zero(table: Table) -> sp.csr_array:
    B = sp.csr_array(table.array.T, dtype=np.float64, copy=True)
    B.sum_duplicates()
    B.eliminate_zeros()
    B.data[:] = 1
    return B


def _sizes(B: sp.csr_array) -> np.ndarray:
    """In how many samples each column occurs."""
    return np.diff(B.indptr)


def _of_samples(B: sp.csr_array, _: Any = None) -> np.ndarray:
    """How many columns occur in each sample."""
    return np.asarray(B.sum(axis=0))


def _together(B: sp.csr_array, counts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """How often each column occurs beside others."""
    weighted = sp.csr_array(B * counts)
    return np.asarray(weighted @ lengths - weighted.sum(axis=1))


def _blocks(products: np.ndarray) -> Iterator[tuple[int, int]]:
    """Consecutive rows whose products take bounded memory, as first and last + 1."""
    number = np.cumsum(products) // _PRODUCTS
    edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(products)]
    yield from pairwise(edges)


def _check_memory(entries: float) -> None:
    needed = 2 * entries * (8 + 4)  # the blocks and what they are joined to
    if needed > machine():
        raise MemoryError(
            f"PPMI() would hold about {entries:,.0f} pairs of columns that occur together, {needed / 1e9:,.1f} GB, and "
            f"this process can have {machine() / 1e9:,.1f} GB: leave out rows with very many occurrences, or columns "
            "that occur nearly everywhere."
        )
