"""Cross-validated choice of any ranking selector's parameters and of how many features to keep."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.model_selection import ParameterGrid
from sklearn.utils import Bunch, get_tags
from sklearn.utils.validation import check_is_fitted, validate_data

from infsel._runtime.ranges import Object
from infsel.estimators.base._entries import check_finite
from infsel.estimators.base._frames import check_numeric, check_roles, library_of
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import takes_weights
from infsel.estimators.base._sklearn import routing_enabled
from infsel.estimators.elimination._recursive_elimination import RecursiveElimination
from infsel.estimators.graph._store import as_memory
from infsel.estimators.search._folds import Cutting
from infsel.estimators.search._rankings import (
    cuts_of,
    fit,
    introduce,
    mask_of,
    plan,
    prefix_of,
    ranker_of,
    with_params,
)
from infsel.estimators.search._search import SelectorSearchCV
from infsel.tables import as_table

Grid = dict[str, Sequence[Any]]


class SelectorCV(SelectorSearchCV):
    """Any selector that ranks, with its parameters and the number of features chosen by cross-validation.

    The candidates are those of a `GridSearchCV` over a Pipeline of the selector and the estimator, and so are their
    scores; but a fold ranks once for each setting of what changes a ranking, whatever the number of features, and
    trains the estimator once for each distinct selection. Afterwards it is a selector that can predict.

    Parameters
    ----------
    estimator : estimator
        What is trained on the selected columns and judged on rows it has not seen.
    selector : selector, default=None
        What ranks: a selector of this package, or `SelectKBest`, `SelectPercentile`, `GenericUnivariateSelect`,
        `SelectFpr`, `SelectFdr`, `SelectFwe`, `SelectFromModel` or `RFE` of scikit-learn, or a Pipeline that keeps the
        columns (such as a scaler) and ends with one; None for ``RecursiveElimination()``.
    param_grid : dict or list of dict, default=None
        Parameters of the selector to search, as for `GridSearchCV`: names to lists of values, or several such grids.
        Those that cut a ranking, such as ``threshold`` or ``alpha``, share it.
    n_features_to_select : sequence of int or float, default=None
        Numbers of features to try, as counts or fractions; None for at most 20 counts from 1 to all, evenly spaced on a
        logarithmic scale, or for none where `param_grid` says where to cut, or the selector takes no number. They
        become values of the selector's own parameter: ``n_features_to_select``, ``k``, ``percentile``, ``param``, or
        ``max_features`` (with ``threshold=-inf`` unless one is given).
    cv : int, splitter or iterable of (train, test), default=None
        How to split the rows; None for five folds, stratified for a classifier.
    scoring : str, callable, list or dict, default=None
        The metric, or several; None for the estimator's own `score`.
    refit : bool or str, default=True
        With several metrics the name of the one that decides.
    rule : {"best", "1se"} or callable, default="best"
        What to choose: the best mean score; the fewest features whose mean score is within one standard error of the
        best; or what a function ``cv_results_ -> row`` returns.
    memory : str or joblib.Memory, default=None
        Folder to keep rankings in, so that a search with another estimator, metric or rule, or with fewer features,
        ranks nothing again. They are found by the content of X, y, weights and the selector.
    n_jobs : int, default=None
        Processes to share folds and trainings among; None for one, -1 for every core.

    Attributes
    ----------
    best_params_ : dict
        The chosen parameters of the selector.
    best_index_, best_score_ : int, float
        The chosen row of `cv_results_` and its mean score.
    cv_results_ : dict of ndarray
        One row for each candidate, in the order of `sklearn.model_selection.ParameterGrid` and with the names of
        `GridSearchCV`: ``params``, ``param_*``, ``split*_test_*``, ``mean_test_*``, ``std_test_*``, ``rank_test_*``,
        ``mean_fit_time`` (of the estimator) and ``mean_score_time``; also ``n_features``, the number selected.
        Candidates that select the same columns in a fold share one training, and its times.
    selection_times_ : ndarray of shape (n_splits,)
        Seconds that ranking for all candidates took, fold by fold.
    n_estimator_fits_ : int
        How often the estimator was trained in the folds: once for each distinct selection.
    n_splits_ : int
        Number of folds.
    selector_ : selector
        The selector with the chosen parameters, fitted on all rows.
    estimator_ : estimator
        The estimator, fitted on the columns that are selected.
    scorer_ : callable
        What scores; with several metrics it returns a dict.
    refit_time_ : float
        Seconds that fitting both took.
    scores_, ranking_ : ndarray of shape (n_features,)
        Score and rank of each feature by `selector_`, 1 is best: importances for `SelectFromModel`, and for `RFE` the
        share of the features that come no earlier.
    support_ : ndarray of bool of shape (n_features,)
        Which features are selected.
    n_features_ : int
        Number of features selected.
    classes_ : ndarray
        Class labels, where the estimator is a classifier.
    n_features_in_ : int
        Number of features seen in `fit`.
    feature_names_in_ : ndarray of str of shape (n_features_in_,)
        Column names seen in `fit`, where X has names.

    See Also
    --------
    InfFSCV : Searches the parameters of walks quicker, because walks share their graph.
    sklearn.feature_selection.RFECV : Recursive elimination by the coefficients of the estimator itself.

    Notes
    -----
    The estimator sees the selected columns of X as they are, also where the selector is a Pipeline that scales them
    first: what it needs of its own belongs into a Pipeline with it.

    References
    ----------
    Breiman, Friedman, Olshen, Stone (1984). Classification and Regression Trees. Wadsworth. (One standard error.)
    Ambroise, McLachlan (2002). Selection bias in gene extraction on the basis of microarray gene-expression data. PNAS
    99. (Why every fold ranks anew.)

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from infsel import SelectorCV
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> search = SelectorCV(make_pipeline(StandardScaler(), KNeighborsClassifier()), rule="1se").fit(X, y)
    >>> "proline" in search.get_feature_names_out(), search.n_features_ <= 6
    (True, True)
    """

    _ranges = SelectorSearchCV._ranges | {"param_grid": Object(), "memory": Object()}

    def __init__(
        self,
        estimator: Any,
        selector: Any = None,
        *,
        param_grid: dict[str, Sequence[Any]] | list[dict[str, Sequence[Any]]] | None = None,
        n_features_to_select: Sequence[float] | None = None,
        cv: Any = None,
        scoring: Any = None,
        refit: bool | str = True,
        rule: Any = "best",
        memory: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.selector = selector
        self.param_grid = param_grid
        self.n_features_to_select = n_features_to_select
        self.cv = cv
        self.scoring = scoring
        self.refit = refit
        self.rule = rule
        self.memory = memory
        self.n_jobs = n_jobs

    def _template(self) -> Any:
        if self.selector is None:
            return RecursiveElimination()
        ranker_of(self.selector)
        return clone(self.selector)

    def _candidates(self, template: Any) -> tuple[list[dict[str, Any]], Cutting]:
        as_memory(self.memory)  # says what is wrong with it
        candidates = list(ParameterGrid([self._complete(template, grid) for grid in self._grids()]))
        return candidates, partial(cuts_of, plan(template, candidates, self._names()), self.memory)

    def _grids(self) -> list[Grid]:
        grids = ParameterGrid({} if self.param_grid is None else self.param_grid).param_grid
        return [dict(grid) for grid in grids]

    def _complete(self, template: Any, grid: Grid) -> Grid:
        """The grid with numbers of features, unless it says where to cut and they are not asked for."""
        first = with_params(template, {name: values[0] for name, values in grid.items()})
        prefix, (kind, ranker) = prefix_of(first), ranker_of(first)
        introduce(ranker, self._names())
        cutting = grid.keys() & {prefix + name for name in kind.cuts(ranker) | {"n_features_to_select"}}
        room = kind.room(ranker, self.n_features_in_)
        if self.n_features_to_select is None and (cutting or room is None):
            return grid
        if room is None:
            raise ValueError(
                f"n_features_to_select is given, but {ranker!r} takes no number of features: leave it out, and pass "
                f"what it cuts at in param_grid ({', '.join(sorted(kind.cuts(ranker)))})."
            )
        sized = kind.sized(ranker, self._sizes(*room), self.n_features_in_)
        sized = {prefix + name: values for name, values in sized.items()}
        if twice := sized.keys() & grid.keys():
            raise ValueError(
                f"param_grid holds {min(twice)!r}, which n_features_to_select sets: leave one of them out."
            )
        return grid | sized

    def _numbers(self, template: Any, X: Any, y: Any) -> Any:
        if isinstance(template, RankingSelector):
            return super()._numbers(template, X, y)
        check_roles(X, y)
        self._library, self._has_types = library_of(X), False
        check_numeric(X)
        kinds = [np.float64, np.float32]
        numbers = validate_data(
            self, X=X, dtype=kinds, accept_sparse="csr", ensure_all_finite=False, ensure_min_samples=2
        )
        if not get_tags(template).input_tags.allow_nan:
            check_finite(as_table(numbers), self._names)
        return numbers

    def _routed(self, params: dict[str, Any]) -> Bunch:
        routed = super()._routed(params)
        _, ranker = ranker_of(self._template())
        if "sample_weight" in routed.selector.fit and not routing_enabled() and not takes_weights(ranker):
            raise TypeError(
                f"sample_weight is given, but {type(ranker).__name__}.fit takes none: leave it out, or enable metadata "
                "routing and request it for the estimator."
            )
        return routed

    def _refit(self, template: Any, table: Any, y: Any, fit_params: dict[str, Any]) -> None:
        start = perf_counter()
        [ranking] = plan(template, [self.best_params_], self._names())
        fitted = fit(ranking, self.memory, table, y, fit_params, exactly=True)
        self.selector_ = fitted.set_params(**ranking.cuts[0])
        self.refit_time_ = perf_counter() - start

    @property
    def scores_(self) -> np.ndarray:  # type: ignore[override]
        """Score of each feature by the chosen selector."""
        kind, ranker = ranker_of(self.selector_)
        return kind.scores(ranker)

    @property
    def ranking_(self) -> np.ndarray:  # type: ignore[override]
        """Rank of each feature by the chosen selector, 1 is best."""
        kind, ranker = ranker_of(self.selector_)
        return kind.ranking(ranker)

    @property
    def support_(self) -> np.ndarray:
        """Which features the chosen selector selects."""
        check_is_fitted(self)
        return mask_of(self.selector_)

    def _readable(self, X: Any, *, reset: bool) -> Any:
        return super()._readable(X, reset=reset) if isinstance(self.selector_, RankingSelector) else X

    def __sklearn_tags__(self) -> Any:
        tags, of_selector = super().__sklearn_tags__(), get_tags(self._template())
        tags.input_tags.positive_only |= of_selector.input_tags.positive_only
        tags.target_tags.required |= of_selector.target_tags.required
        return tags
