"""What is selected again and again on halves of the samples."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, ClassVar, Self

import numpy as np
from sklearn.utils import check_random_state, get_tags, indexable
from sklearn.utils.validation import validate_data

from infsel._runtime.ranges import Choice, Count, Flag, Number, Object, Offers, Or, Range, Seed
from infsel.comparison import selection_stability
from infsel.estimators.base._callbacks import reported_to_callbacks
from infsel.estimators.base._column_choices import columns_named
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._frames import check_roles, is_frame, library_of, take_rows
from infsel.estimators.base._parallel import in_parallel
from infsel.estimators.base._parameter_checks import JOBS
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import of_rows, which_count
from infsel.estimators.base._sklearn import num_samples, safe_indexing
from infsel.estimators.meta._selector import MetaSelector, reseeded
from infsel.selection import Choices, error_bounds
from infsel.tables import Table
from infsel.targets import check_target, is_structured, strata_of

_ASSUMPTIONS = ("worst-case", "unimodal", "r-concave")


class StabilitySelector(MetaSelector):
    """Selects the features that a selector selects on most halves of the samples.

    The samples are split at random into two halves `n_pairs` times, the selector is fitted on each half, and the share
    of fits that select a feature is its score. A threshold above 1/2 bounds how many features are selected in the mean
    that the selector selects no more often than chance: the less it selects on one half, the fewer.

    Parameters
    ----------
    selector : estimator
        Any selector with `get_support`, of this package or of scikit-learn.
    n_pairs : int >= 1, default=50
        Number of complementary pairs, half the number of fits.
    threshold : float in (0, 1], default=0.75
        Share of the fits from which on a feature is selected.
    max_false : float > 0, default=None
        Expected number of false selections to allow. Then the threshold is the lowest one above 1/2 for which
        the bound of `assumption` is no larger, and `threshold` is not read.
    assumption : {"unimodal", "r-concave", "worst-case"}, default="unimodal"
        Which bound `max_false` relies on; `error_bounds_` holds all three.
    param_name : str, default=None
        Parameter of the selector that regularizes it, such as "n_features_to_select" or "estimator__C".
    param_range : array-like, default=None
        Values of that parameter: a path. The score of a feature is then its largest share along the path, and the
        bounds count what a fit selects at any value.
    stratify : bool or "auto", default="auto"
        Whether halves hold the classes of y in equal shares, so that none lacks a rare one; "auto" for whether y holds
        classes (`infsel.targets.is_continuous`), and for events of censored times. Each needs two samples where the
        selector needs y.
    random_state : int, RandomState instance or None, default=None
        Draws the halves, and seeds the selector if it has a `random_state`.
    n_jobs : int, default=None
        Fits that run at once, as in scikit-learn. The result does not depend on it.

    Attributes
    ----------
    scores_ : ndarray of shape (n_features,)
        Share of the fits that select each feature, the largest along the path.
    stability_path_ : ndarray of shape (n_values, n_features)
        That share for each value of the parameter; one row without a path.
    threshold_ : float
        Share of the fits from which on a feature is selected.
    error_bounds_ : dict of str to float
        Bounds on the expected number of selected features that the selector selects with probability at most
        n_selected_ / n_features on one half (`infsel.selection.error_bounds`).
    n_selected_ : float
        Mean number of features that a fit selects, at any value along the path.
    stability_ : Stability
        Nogueira's measure of how much the fits agree beyond chance, with a 95 percent interval
        (`infsel.comparison.selection_stability`). The interval takes fits for independent, which halves that share
        samples are not.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal shares in column order.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected; there may be none, of which `transform` warns.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    KnockoffSelector : Controls the false discovery rate instead.

    Notes
    -----
    With a path over `n_features_to_select` or `threshold` of `InfFS` (without landmarks), `AttentionSelector`,
    `RecursiveElimination` or `RankAggregator` one fit on each half serves all values, because the scores do not depend
    on them.

    References
    ----------
    Meinshausen, Buhlmann (2010). Stability selection. J. R. Stat. Soc. B 72.
    Shah, Samworth (2013). Variable selection with error control: another look at stability selection. J. R. Stat. Soc.
    B 75.
    Nogueira, Sechidis, Brown (2018). On the Stability of Feature Selection Algorithms. JMLR 18(174).

    Examples
    --------
    >>> from sklearn.datasets import load_breast_cancer
    >>> from sklearn.feature_selection import SelectKBest
    >>> from infsel import StabilitySelector
    >>> X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    >>> fitted = StabilitySelector(SelectKBest(k=4), random_state=0).fit(X, y)
    >>> fitted.get_feature_names_out().tolist()
    ['mean concave points', 'worst radius', 'worst perimeter', 'worst concave points']
    >>> round(fitted.error_bounds_["unimodal"], 2)
    0.54
    """

    _ranges: ClassVar[dict[str, Range]] = {
        "selector": Offers("get_support", hint=", or a model within sklearn.feature_selection.SelectFromModel"),
        "n_pairs": Count(hint="; 50 is usual"),
        "threshold": Number(0, 1, closed=True, zero=False, hint="; 0.6 to 0.9 is usual, and above 0.5 bounds"),
        "max_false": Or(None, Number(low=0, hint="; 1 allows one false selection")),
        "assumption": Choice(_ASSUMPTIONS),
        "param_name": Object(),
        "param_range": Object(),
        "stratify": Or("auto", Flag()),
        "random_state": Seed(),
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        selector: Any,
        *,
        n_pairs: int = 50,
        threshold: float = 0.75,
        max_false: float | None = None,
        assumption: str = "unimodal",
        param_name: str | None = None,
        param_range: Any = None,
        stratify: bool | str = "auto",
        random_state: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.selector = selector
        self.n_pairs = n_pairs
        self.threshold: float = threshold
        self.max_false = max_false
        self.assumption = assumption
        self.param_name = param_name
        self.param_range = param_range
        self.stratify = stratify
        self.random_state = random_state
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any = None, **fit_params: Any) -> Self:
        """Fit the selector on halves of the samples.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            At least four samples, of what the selector takes.
        y : array-like of shape (n_samples,), default=None
            The target, for selectors that read one.
        **fit_params : dict
            Metadata such as ``sample_weight`` for the `fit` of the selector, routed where scikit-learn's metadata
            routing is enabled. What has one entry for each sample is halved with the samples; those of
            ``sample_weight`` 0 are in no half, and one of 2 is in one half, where its copies would be in both.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        TypeError
            If the selector has no `get_support`.
        ValueError
            If X, y or a parameter cannot be used, or no threshold keeps `max_false`.
        """
        routed = self._routed(fit_params)
        grid = self._grid()
        X, y, routed = self._checked(X, y, routed)
        rng = check_random_state(self.random_state)
        halves = list(_halves(num_samples(X), self._strata(y), self.n_pairs, rng))
        seeds = rng.randint(2**31 - 1, size=len(halves))
        tasks = ((self.selector, grid, int(seed), X, y, rows, routed) for seed, rows in zip(seeds, halves, strict=True))
        with reported_to_callbacks(self):
            found = in_parallel(self.n_jobs, _selections, tasks, "halves", [1] * len(halves))
        self._count(np.array(found))
        return self

    def _count(self, found: np.ndarray) -> None:
        """Read off everything from what was selected, shape (n_fits, n_values, n_features)."""
        self.stability_path_ = found.mean(axis=0)
        anywhere = found.any(axis=1)
        self.n_selected_ = float(anywhere.sum(axis=1).mean())
        self.stability_ = selection_stability(anywhere)
        shown = self._shown()
        self._rank(self.stability_path_.max(axis=0)[shown], shown, np.finfo(float).eps)
        self._recut()

    @property
    def _cut_parameters(self) -> frozenset[str]:
        return frozenset({"threshold", "max_false", "assumption"})

    def _recut(self) -> None:
        n_features = self.n_features_in_
        self.threshold_ = self._threshold(n_features)
        self.error_bounds_ = error_bounds(self.n_selected_, n_features, self.threshold_, self.n_pairs)

    def _shown(self) -> np.ndarray:
        """The columns that the selector does not exclude."""
        exclude = self.selector._wish("exclude") if isinstance(self.selector, RankingSelector) else None
        return ~columns_named("exclude", exclude, self._names().tolist())

    def _threshold(self, n_features: int) -> float:
        if self.max_false is None:
            return float(self.threshold)
        cuts = [count / (2 * self.n_pairs) for count in range(self.n_pairs + 1, 2 * self.n_pairs + 1)]

        def bound(cut: float) -> float:
            return error_bounds(self.n_selected_, n_features, cut, self.n_pairs)[self.assumption]

        lowest = bisect_left(cuts, -self.max_false, key=lambda cut: -bound(cut))
        if lowest == len(cuts):
            raise ValueError(
                f"max_false={self.max_false!r} cannot be promised: the selector selects {self.n_selected_:g} of "
                f"{n_features} features on half of the samples, and even threshold=1 only bounds the false ones by "
                f"{bound(1.0):.3g}. Let it select fewer."
            )
        return cuts[lowest]

    def _select(self, among: Choices, k: int | None = None) -> np.ndarray:
        return self.scores_ >= self.threshold_

    def _grid(self) -> list[dict[str, Any]]:
        """The parameters of each fit on one half."""
        if (self.param_name is None) != (self.param_range is None):
            raise ValueError("param_name and param_range go together: pass both, or neither.")
        if self.param_name is None:
            return [{}]
        if self.param_name not in self.selector.get_params():
            raise ValueError(f"param_name={self.param_name!r} is no parameter of {self.selector!r}.")
        if len(self.param_range) == 0:
            raise ValueError("param_range is empty: pass at least one value.")
        return [{self.param_name: value} for value in self.param_range]

    def _unread(self) -> dict[str, str]:
        if self.max_false is None:
            return {"assumption": "without max_false"}
        return {"threshold": f"beside max_false={self.max_false!r}, which sets it"}

    def _checked(self, X: Any, y: Any, routed: dict[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
        """X, y and metadata of the rows that count. A frame stays one, for its names; the selector checks it."""
        check_roles(X, y)
        self._forget()
        self._library = library_of(X)
        X = X.array if isinstance(X, Table) else X
        if is_frame(X):
            validate_data(self, X=X, skip_check_array=True)
        else:
            X = validate_data(self, X=X, accept_sparse=["csr", "csc"], dtype=None, ensure_all_finite=False)
        if y is None and (self.stratify is True or get_tags(self).target_tags.required):
            raise ValueError(f"{type(self).__name__} requires y to be passed, but the target y is None.")
        X, y = indexable(X, y)
        counts = which_count(routed.get("sample_weight"), num_samples(X))
        if counts.sum() < 4:
            raise ValueError(f"Found array with {counts.sum()} sample(s) while a minimum of 4 is required.")
        # selectors of this package read y only if asked to, and others do not say so
        if y is not None and self._reads_target:
            check_target(y, counts)
        if counts.all():
            return X, y, routed
        rows = np.flatnonzero(counts)
        return take_rows(X, rows), None if y is None else safe_indexing(y, rows), of_rows(routed, counts)

    @property
    def _reads_target(self) -> bool:
        return get_tags(self).target_tags.required or not isinstance(self.selector, RankingSelector)

    def _strata(self, y: Any) -> np.ndarray | None:
        """The class of each sample, or None where halves do not look at classes."""
        if y is None or self.stratify is False:
            return None
        if self.stratify is True or (self._reads_target and not is_structured(y)):
            return strata_of(y, unless_continuous=self.stratify == "auto")
        try:
            return strata_of(y, unless_continuous=True, rare=True)
        except ValueError:  # y may be anything where the selector does not read it, or takes records of another kind
            return None


def _halves(
    n_samples: int, strata: np.ndarray | None, n_pairs: int, rng: np.random.RandomState
) -> Iterator[np.ndarray]:
    """The rows of each half, pair by pair: each gets one of every two neighbors in a random order, class by class."""
    strata = np.zeros(n_samples, dtype=np.intp) if strata is None else strata
    sizes = np.bincount(strata)
    lasts = np.cumsum(sizes)[sizes % 2 == 1] - 1  # whom nobody of their own class is left for
    for _ in range(n_pairs):
        order = rng.permutation(n_samples)
        by_class = order[np.argsort(strata[order], kind="stable")]
        others = rng.permutation(by_class[lasts])[: len(lasts) - len(lasts) % 2]
        neighbors = np.concatenate([np.delete(by_class, lasts), others]).reshape(-1, 2)
        first = rng.randint(2, size=len(neighbors))
        for column in (first, 1 - first):
            yield np.sort(neighbors[np.arange(len(neighbors)), column])


def _selections(
    selector: Any, grid: list[dict[str, Any]], seed: int, X: Any, y: Any, rows: np.ndarray, routed: dict[str, Any]
) -> np.ndarray:
    """What the selector selects on these rows for each of the parameters, shape (n_values, n_features)."""
    metadata = of_rows(routed, np.isin(np.arange(num_samples(X)), rows))
    half = (take_rows(X, rows), None if y is None else safe_indexing(y, rows))
    if not _ranks_once(selector, grid):
        return np.array([reseeded(selector, seed, **each).fit(*half, **metadata).get_support() for each in grid])
    fitted = reseeded(selector, seed, **grid[0]).fit(*half, **metadata)
    return np.array([_cut(fitted.set_params(**each)) for each in grid])


def _ranks_once(selector: Any, grid: list[dict[str, Any]]) -> bool:
    """Whether all these parameters leave a ranking as it is; what a word selects may be found by the fit."""
    if not isinstance(selector, RankingSelector) or not selector._ranks_all:
        return False
    words = any(isinstance(each.get("n_features_to_select"), str) for each in grid)
    return not words and grid[0].keys() <= selector._cut_parameters


def _cut(fitted: RankingSelector) -> np.ndarray:
    fitted._recut()
    return fitted.support_
