"""What elimination finds in targets that know nothing of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from infsel.greedy._rounds import Rounds
from infsel.targets import Target


def of_shuffled(rank: Callable[[Target], Rounds], target: Target, n_permutations: int, rng: Any) -> Iterator[Rounds]:
    """The rounds of eliminations for the target in another order, so that it says nothing about the columns.

    Each goes through all steps from the table on, screening and margins included.
    """
    for _ in range(n_permutations):
        order = rng.permutation(len(target.weights))
        yield rank(replace(target, outputs=[output[order] for output in target.outputs]))


def beside_chance(rounds: Rounds, shuffled: Sequence[Rounds]) -> Rounds:
    """Rounds that know how much models of as many columns seem to explain, on average, where there is nothing."""
    if not shuffled:
        return rounds
    paths = [np.interp(rounds.sizes, other.sizes[::-1], other.explained[::-1]) for other in shuffled]
    return replace(rounds, by_chance=np.mean(paths, axis=0))


def p_values(rounds: Rounds, shuffled: Sequence[Rounds]) -> np.ndarray:
    """How often the most important column of a shuffled target, or of this one, is at least as important as each.

    p_f = (1 + #{b : max_g importance_bg >= importance_f}) / (1 + n_permutations), shape (n_features,) in their order.
    Where no column says anything, the probability that any has p <= level is at most the level.

    References
    ----------
    Westfall, Young (1993). Resampling-Based Multiple Testing. Wiley.
    Phipson, Smyth (2010). Permutation p-values should never be zero. Stat. Appl. Genet. Mol. Biol. 9.
    """
    highest = np.array([other.importances.max() for other in shuffled])
    return np.asarray((1 + (highest[:, np.newaxis] >= rounds.importances).sum(axis=0)) / (1 + len(shuffled)))
