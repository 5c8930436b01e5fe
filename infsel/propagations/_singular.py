"""The leading singular pairs of a relation: who drives, and who follows."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np
import scipy.linalg

from infsel._runtime.ranges import Count, Or, Seed, parameter
from infsel.embeddings import are_spread, by_row, gram, inner
from infsel.krylov import Radius
from infsel.operators import FeatureOperator, LowRank, Remembered, Scaled, Similarity
from infsel.propagations._base import Propagation

_UNSEEN = 1e3  # as for `Stationary`: values nearer than what is known of the largest would be taken for one
_PAIRINGS = 10


@dataclass
class Singular(Propagation):
    """Leading singular pairs of A = U S V^T: drivers by ``readout="sent"``, followers by ``readout="received"``.

    A driver i scores ||(U S)_i||^2 over the leading pairs, a follower j scores ||(V S)_j||^2, both in units of the
    largest singular value squared. For A = Q K^T these are the projections of the queries and of the keys that
    Primal-Attention trains toward, where its objective tr(E^T E S^-1) / 2 + tr(R^T R S^-1) / 2 - tr(W_e^T W_r), with
    E = U S = Q W_e and R = V S = K W_r, is zero; with rank 1 they are the hubs and authorities of Kleinberg, squared.

    It is a function of A A^T, or against the direction of A of A^T A, so `spectral_radius_` is the square of the
    largest singular value. Of singular values that are equal, the basis meets one direction.

    Parameters
    ----------
    rank : int >= 1 or "auto", default=1
        How many leading pairs count; "auto" for as many as exceed the largest singular value of Q P K^T in each of ten
        random pairings P of what queries and keys hold (of the samples, for `Lagged`), and at least one.
    random_state : int, RandomState or None, default=0
        Draws the pairings of "auto".

    References
    ----------
    Chen, Tao, Tonin, Suykens (2023). Primal-Attention: Self-attention through Asymmetric Kernel SVD in Primal
    Representation. NeurIPS.
    Suykens (2016). SVD revisited: a new variational principle, compatible feature maps and nonlinear extensions.
    Applied and Computational Harmonic Analysis 40.
    Kleinberg (1999). Authoritative Sources in a Hyperlinked Environment. Journal of the ACM 46.

    Examples
    --------
    >>> import numpy as np
    >>> A = np.array([[0.0, 3.0, 4.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    >>> rule = Singular()
    >>> rule.finish(rule(A, np.ones(3))).round(12).tolist(), rule.finish(rule(A.T, np.ones(3))).round(2).tolist()
    ([1.0, 0.0, 0.0], [0.0, 0.36, 0.64])
    """

    forgets_start: ClassVar[bool] = True
    of_gramian: ClassVar[bool] = True

    rank: int | Literal["auto"] = parameter(Or("auto", Count()), 1)
    random_state: int | np.random.RandomState | None = parameter(Seed(), 0)

    def resolve(self, A: FeatureOperator) -> Propagation:
        """The rule with its rank."""
        return replace(self, rank=_rank_above_chance(A, self.random_state)) if self.rank == "auto" else self

    def act(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The leading eigenvectors of A, here A A^T, in rows: each times the root of its share of the largest value."""
        values, vectors = _leading(A, self._pairs)
        vectors = np.sqrt(values / (values[0] or 1.0))[:, None] * vectors
        return vectors[0] if self._pairs == 1 else vectors

    def inflow(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The eigenvector over its eigenvalue, for a single pair."""
        if self.rank != 1:
            raise ValueError(f"{self!r} adds squares over pairs, which no neighbor brings: explain with rank=1.")
        [value], [vector] = _leading(A, 1)
        return vector / value if value else vector

    def finish(self, scores: np.ndarray) -> np.ndarray:
        """Squares, summed over the pairs."""
        return np.asarray(np.square(np.atleast_2d(scores)).sum(axis=0))

    def strain(self, scores: np.ndarray) -> float:
        """A square errs by twice as much, and its norm is smaller than its sum."""
        norm = float(np.linalg.norm(self.finish(scores)))
        return 2 * float(np.square(scores).sum()) / norm if norm else 1.0

    def slope(self, A: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Nothing: shares have no scale."""
        return np.zeros_like(self.act(A, b))

    def gain(self, values: np.ndarray, radius: float) -> float:
        """The inverse of the relative gap below the last pair that counts: what turns their space by how much."""
        falling = -np.sort(-values)
        last, below = falling[: self._pairs][-1], falling[self._pairs :].max(initial=0.0)
        return float(falling[0] / max(last - below, np.finfo(float).tiny)) if falling[0] > 0 else 1.0

    def blur(self, radius: Radius) -> float:
        """Two values nearer than the error of the largest would still be taken for one, with a mixed vector."""
        return _UNSEEN * radius.error

    @property
    def _pairs(self) -> int:
        return 1 if self.rank == "auto" else self.rank


def _leading(A: np.ndarray, rank: int) -> tuple[np.ndarray, np.ndarray]:
    """The largest eigenvalues of a symmetric A and their vectors as rows, fewer where A is smaller.

    In a basis that may grow, no product with its newest vector is known: the last column is 0, the last row tells how
    much of that vector A brings to an eigenvector of the rest. Pairs that the basis is too small for are all unknown.
    """
    grows = len(A) > 1 and not A[:, -1].any() and bool(A[-1].any())
    inner = A[:-1, :-1] if grows else A
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    values, vectors = np.maximum(values[::-1][:rank], 0), vectors.T[::-1][:rank]
    if not grows:
        return values, vectors
    newest = np.divide(vectors @ A[-1, :-1], values, out=np.ones_like(values), where=values > 0)
    vectors, missing = np.column_stack([vectors, newest]), rank - len(values)
    if missing > 0:
        values = np.append(values, np.full(missing, values[0]))
        vectors = np.vstack([vectors, np.tile(np.eye(len(A))[-1], (missing, 1))])
    return values, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _rank_above_chance(A: FeatureOperator, random_state: int | np.random.RandomState | None) -> int:
    """How many singular values of Q K^T exceed those of Q P K^T for random permutations P: O(n d^2), never n x n."""
    Q, K = _queries_and_keys(A)
    R, S = (Q, K) if len(Q) <= Q.shape[1] else (_root(Q), _root(K))
    given = isinstance(random_state, np.random.RandomState)
    rng: Any = random_state if given else np.random.RandomState(random_state)  # type: ignore[arg-type]
    orders = (rng.permutation(Q.shape[1]) for _ in range(_PAIRINGS))
    chance = max(float(np.linalg.norm(gram(R, by_row(_reordered, S, order)), 2)) for order in orders)
    rank = int((scipy.linalg.svdvals(gram(R, S)) > chance).sum())
    if not rank:
        warnings.warn(
            "no singular value of the affinity exceeds those of random pairings: nothing is known to drive anything, "
            "and Singular(rank='auto') ranks by the leading pair, which may be chance.",
            UserWarning,
            stacklevel=2,
        )
    return max(1, rank)


def _root(M: Any) -> np.ndarray:
    """A square matrix R with R^T R = M^T M."""
    if not are_spread(M):
        return np.asarray(scipy.linalg.qr(M, mode="r", check_finite=False)[0][: M.shape[1]])
    squares, vectors = scipy.linalg.eigh(inner(M))
    return np.asarray(np.sqrt(np.maximum(squares, 0))[:, np.newaxis] * vectors.T)


def _reordered(rows: np.ndarray, order: np.ndarray) -> np.ndarray:
    return rows[:, order]


def _queries_and_keys(A: FeatureOperator) -> tuple[Any, Any]:
    while isinstance(A, Remembered | Scaled):
        [A] = A.children
    if isinstance(A, LowRank):
        return _double(A.Q), _double(A.K)
    if isinstance(A, Similarity) and (isinstance(A.Z, np.ndarray) or are_spread(A.Z)):
        return _double(A.Z), _double(A.Z)
    raise ValueError(
        "Singular(rank='auto') pairs queries with keys at random, and this affinity has none: pass rank as a number, "
        "or an affinity that is a product of two embeddings, such as Lagged(), with normalization='spectral' or 'none'."
    )


def _double(M: Any) -> Any:
    return M.astype(np.float64, copy=False) if isinstance(M, np.ndarray) else M
