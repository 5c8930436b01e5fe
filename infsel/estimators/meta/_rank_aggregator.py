"""Several rankings made one."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any, ClassVar, Self

import numpy as np
from joblib import effective_n_jobs
from scipy.stats import rankdata
from sklearn.base import clone
from sklearn.utils import Bunch, get_tags
from sklearn.utils.metadata_routing import MetadataRouter, MethodMapping, process_routing

from infsel._runtime.ranges import Choice, Number, Range, refuse_class
from infsel._runtime.threads import at_most
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._parallel import in_parallel
from infsel.estimators.base._parameter_checks import JOBS, MISSING
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import of_rows, takes_weights, which_count
from infsel.estimators.base._sklearn import BaseComposition, raise_for_params, routing_enabled
from infsel.estimators.meta._importances import ranks_of
from infsel.selection import FUSIONS, fuse
from infsel.tables import MixedTable, Table, as_table, in_memory
from infsel.targets import Columns, columns_of


class RankAggregator(CallbackSupportMixin, RankingSelector, BaseComposition):
    """Rank features by the ranks that several selectors give them.

    With r_mf the rank of feature f among the n columns that vary, by selector m of weight w_m, the score of f is
    sum_m w_m log(n / r_mf) ("log-position", which values the first places most), sum_m w_m (n - r_mf) ("borda"), or
    sum_m w_m / (smoothing + r_mf) ("reciprocal-rank"), each over the sum of the weights.

    Parameters
    ----------
    selectors : list of (str, estimator) tuples
        What ranks. Each is cloned and fitted; its rank of a feature is read from ``ranking_`` (1 is best),
        ``feature_importances_``, ``coef_``, ``scores_``, those of its ``estimator_``, or ``get_support()``, whichever
        comes first. Of a pipeline that keeps all columns the last step counts. Features that tie share their mean rank.
    method : {"log-position", "borda", "reciprocal-rank"}, default="log-position"
        How ranks become scores.
    weights : array-like of shape (n_selectors,), default=None
        What each selector counts for; None for the same.
    smoothing : float >= 0, default=60
        How little the first few ranks differ, for method="reciprocal-rank" only.
    n_features_to_select : int, float or None, default=None
        How many features to keep: a count, a fraction in (0, 1], or None for half.
    keep : sequence of str or int, default=None
        Columns that are always selected, by name or number, or as a mask; they count among `n_features_to_select`.
    exclude : sequence of str or int, default=None
        Columns that no selector is shown and that are not selected, as if X did not have them; they rank last.
    feature_groups : mapping or sequence of sequences of str or int, default=None
        Columns that are selected together, such as one-hot blocks, as lists or as a mapping of labels to lists. A
        group has the mean score of its columns that vary, and counts as one among `n_features_to_select`.
    feature_costs : mapping or array-like of shape (n_features,), default=None
        What columns cost; of equal scores the cheaper column, or group by its sum, comes first. A mapping prices the
        columns that it does not name at 0.
    kinds : mapping of str or int to str or list, default=None
        What columns hold, by name or number, where their types do not say it: "numeric" (also of text that is written
        numbers, and of dates, as days since 1970), "boolean", "ordinal" or a list of categories in their order, or
        "nominal". Other columns hold what the types of a data frame say: numbers, booleans, ordered categories
        (ordinal), and text and categories without an order (nominal).
    missing : {"pairwise", "informative", "error"}, default="pairwise"
        What NaN, None, null and masked entries are: nothing known, so that each statistic takes the samples which have
        what it reads; a value of its own; or an error.
    n_jobs : int, default=None
        Selectors to fit at the same time, in threads unless a joblib backend is set.

    Attributes
    ----------
    selectors_ : list of (str, estimator) tuples
        The fitted selectors.
    ranks_ : ndarray of shape (n_selectors, n_features)
        Rank of each feature by each selector, NaN for constant and excluded columns.
    scores_ : ndarray of shape (n_features,)
        Score of each feature, 0 for constant and excluded columns.
    ranking_ : ndarray of int of shape (n_features,)
        Rank of each feature, 1 is best; equal scores by cost and column, constant and excluded columns last. Groups
        rank by their mean score, the columns of a group by their own.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    kinds_ : ndarray of str of shape (n_features,)
        How each column was read, "numeric", "boolean", "ordinal" or "nominal", or that it was "excluded"; only where
        not all are numbers without gaps.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    CriterionSelector, CoverageSelector : Rankings worth combining.

    Notes
    -----
    The selectors get X as an array of numbers, or where it has gaps or labels, which those of this package take, with
    these; `kinds` and `missing` are those of the aggregator. Selectors of this package that run in threads share what
    they compute of its columns: standardized columns, ranks, bins, copies. A selector ranks greedily only as many
    features as its own ``n_features_to_select`` says, so give it at least as many as matter.

    References
    ----------
    Cormack, Clarke, Buettcher (2009). Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning
    Methods. SIGIR.
    Dwork, Kumar, Naor, Sivakumar (2001). Rank Aggregation Methods for the Web. WWW.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.feature_selection import SelectKBest
    >>> from infsel import CoverageSelector, RankAggregator
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> selectors = [("coverage", CoverageSelector(n_features_to_select=13)), ("anova", SelectKBest())]
    >>> RankAggregator(selectors).fit(X, y).to_frame().feature[:3].tolist()
    ['proline', 'flavanoids', 'od280/od315_of_diluted_wines']
    """

    _scores_are_ranks = True
    _ranges: ClassVar[dict[str, Range]] = {
        "method": Choice(FUSIONS),
        "smoothing": Number(low=0, closed=True, hint="; 60 is usual"),
        "missing": MISSING,
        "n_jobs": JOBS,
    }

    def __init__(
        self,
        selectors: list[tuple[str, Any]],
        *,
        method: str = "log-position",
        weights: Any = None,
        smoothing: float = 60.0,
        n_features_to_select: float | None = None,
        keep: Any = None,
        exclude: Any = None,
        feature_groups: Any = None,
        feature_costs: Any = None,
        kinds: Any = None,
        missing: str = "pairwise",
        n_jobs: int | None = None,
    ) -> None:
        self.selectors = selectors
        self.method = method
        self.weights = weights
        self.smoothing = smoothing
        self.n_features_to_select = n_features_to_select
        self.keep = keep
        self.exclude = exclude
        self.feature_groups = feature_groups
        self.feature_costs = feature_costs
        self.kinds = kinds
        self.missing = missing
        self.n_jobs = n_jobs

    @with_callbacks
    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Fit every selector and combine their rankings.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            At least two samples of finite numbers; sparse where every selector takes it.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            What the selectors learn from.
        **params
            ``sample_weight`` for every selector; with metadata routing whatever they request. Samples of weight 0 are
            left out for all of them.

        Returns
        -------
        self : object
            The fitted selector.

        Raises
        ------
        ValueError
            If X, y or a parameter cannot be used; the message names it and says what to do.
        TypeError
            If a selector ranks nothing.
        """
        weights, routed = self._checked(), self._routed(params)
        table = in_memory(self._validated(X, y))
        counts = which_count(params.get("sample_weight"), len(table))
        y = None if y is None else columns_of(y, counts)
        if not counts.all():
            table = table.rows(np.flatnonzero(counts))
            routed = Bunch(**{name: Bunch(fit=of_rows(one.fit, counts)) for name, one in routed.items()})
        shown = ~self._choices().excluded
        table = table.columns(shown)
        for _, selector in self.selectors:
            if not isinstance(selector, RankingSelector):
                table.require_plain(f"{type(selector).__name__}, which takes neither NaN nor labels,")
        table = _nameless(table)
        varies = table.varying()
        if not varies.any():
            raise ValueError("every column of X is constant or excluded: there is nothing to rank.")
        with reported_to_callbacks(self):
            self.selectors_ = self._fitted(table, y, routed)
        inside = shown.copy()
        inside[shown] = varies
        self.ranks_ = np.full((len(weights), len(inside)), np.nan)
        self.ranks_[:, inside] = [
            rankdata(ranks_of(name, selector, table.shape[1])[varies]) for name, selector in self.selectors_
        ]
        scores = fuse(self.ranks_[:, inside], weights, self.method, self.smoothing)
        self._rank(scores, inside, np.finfo(np.float64).eps)
        return self

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters, and with `deep` the selectors by their names and their parameters."""
        return dict(self._get_params("selectors", deep=deep))

    def set_params(self, **params: Any) -> Self:
        """Set parameters, replace a selector by its name, or set ``name__parameter`` of one."""
        self._set_params("selectors", **params)
        return self

    def get_metadata_routing(self) -> MetadataRouter:
        """Which metadata goes to which selector."""
        router = MetadataRouter(owner=self)
        for name, selector in self.selectors:
            router.add(**{name: selector}, method_mapping=MethodMapping().add(caller="fit", callee="fit"))
        return router

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        members = [get_tags(selector) for _, selector in self.selectors]
        tags.input_tags.sparse = all(member.input_tags.sparse for member in members)
        tags.input_tags.allow_nan &= all(member.input_tags.allow_nan for member in members)
        tags.target_tags.required = any(member.target_tags.required for member in members)
        tags.target_tags.multi_output = all(member.target_tags.multi_output for member in members)
        return tags

    def _unread(self) -> dict[str, str]:
        idle = self.method != "reciprocal-rank"
        return {"smoothing": f"by method={self.method!r}"} if idle else {}

    def _checked(self) -> np.ndarray:
        if not self.selectors or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in self.selectors):
            raise ValueError(f"selectors={self.selectors!r}: pass a list of (name, selector) pairs.")
        self._validate_names([name for name, _ in self.selectors])
        for name, selector in self.selectors:
            refuse_class(f"selectors[{name!r}]", selector)
        weights = np.ones(len(self.selectors)) if self.weights is None else np.asarray(self.weights, dtype=np.float64)
        if weights.shape != (len(self.selectors),) or not (weights >= 0).all() or not 0 < weights.sum() < np.inf:
            raise ValueError(
                f"weights={self.weights!r}: pass {len(self.selectors)} finite, non-negative numbers, one per selector, "
                "of which one is positive."
            )
        return weights

    def _routed(self, params: dict[str, Any]) -> Bunch:
        """What goes to the fit of each selector: weights to all of them, other metadata to those that request it."""
        if routing_enabled():
            return process_routing(self, "fit", **params) if params else Bunch()
        raise_for_params({name: value for name, value in params.items() if name != "sample_weight"}, self, "fit")
        if params.get("sample_weight") is None:
            return Bunch()
        for name, selector in self.selectors:
            if not takes_weights(selector):
                raise TypeError(
                    f"sample_weight is given, but selectors[{name!r}], {type(selector).__name__}, takes none: leave it "
                    "out, or enable metadata routing and request it for those that take it."
                )
        return Bunch(**{name: Bunch(fit=dict(params)) for name, _ in self.selectors})

    def _fitted(self, table: Table, y: Any, routed: Bunch) -> list[tuple[str, Any]]:
        alone = effective_n_jobs(self.n_jobs) == 1
        with nullcontext() if alone else at_most(None):  # several threads leave none to BLAS
            params = (routed.get(name, Bunch(fit={})).fit for name, _ in self.selectors)
            tasks = (
                (clone(selector), table, y, own) for (_, selector), own in zip(self.selectors, params, strict=True)
            )
            members = [1] * len(self.selectors)
            fitted = in_parallel(self.n_jobs, _fit, tasks, "members", members, prefer="threads")
        return [(name, selector) for (name, _), selector in zip(self.selectors, fitted, strict=True)]


def _nameless(table: Table) -> Table:
    """The same for selectors, which see numbers and kinds alone: none of them knows a column by its name."""
    if not isinstance(table, MixedTable):
        return as_table(table.array, table.weights)
    return MixedTable(table.numbers, table.kinds, table.informative, table.weights)


def _fit(selector: Any, table: Table, y: Columns | None, params: dict[str, Any]) -> Any:
    if isinstance(selector, RankingSelector):  # an array would lose the order of categories
        return selector.fit(table, y if y is None or y.special else y.table(), **params)
    return selector.fit(table.array, None if y is None else y.table(), **params)
