"""A relevance as a criterion that does not look at the picks."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from infsel._runtime.ties import round_off
from infsel.criteria._base import Criterion, Gains
from infsel.criteria._candidates import Candidates
from infsel.criteria._targets import Output
from infsel.relevances import Relevance, ReliefF, as_relevance, relevance_of


@dataclass
class Filter(Criterion):
    """Ranks by a relevance of single features, such as `ReliefF`; of a multi-output target the mean over the outputs.

    Parameters
    ----------
    relevance : str, relevance, array-like of shape (n_candidates,) or callable, default=ReliefF()
        What `infsel.relevances.as_relevance` accepts. It reads class codes 0, 1, ..., the numbers of the target, or
        where these are grades or were censored times the target itself.
    """

    relevance: Any = field(default_factory=ReliefF)

    def gains(self, candidates: Candidates) -> Gains:
        """The relevance, whatever is picked."""
        relevance = as_relevance(self.relevance)
        values = np.mean([_rated(relevance, candidates, output) for output in candidates.outputs], axis=0)
        return _Fixed(values, relevance.cancels)


class _Fixed(Gains):
    def __init__(self, values: np.ndarray, cancels: float) -> None:
        self.values, self._cancels = values, cancels

    @property
    def resolution(self) -> np.ndarray:
        return round_off(np.abs(self.values) + self._cancels, float(np.finfo(np.float64).eps))

    def pick(self, feature: int) -> None:
        pass


def _rated(relevance: Relevance, candidates: Candidates, output: Output) -> np.ndarray:
    if relevance.classes_only and not output.n_classes and output.source is None:
        raise ValueError(
            f"criterion={relevance!r} compares classes and y holds numbers: cut y into classes, pass "
            "task='classification' if they are labels, or choose another criterion."
        )
    return relevance_of(relevance, candidates.table, output.read, "criterion")
