"""Affinity by similarity of tokens: the logits of self-attention."""

from dataclasses import dataclass
from operator import matmul
from typing import Any, Literal

import numpy as np

from infsel._runtime.ranges import Choice, Count, Number, Or, parameter
from infsel.affinities._base import Affinity
from infsel.embeddings import by_row, gram, inner, own_products, project
from infsel.operators import FeatureOperator, Heads, LowRank, Similarity
from infsel.tables import Table


@dataclass
class Attention(Affinity):
    """Q K^T / (sqrt(d) * temperature), where features are tokens embedded by their standardized columns.

    A token is its column, centered and divided by its standard deviation (ddof 0). Without a projection queries and
    keys are the tokens, d is the number of samples (each as often as it counts), and an entry equals sqrt(d) /
    temperature times a Pearson correlation. The softmax that turns these logits into attention weights is a
    normalization.

    Parameters
    ----------
    temperature : float > 0 or "auto", default=1.0
        High temperatures spread attention evenly, low ones focus it on the most similar feature. "auto" makes the
        standard deviation of the logits between different features 1, whatever the number of samples: what the factor
        1 / sqrt(d) does for independent tokens.
    projection : None, "pca" or tuple of two ndarrays, default=None
        Embedding of queries and keys: the tokens; their principal coordinates; or tokens @ W_Q and tokens @ W_K, with
        matrices of shape (n_samples, d).
    n_components : int, default=None
        How many principal coordinates "pca" keeps; by default those that hold 95 percent of the variance.
    n_heads : int, default=1
        In how many consecutive parts to split the embedding, each a head with logits of its own.
    pooling : {"mean", "max"}, default="mean"
        What becomes of the heads' attention.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0, -1.0], [2.0, -2.0], [2.0, -2.0], [1.0, -1.0]])
    >>> Attention()(X).to_dense().round(12)
    array([[ 2., -2.],
           [-2.,  2.]])
    """

    temperature: float | Literal["auto"] = parameter(Or("auto", Number(low=0)), 1.0)
    projection: Any = None
    n_components: int | None = parameter(Or(None, Count()), None)
    n_heads: int = parameter(Count(), 1)
    pooling: Literal["mean", "max"] = parameter(Choice(("mean", "max")), "mean")

    @property
    def reads(self) -> frozenset[str]:
        return super().reads if self._needs_samples else frozenset({"pairs"})

    @property
    def _needs_samples(self) -> bool:
        return self.projection is not None or self.n_heads != 1 or isinstance(self.temperature, str)

    def relate(self, table: Table, y: Any = None) -> FeatureOperator:
        length = np.sqrt(table.total_weight)  # of a token
        if not self._needs_samples:
            return Similarity(table.correlating("pearson"), length / self.temperature)
        self._check(table)
        Z: Any = table.unit_columns()
        Q, K = self._embedded(Z * Z.dtype.type(length))
        d = Q.shape[1]
        if self.n_heads > d:
            raise ValueError(f"n_heads={self.n_heads!r}: pass a whole number from 1 to the {d} dimensions embedded.")
        if self.projection is None and self.n_heads == 1:
            return logits(Q, K, self.temperature, table.total_weight)
        parts = np.array_split(np.arange(d), int(self.n_heads))
        heads = tuple(logits(*_head(Q, K, part), self.temperature, len(part)) for part in parts)
        return heads[0] if len(heads) == 1 else Heads(heads, self.pooling)

    def _check(self, table: Table) -> None:
        for require in (table.require_dense, table.require_plain):
            require("attention with projection, n_heads or temperature='auto'", ", or leave them out")
        if table.weights is None or isinstance(self.projection, str):
            return
        if self.projection is not None:
            raise ValueError(
                "sample_weight with projection=(W_Q, W_K), whose rows belong to samples that count alike: repeat rows, "
                "or use projection='pca'."
            )
        if self.n_heads != 1:
            raise ValueError(
                f"sample_weight with n_heads={self.n_heads!r}, which are blocks of samples that count alike: repeat "
                "rows, or use projection='pca'."
            )

    def _embedded(self, Z: Any) -> tuple[Any, Any]:
        if self.projection is None:
            return Z, Z
        if isinstance(self.projection, str) and self.projection == "pca":
            return (principal_coordinates(Z, self.n_components),) * 2
        if isinstance(self.projection, str) or len(self.projection) != 2:
            raise ValueError(f"projection={self.projection!r}: pass None, 'pca' or a pair of matrices (W_Q, W_K).")
        W_Q, W_K = (np.asarray(W, dtype=Z.dtype) for W in self.projection)
        if W_Q.ndim != 2 or W_Q.shape != W_K.shape or len(W_Q) != Z.shape[1]:
            raise ValueError(
                f"projection has matrices of shapes {W_Q.shape} and {W_K.shape}: both need one row for each of the "
                f"{Z.shape[1]} samples and as many columns as the other."
            )
        return tuple(by_row(matmul, Z, W, width=W.shape[1]) for W in (W_Q, W_K))


def logits(Q: Any, K: Any, temperature: float | str, d: float) -> FeatureOperator:
    """Q K^T / (sqrt(d) * temperature) as an operator, symmetric where queries and keys are one array."""
    scale = 1 / np.sqrt(d)
    scale /= scale * _spread(Q, K) or 1.0 if isinstance(temperature, str) else temperature
    return Similarity(K, scale) if Q is K else LowRank(Q * Q.dtype.type(scale), K)


def _head(Q: Any, K: Any, part: np.ndarray) -> tuple[Any, Any]:
    head = by_row(_some, K, part, width=len(part))
    return (head, head) if Q is K else (by_row(_some, Q, part, width=len(part)), head)


def _some(rows: np.ndarray, part: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(rows[:, part[0] : part[-1] + 1])


def principal_coordinates(Z: Any, n_components: int | None) -> Any:
    """Coordinates of the rows of Z on its leading right singular vectors, shape (n_features, d)."""
    through_samples = len(Z) >= Z.shape[1]
    squares, vectors = np.linalg.eigh(inner(Z) if through_samples else gram(Z, Z))
    squares, vectors = np.maximum(squares[::-1], 0), vectors[:, ::-1]
    share = np.cumsum(squares) / np.sum(squares)
    d = int(np.searchsorted(share, 0.95) + 1) if n_components is None else n_components
    if d > len(share):
        raise ValueError(f"n_components={n_components!r}: pass a whole number from 1 to {len(share)}.")
    leading = np.ascontiguousarray(vectors[:, :d], Z.dtype)
    # singular vectors have no sign of their own, but a head that shares one with another would show it: products do not
    return by_row(matmul, Z, leading, width=d) if through_samples else leading * np.sqrt(squares[:d]).astype(Z.dtype)


def _spread(Q: Any, K: Any) -> float:
    """Standard deviation of q_i . k_j over i != j, from moments: Q K^T is never formed."""
    n, ones = len(Q), np.ones(len(Q), Q.dtype)
    own, of_all = own_products(Q, K), inner if Q.shape[1] <= n else _outer
    products = of_all(Q)
    squares = np.sum(products * (products if Q is K else of_all(K)))
    pairs = max(n * (n - 1), 1)
    mean = (project(Q, ones) @ project(K, ones) - own.sum()) / pairs
    variance = (squares - own @ own) / pairs - mean**2
    return float(np.sqrt(variance)) if variance > np.finfo(Q.dtype).eps * own.max() ** 2 else 0.0


def _outer(Z: Any) -> np.ndarray:
    return gram(Z, Z)
