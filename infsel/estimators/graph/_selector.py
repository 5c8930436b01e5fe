"""The one fit that every selector shares: affinity, normalization, propagation, readout, selection."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, Self

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state

from infsel._runtime.configurable import Configurable
from infsel._runtime.names import unknown
from infsel._runtime.threads import at_most
from infsel._runtime.warning import once, warn
from infsel.affinities import Affinity
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._decorators import available_if, named_by_class, with_callbacks
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.graph._batches import allows_batches, as_before_if_refused, check_still_excluded, with_batch
from infsel.estimators.graph._cache import graph_of, kept_bytes
from infsel.estimators.graph._explanation import Explainable
from infsel.estimators.graph._graph_holder import GraphHolder
from infsel.estimators.graph._landmarks import estimate
from infsel.normalizations import Normalization, Unit
from infsel.operators import FeatureOperator
from infsel.propagations import Flow, Propagation, Settled, propagate
from infsel.relevances import as_relevance, relevance_of
from infsel.tables import varying
from infsel.walks._names import READOUTS

_UNCERTAIN = 0.7


@dataclass(frozen=True)
class Composition:
    """Everything that turns a table into scores, with every parameter checked."""

    affinity: Affinity
    normalization: Normalization
    rule: Propagation
    readout: str
    start: Any = None
    tol: float = 1e-11
    max_iter: int = 100
    constants_inside: bool = False
    max_memory: float | None = None
    memory: Any = None
    n_jobs: int | None = None
    n_landmarks: int | None = None
    random_state: Any = None

    def __post_init__(self) -> None:
        for part in (self.affinity, self.normalization, self.rule, self.start):
            if isinstance(part, Configurable):
                part.check()  # before the work begins; a search may have set a field of it

    @property
    def reads(self) -> frozenset[str]:
        """What of a table the scores need: "samples", or moments alone, of "pairs" of columns or within "classes"."""
        return self.affinity.reads | (frozenset() if self.start is None else as_relevance(self.start).reads)


class GraphSelector(GraphHolder, CallbackSupportMixin, RankingSelector, Explainable):
    """Ranks features by the walks through a graph whose nodes they are. Subclasses say which walks."""

    @abstractmethod
    def _composition(self) -> Composition:
        """Check the parameters and resolve them to objects."""

    @named_by_class
    @with_callbacks
    def fit(self, X: Any, y: Any = None) -> Self:
        """Score and rank the features of X.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            At least two samples of finite numbers. float32 stays float32, everything else becomes float64. A sparse
            table is never written down whole. A stored table is a memory-mapped array, or anything else with ``shape``,
            ``dtype`` and ``X[:, a:b]`` (zarr, HDF5): it is read a block of columns at a time.
        y : array-like of shape (n_samples,), default=None
            Labels or numbers, where an affinity or a start reads them (docs/targets.md); else it may be anything.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y or a parameter cannot be used; the message names it and says what to do.
        """
        X = self._validated(X, y)
        self.__dict__.pop("_moments", None)  # what batches have left
        return self._fit(self._composition(), X, y)

    @available_if(allows_batches)
    @named_by_class
    @with_callbacks
    def partial_fit(self, X: Any, y: Any = None) -> Self:
        """Take another batch of samples, and score and rank the features by all samples so far.

        The result is that of `fit` on all of them, but for round-off and whatever the order of the batches. Only what
        moments decide allows batches: Pearson's correlation, attention between plain tokens, dispersion, and the
        relevances Fisher and ANOVA. The products of all pairs of columns are kept where correlations need them,
        n_features^2 numbers of 8 bytes.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            Finite numbers, at least two samples in the first batch.
        y : array-like of shape (n_samples,), default=None
            Labels, where a relevance reads them; the first batch must hold two classes. Whole numbers are refused as
            numbers if more than 10 occur, fewer than twice each on average or with tails: pass labels as text.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y or a parameter cannot be used; the message names it and says what to do. The batch then leaves no
            trace, and others may follow.
        MemoryError
            If the products of all pairs of columns cannot fit.
        """
        with as_before_if_refused(self):
            composition, moments = self._composition(), getattr(self, "_moments", None)
            X = self._validated(X, y, reset=moments is None)
            check_still_excluded(self, getattr(self, "_unseen", None))
            with at_most(composition.n_jobs):
                self._moments = with_batch(moments, composition.reads, X, y)
            return self._fit(composition, self._moments, None)

    def _fit(self, composition: Composition, X: Any, y: Any) -> Self:
        inside = self._nodes(X, composition)
        with once():
            with at_most(composition.n_jobs), reported_to_callbacks(self):
                graph, flows, scores = self._flow(composition, X, y, np.flatnonzero(inside), self._n_foreseen())
            self._settle(graph, flows, scores, inside)
            self._warn(composition)
        self.graph_.release()
        return self

    def _nodes(self, X: Any, composition: Composition) -> np.ndarray:
        """Which columns are nodes of the graph, as a mask of shape (n_features,)."""
        admitted = ~self._choices().excluded
        inside = varying(X) & admitted
        if not inside.any():
            raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
        return inside | (composition.constants_inside & admitted)

    def _flow(
        self, composition: Composition, X: Any, y: Any, columns: np.ndarray, k: int
    ) -> tuple[FeatureOperator, list[Flow], np.ndarray | None]:
        """The walks among the given columns, and scores where they are not those of the walks."""
        for name in ("score_errors_", "rescored_", "expected_recall_"):  # what an earlier fit may have left
            self.__dict__.pop(name, None)
        if composition.n_landmarks is None or composition.n_landmarks >= len(columns):
            graph, unit = graph_of(composition, X, y, columns)
            start = start_of(composition, graph, X, y, columns)
            return graph, _walk(composition, graph, unit, start), None
        if composition.memory is not None:
            raise ValueError("memory keeps exact graphs and n_landmarks makes none: leave one of them out.")
        A = composition.affinity.among(columns, X, y)
        A.keep(kept_bytes(composition.max_memory))
        start = start_of(composition, A, X, y, columns)
        rng = check_random_state(composition.random_state)
        walk = partial(_normalize_and_walk, composition, start)
        found = estimate(A, walk, composition.n_landmarks, min(k, len(columns)), rng)
        self.expected_recall_ = found.recall
        self.score_errors_, self.rescored_ = np.zeros(X.shape[1]), np.zeros(X.shape[1], dtype=bool)
        self.score_errors_[columns], self.rescored_[columns] = found.errors, found.rescored
        return found.graph, found.flows, found.scores

    def _settle(self, graph: FeatureOperator, flows: list[Flow], scores: np.ndarray | None, inside: np.ndarray) -> None:
        """Turn flows through the graph of the features inside into everything that a fitted selector knows."""
        self.graph_, self._flows = graph, flows
        scores = reduce(np.add, (flow.scores for flow in flows)) if scores is None else scores
        self.__dict__.pop("signed_scores_", None)  # what an earlier fit may have left
        if isinstance(flows[0].rule, Settled):
            self.signed_scores_ = np.zeros(len(inside))
            self.signed_scores_[inside] = scores
            scores = np.abs(scores)
        self._rank(scores, inside, np.finfo(graph.dtype).eps)
        self.spectral_radius_ = self._flows[0].spectral_radius
        self.n_iter_ = sum(flow.n_products for flow in self._flows)
        self.residual_ = max(flow.residual for flow in self._flows)
        self.error_ = max(flow.error for flow in self._flows)

    def _warn(self, composition: Composition) -> None:
        if not all(flow.converged for flow in self._flows):
            warn(
                f"The scores are known to a relative error of {self.error_:.1e} (error_), not to "
                f"tol={composition.tol:g}, within max_iter={composition.max_iter} products: raise max_iter, or where "
                "eigenvalues nearly repeat lower damping.",
                ConvergenceWarning,
            )
        if getattr(self, "expected_recall_", 1.0) < _UNCERTAIN:
            warn(
                f"n_landmarks={composition.n_landmarks} leaves the selection uncertain: about "
                f"{self.expected_recall_:.0%} of the selected features are those that exact scores select "
                "(expected_recall_). Raise n_landmarks, or leave it out.",
            )
        if not self.scores_.any() and self._inside.sum() > 1:
            warn(
                "The affinity is zero everywhere: no walk exists, every score is 0 and features keep their column "
                "order. Identical columns do this, and alpha=1 on columns of equal spread.",
            )


def check_readout(readout: Any, normalization: Normalization, start: Any) -> str:
    """Refuse a readout that is unknown, cannot rank after the normalization, or lacks its start vector."""
    if readout not in READOUTS:
        raise unknown(f"readout={readout!r}", readout, READOUTS)
    if readout in normalization.flattens:
        raise ValueError(
            f"readout={readout!r} cannot rank after {normalization!r}: rows that sum to 1 give every feature the same "
            "score at every depth. Use readout='received' or 'seeded'."
        )
    if (readout in ("seeded", "settled")) != (start is not None):
        raise ValueError(
            f"readout={readout!r} with start={'None' if start is None else '...'}: 'seeded' needs a start vector, one "
            "weight per feature, 'settled' too, and no other readout takes one."
        )
    return str(readout)


def _normalize_and_walk(
    composition: Composition, start: np.ndarray, A: FeatureOperator
) -> tuple[FeatureOperator, list[Flow]]:
    A = composition.normalization.apply(A)
    return A, _walk(composition, A, composition.normalization.unit(A), start)


def _walk(composition: Composition, A: FeatureOperator, unit: Unit, start: np.ndarray) -> list[Flow]:
    """Let relevance flow through a normalized A, once for each direction that is read."""
    return [
        propagate(
            A,
            start,
            composition.rule,
            transposed=transposed,
            unit=unit.value,
            in_radii=unit.in_radii,
            tol=composition.tol,
            max_iter=composition.max_iter,
        )
        for transposed in DIRECTIONS[composition.readout]
    ]


# A score reads the walks that leave a feature, or walks against the edges: those that arrive.
DIRECTIONS = {
    "sent": (False,),
    "received": (True,),
    "total": (False, True),
    "seeded": (True,),
    "settled": (True,),
}


def start_of(composition: Composition, A: FeatureOperator, X: Any, y: Any, columns: np.ndarray) -> np.ndarray:
    """One weight per given column, negative ones only in a signed graph A, each 1 where no start is given."""
    if composition.start is None:
        return np.ones(len(columns))
    b = relevance_of(composition.start, X, y, "start")[columns]
    wrong = ~np.isfinite(b)
    if (b < 0).any() and A.nonnegative:
        wrong |= b < 0
    if wrong.any():
        raise ValueError(
            f"start[{columns[wrong][0]}] is {b[wrong][0]}: weights must be finite and, unless the affinity is signed "
            "too, non-negative."
        )
    if not b.any():
        raise ValueError("start is zero for every feature that varies: at least one weight must differ from 0.")
    return b
