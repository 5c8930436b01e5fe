"""The one fit that every selector shares: a table at the door, the road of the walks, and its result."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
from sklearn import get_config
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state

from infsel._runtime.ranges import Or, Part
from infsel._runtime.threads import at_most
from infsel._runtime.warning import once, warn
from infsel.affinities import Affinity, SignificantCorrelation
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._dask import here
from infsel.estimators.base._decorators import available_if, named_by_class, with_callbacks
from infsel.estimators.base._parallel import threads
from infsel.estimators.base._ranking import Ranked, RankingSelector
from infsel.estimators.base._sample_weight import counted, weighed
from infsel.estimators.graph._batches import as_before_if_refused, check_still_excluded, with_batch
from infsel.estimators.graph._independence import Independence
from infsel.estimators.graph._store import Store, as_memory
from infsel.krylov import Krylov
from infsel.propagations import Propagation
from infsel.selection import Choices, dominant_set
from infsel.tables import Moments, Table
from infsel.walks import Composition, Means, Result, nodes, solve

_UNCERTAIN = 0.7
SOLVER = Or(None, Part(Krylov))


def allows_batches(selector: GraphSelector) -> bool:
    """Whether `partial_fit` exists.

    Raises
    ------
    AttributeError
        If the scores need all samples at once.
    """
    try:
        reads = selector._composition().reads
    except (TypeError, ValueError):
        return True  # the call itself says what is wrong with the parameters
    if "samples" in reads:
        raise AttributeError(
            f"{selector!r} reads all samples at once, so it has no partial_fit: use correlation='pearson', or an "
            "affinity and a start that moments decide."
        )
    return True


class GraphSelector(CallbackSupportMixin, RankingSelector, Independence):
    """Ranks features by the walks through a graph whose nodes they are. Subclasses say which walks."""

    n_jobs: int | None
    _reads_dask = True
    _finds_dominant = True
    _dominant: np.ndarray | None = None
    _moments: Moments | None = None
    memory: Any
    solver: Krylov | None

    @property
    def _cut_parameters(self) -> frozenset[str]:
        estimated = getattr(self.solver, "n_landmarks", None) is not None  # of as many features as are selected
        return super()._cut_parameters - ({"n_features_to_select"} if estimated else set())

    @abstractmethod
    def _composition(self) -> Composition:
        """Check the parameters and resolve them to objects."""

    @named_by_class
    @with_callbacks
    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Score and rank the features of X.

        Parameters
        ----------
        X : array-like, sparse matrix, data frame or stored table of shape (n_samples, n_features)
            At least two samples of finite numbers. float32 stays float32, everything else becomes float64. A sparse
            table is never written down whole. A stored table is a memory-mapped array, or anything else with ``shape``,
            ``dtype`` and ``X[:, a:b]`` (zarr, HDF5): it is read a block of columns at a time. An array or data frame of
            Dask stays where its workers have it (docs/guide/dask.md).
        y : array-like of shape (n_samples,), default=None
            Labels, numbers, grades or censored times, where an affinity or a start reads them (docs/targets.md); else
            it may be anything.
        sample_weight : array-like of shape (n_samples,), default=None
            How often each sample counts: a weight of 2 acts like the same row twice, 0 like no row. Weights that sum to
            less than the number of samples are scaled to mean 1.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y or a parameter cannot be used; the message names it and says what to do.
        """
        table, y = checked(self, X, y, sample_weight)
        self._moments = None  # what batches have left
        return self._fit(self._composition(), table, y)

    @available_if(allows_batches)
    @named_by_class
    @with_callbacks
    def partial_fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
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
        sample_weight : array-like of shape (n_samples,), default=None
            How often each sample counts, as for `fit`; weights of all batches that sum to less than the number of
            samples are scaled to mean 1.

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
            composition, moments = self._composition(), self._moments
            y, sample_weight = here(y), here(sample_weight)
            batch = self._validated(X, y, reset=moments is None)
            batch.require_plain("partial_fit")
            batch, y = counted(batch, y, sample_weight)
            check_still_excluded(self._wish("exclude"), self._names(), self._unseen)
            with at_most(threads(self.n_jobs)):
                self._moments = with_batch(moments, composition.reads, batch, y)
            return self._fit(composition, self._moments, None)

    def _fit(self, composition: Composition, X: Any, y: Any) -> Self:
        with once():
            with at_most(threads(self.n_jobs)), reported_to_callbacks(self):
                self._result = self._walked(composition, X, y)
            result = self._result
            self._take(result.scores, result.order, result.inside, result.eps)
            self._dominant = self._dominating(X, result)
            warn_of(result, composition.solver)
        return self

    def _dominating(self, X: Any, result: Result) -> np.ndarray | None:
        """The dominant set among significant correlations that the scores lead to, where it is asked for."""
        asked = self._wish("n_features_to_select")
        if not isinstance(asked, str) or asked != "dominant":
            return None
        mask = np.zeros(len(result.inside), dtype=bool)
        edges = SignificantCorrelation().relate(X.columns(result.inside))
        mask[result.inside] = dominant_set(edges, np.abs(result.scores[result.inside])) > 0
        if not mask.any():
            warn("No two features with a score correlate significantly: the dominant set is empty.")
        return mask

    def _select(self, among: Choices, k: int | None = None) -> np.ndarray:
        asked = self._wish("n_features_to_select")
        if not isinstance(asked, str) or asked != "dominant":
            return super()._select(among, k)
        self._check_dominant()
        if self._dominant is None:
            raise ValueError(
                "n_features_to_select='dominant' was set after the fit, which did not look for it: fit again."
            )
        return np.isin(among.group, among.group[self._dominant | among.kept]) & ~among.excluded

    def _walked(self, composition: Composition, X: Any, y: Any) -> Result:
        """The one result of a fit."""
        [(_, _, result)] = solved(self, composition, X, y)
        return result


