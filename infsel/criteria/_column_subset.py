"""Popularity with deflation, which is greedy column subset selection."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, ClassVar

import numpy as np

from infsel._runtime.threads import in_threads
from infsel._runtime.ties import round_off
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.embeddings import Embedding, are_spread, gram, lift, pick_rows, project, squared_norms
from infsel.operators import Gram

_ENTRIES = 2**22  # of a product that is in memory at once
_HEIGHT = 512  # rows that meet the samples at once, as many as BLAS needs for its full speed
_WORTH = 2**26  # multiplications, below which a thread takes longer to start


@dataclass
class ColumnSubset(Criterion):
    """How much of the table a feature explains beyond what the picks explain: (r_f' R R' r_f) / (r_f' r_f).

    R holds what the picks leave of every standardized column, r_f is one of its columns. The quotient is the squared
    norm of R's projection on r_f, the popularity of f in the graph of squared correlations among the residuals; the
    largest is that of the column whose span, added to that of the picks, comes closest to the table (forward selection
    component analysis, greedy column subset selection). After (n_samples - 1) / 2 picks, equal samples counting once,
    little but noise is left; then, or earlier if nothing is left to explain, it starts anew among the other columns.

    References
    ----------
    Puggini, McLoone (2017). Forward Selection Component Analysis: Algorithms and Applications. IEEE TPAMI 39.
    Farahat, Elgohary, Ghodsi, Kamel (2015). Greedy Column Subset Selection for Large-Scale Data Sets. KAIS 45.
    """

    supervised: ClassVar[bool] = False

    def gains(self, candidates: Candidates) -> Gains:
        """The gains before the first pick."""
        Z, patience = candidates.Z, max(1, (n_distinct(candidates) - 1) // 2)
        own = np.zeros(len(Z))
        if not candidates.table.is_plain:  # a column explains itself, also what rows leave out that stand for labels
            own = 1 - np.square(squared_norms(Z).astype(np.float64))
        return _Explained(Z, patience, own)


class _Explained(Gains):
    """The residual R = Z P is never written down: P removes the span of the orthonormal rows Q from a column."""

    def __init__(self, Z: Embedding, patience: int, own: np.ndarray) -> None:
        self._Z, self._patience, self._own = Z, patience, own
        self._left = np.ones(len(Z), dtype=bool)
        self._spent = np.sqrt(np.finfo(Z.dtype).eps)  # squared norm below which a residual is round-off
        self._start()

    @property
    def resolution(self) -> float:
        """That of the largest gain, as in the product of which all of them are parts."""
        return float(round_off(self.values[self._left].max(initial=0), np.finfo(self._Z.dtype).eps))

    def pick(self, feature: int) -> None:
        self._left[feature] = False
        self._deflate(feature)
        self._weigh()
        if len(self._Q) == self._patience or not self.values[self._left].any():
            self._start()

    def _start(self) -> None:
        self._basis = np.empty((min(self._patience, int(self._left.sum())), self._Z.shape[1]))
        self._Q = self._basis[:0]
        self._voters = self._left.astype(self._Z.dtype)
        self._popularity = _popularity(self._Z, np.flatnonzero(self._left)) + self._own
        self._norms = np.ones(len(self._Z))
        self._weigh()

    def _weigh(self) -> None:
        self.values = np.zeros(len(self._norms))
        alive = self._norms > self._spent
        self.values[alive] = np.maximum(self._popularity[alive], 0) / self._norms[alive]

    def _deflate(self, feature: int) -> None:
        """Downdate r_f' G r_f and r_f' r_f for R without the direction q, where G = R R'."""
        q = self._without_picks(pick_rows(self._Z, np.array([feature]))[0].astype(np.float64))
        q /= np.linalg.norm(q) or 1.0  # of labels that nothing puts anywhere
        a = lift(self._Z, q.astype(self._Z.dtype))  # q' r_f
        Gq = self._without_picks(project(self._Z, a * self._voters).astype(np.float64))
        b = lift(self._Z, Gq.astype(self._Z.dtype)).astype(np.float64)  # r_f' G q
        a = a.astype(np.float64)
        self._popularity += a * (a * (q @ Gq) - 2 * b)
        self._norms -= a**2
        self._Q = self._basis[: len(self._Q) + 1]
        self._Q[-1] = q

    def _without_picks(self, v: np.ndarray) -> np.ndarray:
        for _ in range(2):  # once leaves round-off of the size of what it removes
            v = v - self._Q.T @ (self._Q @ v)
        return v


def n_distinct(candidates: Candidates) -> int:
    """How many samples differ, by their positions along a random direction: repeated ones add nothing to explain."""
    direction = np.random.default_rng(0).standard_normal(len(candidates.Z)).astype(candidates.Z.dtype)
    position = np.sort(project(candidates.Z, direction) / np.sqrt(candidates.weights))
    resolution = round_off(position[-1] - position[0], np.finfo(candidates.Z.dtype).eps)
    return 1 + int((np.diff(position) > resolution).sum())


def _popularity(Z: Any, voters: np.ndarray) -> np.ndarray:
    """sum_g (z_f' z_g)^2 over the voters g, for every row f."""
    if isinstance(Z, np.ndarray) and 2 * Z.shape[1] < len(voters):
        return _by_samples(Z, voters)
    if are_spread(Z):
        votes = np.isin(np.arange(len(Z)), voters).astype(np.float64)
        return Gram(Z, _squared, nonnegative=True, kept_bytes=0).matvec(votes)
    width, result = max(1, _ENTRIES // len(Z)), np.zeros(len(Z))
    for start in range(0, len(voters), width):
        result += np.square(gram(Z, Z[voters[start : start + width]])).sum(axis=1)
    return result


def _squared(entries: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> None:  # noqa: ARG001
    np.square(entries, out=entries)


def _by_samples(Z: np.ndarray, voters: np.ndarray) -> np.ndarray:
    """The same as z_f' G z_f, for G = sum_g z_g z_g' among samples, of whom there are fewer than voters."""
    result = np.empty(len(Z))
    smallest_share = math.ceil(_WORTH / (_HEIGHT * Z.shape[1] ** 2))

    def scatter(starts: Iterable[int]) -> np.ndarray:
        rows = (Z[voters[a : a + _HEIGHT]] for a in starts)
        return reduce(np.add, (P.T @ P for P in rows))

    def weigh(starts: Iterable[int]) -> None:
        for a in starts:
            P = Z[a : a + _HEIGHT]
            result[a : a + _HEIGHT] = np.einsum("ij,ij->i", P @ G, P)

    G = reduce(np.add, in_threads(scatter, range(0, len(voters), _HEIGHT), smallest_share))
    in_threads(weigh, range(0, len(Z), _HEIGHT), smallest_share)
    return result
