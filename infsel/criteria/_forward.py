"""Greedy forward selection."""

from typing import NamedTuple

import numpy as np

from infsel._progress import stage
from infsel.criteria._base import Gains

_ULPS = 128


class Path(NamedTuple):
    """Candidates in the order of picking, best first, then those never picked by the gain left to them, and all gains.

    Attributes
    ----------
    order : ndarray of int of shape (n_candidates,)
    gains : ndarray of shape (n_candidates,)
        In the order of the candidates, not of the picks.
    """

    order: np.ndarray
    gains: np.ndarray


def forward(gains: Gains, n_picks: int, eps: float) -> Path:
    """Pick the candidate of the largest gain `n_picks` times, then order the rest by the gain that is left to them.

    Gains that differ by round-off, at a relative precision `eps`, are equal, and the lower index comes first.
    """
    found = np.array(gains.values, dtype=np.float64)
    left, picks = np.ones(len(found), dtype=bool), []
    n_picks = min(n_picks, len(found))
    with stage("picks", n_picks) as advance:
        for _ in range(n_picks):
            pick = _best(gains.values, left, eps)
            found[pick], left[pick] = gains.values[pick], False
            picks.append(pick)
            if left.any():
                gains.pick(pick)
            advance(1)
    found[left] = gains.values[left]
    rest = np.flatnonzero(left)
    return Path(np.r_[picks, rest[np.argsort(-found[rest], kind="stable")]].astype(np.intp), found)


def _best(values: np.ndarray, left: np.ndarray, eps: float) -> int:
    among = np.where(left, values, -np.inf)
    best = among.max()
    return int(np.argmax(among >= best - _ULPS * eps * abs(best)))
