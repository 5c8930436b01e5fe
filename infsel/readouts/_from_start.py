"""Scores by walks that start at weights, such as what each feature is worth to a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from infsel import propagations
from infsel._runtime.ranges import required
from infsel.propagations import Propagation
from infsel.readouts._base import Readout
from infsel.relevances import as_relevance, relevance_of


class _Start:
    """What a start may be; whether a name is known, the relevances say."""

    words = "pass the name or an object of a relevance, a callable (X, y) -> weights, or one weight for each feature"

    def holds(self, value: Any) -> bool:
        return value is not None and not isinstance(value, type)


@dataclass
class Seeded(Readout):
    """Walks that reach a feature from the start: f(A^T) b.

    Parameters
    ----------
    start : str, relevance, array-like of shape (n_features,) or callable
        Where the walks start: what each feature is worth to the target, as the name or an object of
        `infsel.relevances`, weights, or a callable ``(X, y) -> weights``. Weights may be negative only where the
        affinity is signed too.

    References
    ----------
    Haveliwala (2002). Topic-sensitive PageRank. WWW.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from infsel import InfFS
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> InfFS(readout=Seeded("fisher"), n_features_to_select=2).fit(X, y).get_feature_names_out().tolist()
    ['ash', 'proline']
    """

    directions: ClassVar[tuple[bool, ...]] = (True,)
    starts: ClassVar[bool] = True

    start: Any = required(_Start())

    @property
    def reads(self) -> frozenset[str]:
        """What of a table the start needs."""
        return as_relevance(self.start).reads

    def weights(self, X: Any, y: Any) -> np.ndarray | None:
        """The start, evaluated."""
        return relevance_of(self.start, X, y, "start")


@dataclass
class Attended(Seeded):
    """What a feature gathers along walks from where it attends to: f(A) b, the output A V of attention.

    On an affinity whose rows sum to 1 each feature averages the start over its neighbors, as label propagation does,
    while `Seeded` sends the start along, as a random walk with restart does, which ends at the hubs of the graph. On a
    symmetric affinity both are one.

    Parameters
    ----------
    start : str, relevance, array-like of shape (n_features,) or callable
        The values b that features gather, as for `Seeded`.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    Zhou et al. (2003). Learning with Local and Global Consistency. NeurIPS.

    Examples
    --------
    >>> import numpy as np
    >>> from infsel import InfFS
    >>> star = np.array([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]])
    >>> X = np.random.default_rng(0).normal(size=(9, 4))
    >>> one_hop = InfFS(affinity=star, normalization="row", n_hops=1, damping=0.5, readout=Attended([0, 3, 3, 3]))
    >>> one_hop.fit(X).scores_.tolist()  # the mean of the neighbors
    [1.5, 0.0, 0.0, 0.0]
    >>> one_hop.set_params(readout=Seeded([0, 3, 3, 3])).fit(X).scores_.tolist()  # their sum
    [4.5, 0.0, 0.0, 0.0]
    """

    directions: ClassVar[tuple[bool, ...]] = (False,)


@dataclass
class Settled(Seeded):
    """The size of the start and of the walks from it together: |b + f(A^T) b|.

    With negative damping the walks inhibit, and what is left of a feature's start is what the others do not repeat.

    Parameters
    ----------
    start : str, relevance, array-like of shape (n_features,) or callable
        As for `Seeded`.

    References
    ----------
    Hoerl, Kennard (1970). Ridge regression: biased estimation for nonorthogonal problems. Technometrics 12.

    Examples
    --------
    >>> from sklearn.datasets import load_diabetes
    >>> from infsel import InfFS
    >>> X, y = load_diabetes(return_X_y=True, as_frame=True)
    >>> inhibiting = InfFS(affinity="signed-correlation", readout=Settled("signed-pearson"), damping=-0.9)
    >>> inhibiting.fit(X, y).signed_scores_[[1, 2]].round(2).tolist()  # sex and body mass index
    [-0.03, 0.38]
    """

    settles: ClassVar[bool] = True
    additive: ClassVar[bool] = True

    def counted(self, rule: Propagation) -> Propagation:
        """The start beside the walks."""
        return propagations.WithStart(rule)

    def __call__(self, *walks: np.ndarray) -> np.ndarray:
        """Their size."""
        return np.abs(super().__call__(*walks))