def solved(
    selector: GraphSelector,
    composition: Composition,
    X: Any,
    y: Any,
    affinities: Sequence[Affinity] = (),
    rules: Sequence[Propagation] = (),
) -> Iterator[tuple[int, int, Result]]:
    """Results of a composition, or a grid of them, on a table that the selector has checked, with what it allows."""
    inside = nodes(composition, X, ~selector._choices().excluded)
    return solve(composition, X, y, inside, means_of(selector, composition), affinities=affinities, rules=rules)


def means_of(selector: GraphSelector, composition: Composition) -> Means:
    """What the selector allows to compute with."""
    solver, memory = composition.solver, None if selector.memory is None else as_memory(selector.memory)
    if memory is not None and solver.n_landmarks is not None:
        raise ValueError("memory keeps exact graphs and n_landmarks makes none: leave one of them out.")
    return Means(
        kept_bytes(solver.max_memory),
        None if memory is None else Store(memory),  # here and no earlier: a cache makes its folder
        check_random_state(solver.random_state),
        selector._n_foreseen(),
    )


def checked(selector: GraphSelector, X: Any, y: Any, sample_weight: Any) -> tuple[Table, Any]:
    """Table and target, as a fit would check them; the selector learns the names and the number of the columns."""
    return weighed(selector._validated(X, y), y, sample_weight, fewest=2, read=False)


def ranked(selector: GraphSelector, result: Result) -> Ranked:
    """The ranking of a result by what the selector prefers."""
    return selector._ranked(result.scores, result.order, result.inside, result.eps)


def cuts(selector: GraphSelector, result: Result, sizes: Sequence[Any]) -> np.ndarray:
    """What the selector selects by a result, for each of these numbers of features: shape (n_sizes, n_features)."""
    return selector._cuts(sizes, ranked(selector, result))


def kept_bytes(max_memory: float | None) -> int:
    """Bytes that may stay between products: by default a quarter of what scikit-learn gives one step of its own."""
    return int(2**20 * (get_config()["working_memory"] / 4 if max_memory is None else max_memory))


def warn_of(result: Result, solver: Krylov) -> None:
    """Warn of what a user should know about a result."""
    if not result.converged:
        warn(
            f"The scores are known to a relative error of {result.error:.1e} (error_), not to tol={solver.tol:g}, "
            f"within max_iter={solver.max_iter} products: raise max_iter, or where eigenvalues nearly repeat lower "
            "damping.",
            ConvergenceWarning,
        )
    if result.recall is not None and result.recall < _UNCERTAIN:
        warn(
            f"n_landmarks={solver.n_landmarks} leaves the selection uncertain: about {result.recall:.0%} of the "
            "selected features are those that exact scores select (expected_recall_). Raise n_landmarks, or leave it "
            "out.",
        )
    if not result.scores.any() and result.inside.sum() > 1:
        warn(
            "The affinity is zero everywhere: no walk exists, every score is 0 and features keep their column "
            "order. Identical columns do this, alpha=1 on columns of equal spread, a relevance of 0 as gate, and a "
            "threshold or shrinkage that leaves no relation (PartialCorrelation('empirical') shrinks none)."
        )
