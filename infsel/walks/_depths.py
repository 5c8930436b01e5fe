"""The ranking by walks of limited length, and from which length on it stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from infsel.comparison import MEASURES
from infsel.propagations import Flow
from infsel.selection import rank, settle

_ROWS = 25  # depths of a path
_ULPS = 512  # four times the resolution of a tie
_BLOCK = 64  # depths looked at together


class _Neighbors(NamedTuple):
    """Neighbors in the final order: which are tied, how far apart their scores and their basis vectors are."""

    tied: np.ndarray
    gaps: np.ndarray
    apart: list[np.ndarray]
    slack: float

    def room(self, gaps: np.ndarray) -> np.ndarray:
        """How much each gap may move with the order of neighbors and their ties for certain the same."""
        return np.where(self.tied, self.slack / 16 - np.abs(gaps), gaps - self.slack)


class Depths:
    """Rankings by walks of at most d hops, d = 1, 2, ..., all from the basis of one fit.

    Parameters
    ----------
    flows : sequence of Flow
        Whose scores add up.
    eps : float
        Relative precision of the affinity.
    """

    def __init__(self, flows: Sequence[Flow], eps: float) -> None:
        self._flows, self._eps = flows, eps
        self._coefficients = [flow.depths() for flow in flows]
        self._deepest = min(map(len, self._coefficients))

    def ranking(self, depth: int) -> np.ndarray:
        """The ranking by walks of at most so many hops."""
        scores, order = settle(self._scores(depth), self._eps)
        return rank(scores, np.ones(len(scores), dtype=bool), order=order)

    def saturation(self) -> int:
        """The least depth from which on the ranking stays the same."""
        neighbors, final = self._neighbors(), self.ranking(self._deepest)
        last = self._settled(neighbors) - 1
        for start in range(last, 0, -_BLOCK):
            for depth in self._doubtful(neighbors, max(0, start - _BLOCK), start):
                if (self.ranking(depth) != final).any():
                    return depth + 1
        return 1

    def gain(self) -> float:
        """1 - Kendall's tau between the ranking by single hops and the last one."""
        return 1 - MEASURES["kendall"](self.ranking(1), self.ranking(self._deepest))

    def path(self, k: int, p: float) -> dict[str, np.ndarray]:
        """The rankings by walks of limited length against the last one, by every measure of agreement.

        Parameters
        ----------
        k : int
            Size of the top whose overlap is measured.
        p : float
            Persistence of the rank-biased overlap.

        Returns
        -------
        dict of str to ndarray
            ``n_hops``, ``share`` (of the scores of the first flow) and the measures, one entry for each depth.
        """
        last = self.saturation()
        parameters: dict[str, dict[str, float]] = {"rank-biased-overlap": {"p": p}, "top-k-overlap": {"k": k}}
        final, n_hops = self.ranking(last), self.spaced(last)
        rankings = [self.ranking(depth) for depth in n_hops]
        measured = {
            name.replace("-", "_"): np.array([of(each, final, **parameters.get(name, {})) for each in rankings])
            for name, of in MEASURES.items()
        }
        return {"n_hops": n_hops, "share": self._flows[0].share_within(last)[n_hops - 1]} | measured

    def spaced(self, last: int) -> np.ndarray:
        """About 25 depths from 1 to the last, evenly on a logarithmic axis."""
        return np.unique(np.geomspace(1, last, _ROWS).round().astype(int))

    def _scores(self, depth: int) -> np.ndarray:
        pairs = zip(self._flows, self._coefficients, strict=True)
        return np.sum([flow.own() + flow.basis.combine(totals[depth - 1]) for flow, totals in pairs], axis=0)

    def _neighbors(self) -> _Neighbors:
        scores = self._scores(self._deepest)
        settled, _ = settle(scores, self._eps)
        order = np.lexsort((np.arange(len(scores)), -settled))
        return _Neighbors(
            np.diff(settled[order]) == 0,
            -np.diff(scores[order]),
            [-np.diff(flow.basis.vectors()[:, order], axis=1) for flow in self._flows],
            _ULPS * self._eps * np.abs(scores).max(),
        )

    def _settled(self, neighbors: _Neighbors) -> int:
        """A depth from which on no two neighbors can change places, by what is still to come on each basis vector."""
        room = neighbors.room(neighbors.gaps)

        def holds(depth: int) -> bool:
            moves = [
                np.abs(totals[-1] - totals[depth - 1 :]).max(axis=0) @ np.abs(apart)
                for totals, apart in zip(self._coefficients, neighbors.apart, strict=True)
            ]
            return bool((np.sum(moves, axis=0) <= room).all())

        return self._first(holds)

    def _doubtful(self, neighbors: _Neighbors, above: int, last: int) -> list[int]:
        """The depths from the last down to those above, at which neighbors may have changed places."""
        pairs = zip(self._coefficients, neighbors.apart, strict=True)
        moved = np.sum([(totals[above:last] - totals[-1]) @ apart for totals, apart in pairs], axis=0)
        sure = (neighbors.room(neighbors.gaps + moved) >= 0).all(axis=1)
        return [above + 1 + int(k) for k in np.flatnonzero(~sure)[::-1]]

    def _first(self, holds: Callable[[int], bool]) -> int:
        """The least depth at which something holds that then holds for good, by bisection."""
        low, high = 1, self._deepest
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) else (middle + 1, high)
        return low
