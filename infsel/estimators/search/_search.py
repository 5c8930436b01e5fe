"""A cross-validated search that ranks once per fold and cell, and trains once per fold and selection."""

from __future__ import annotations

from abc import abstractmethod
from copy import deepcopy
from time import perf_counter
from typing import Any, ClassVar, Self

import numpy as np
from joblib import effective_n_jobs
from sklearn.base import MetaEstimatorMixin, clone, is_classifier, is_regressor
from sklearn.metrics import check_scoring
from sklearn.model_selection import check_cv
from sklearn.utils import Bunch, check_X_y, get_tags
from sklearn.utils.metadata_routing import MetadataRouter, MethodMapping, process_routing
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from infsel._runtime.ranges import Choice, Either, Function, Object, Offers, Range
from infsel._runtime.warning import once
from infsel.estimators.base._callbacks import CallbackSupportMixin, reported_to_callbacks
from infsel.estimators.base._decorators import with_callbacks
from infsel.estimators.base._entries import unmasked
from infsel.estimators.base._frames import is_frame, take_rows
from infsel.estimators.base._outputs import take_columns
from infsel.estimators.base._parallel import in_parallel
from infsel.estimators.base._parameter_checks import JOBS
from infsel.estimators.base._ranking import RankingSelector
from infsel.estimators.base._sample_weight import check_weights
from infsel.estimators.base._sklearn import raise_for_params, routing_enabled, safe_indexing
from infsel.estimators.search._folds import Cutting, Selections, Split, Trial, entries, judge, placed, select, splits_of
from infsel.estimators.search._path import listed
from infsel.estimators.search._predict import Predicting
from infsel.estimators.search._results import RULES, choose, tabulate
from infsel.estimators.search._trained import trained
from infsel.selection import n_selected
from infsel.targets import check_target, columns_of, is_graded, is_structured

_N_SIZES = 20


class SelectorSearchCV(MetaEstimatorMixin, CallbackSupportMixin, Predicting, RankingSelector):
    """Chooses the parameters of a selector by what an estimator makes of its selections. Subclasses say which."""

    estimator: Any
    selector: Any
    n_features_to_select: Any
    cv: Any
    scoring: Any
    refit: Any
    rule: Any
    n_jobs: int | None
    _ranges: ClassVar[dict[str, Range]] = {
        "estimator": Offers("fit"),
        "selector": Object(),
        "cv": Object(),
        "scoring": Object(),
        "refit": Object(),
        "rule": Either(Choice(RULES), Function("a function of cv_results_")),
        "n_jobs": JOBS,
    }

    @abstractmethod
    def _template(self) -> RankingSelector:
        """The selector whose parameters are searched, as a clone."""

    @abstractmethod
    def _candidates(self, template: Any) -> tuple[list[dict[str, Any]], Cutting]:
        """Parameters of each candidate, and a function of training rows that yields what they select, some at a time.

        It takes X, y and a dict of metadata for the selector's `fit`, and yields numbers of candidates and their masks.
        """

    @with_callbacks
    @once()
    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Search, then fit the selector and the estimator with the chosen parameters on all rows.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
            As for the selector.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
            The target; None for an estimator that needs none. Censored times, an array with the fields event and time,
            need an estimator that takes them, and its `scoring`.
        **params : dict
            `groups` for the splitter, and `sample_weight` for the selector; the estimator counts the samples alike that
            the selector counts at all. With
            ``sklearn.set_config(enable_metadata_routing=True)`` whatever the selector's and the estimator's `fit`, the
            scorer and the splitter request, such as `sample_weight`.

        Returns
        -------
        self : object
            The fitted search.

        Raises
        ------
        ValueError
            If X, y, a grid, a fold or a parameter cannot be used; the message names it and says what to do.
        """
        others = {name: value for name, value in params.items() if name not in ("groups", "sample_weight")}
        raise_for_params(others, self, "fit")
        self._check()
        template = self._template()
        table, X = self._tables(template, X, y)
        candidates, cutting = self._candidates(template)
        routed = self._routed(params)
        weights = self._weights(routed.selector.fit, X.shape[0])
        counts = np.ones(X.shape[0], dtype=bool) if weights is None or routing_enabled() else weights > 0
        known, y = self._targets(X, y, counts)
        cv = check_cv(self.cv, y, classifier=is_classifier(self.estimator))
        splits = splits_of(cv, X, y, self.estimator, counts, **routed.splitter.split)
        self.scorer_, self.n_splits_ = check_scoring(self.estimator, self.scoring), len(splits)
        with reported_to_callbacks(self):
            found = self._find(cutting, len(candidates), table, known, routed.selector.fit, splits)
            trials = self._judge(X, y, splits, found, routed)
            self._conclude(candidates, found, trials)
            self._refit(template, table, known, routed.selector.fit)
            self._retrain(take_rows(X, np.flatnonzero(counts)), entries(y, counts), routed.estimator.fit)
        return self

    def score(self, X: Any, y: Any = None, **params: Any) -> float:
        """Score of the estimator on the selected columns of new rows, by the metric that `refit` names.

        Parameters
        ----------
        X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
        y : array-like of shape (n_samples,), default=None
        **params : dict
            What the scorer requests, with metadata routing enabled.

        Returns
        -------
        float
        """
        check_is_fitted(self)
        raise_for_params(params, self, "score")
        routed = process_routing(self, "score", **params) if routing_enabled() else Bunch(scorer=Bunch(score={}))
        target = () if y is None else (y,)
        scores = self.scorer_(self.estimator_, self._columns(X), *target, **routed.scorer.score)
        return scores[self.refit] if isinstance(scores, dict) else scores

    def get_metadata_routing(self) -> MetadataRouter:
        """Say what goes where: to the `fit` of the selector and of the estimator, to the splitter and to the scorer.

        Returns
        -------
        routing : MetadataRouter
        """
        router = MetadataRouter(owner=self)
        for name, member in (("selector", self._template()), ("estimator", self.estimator)):
            router.add(**{name: member}, method_mapping=MethodMapping().add(caller="fit", callee="fit"))
        router.add(splitter=check_cv(self.cv), method_mapping=MethodMapping().add(caller="fit", callee="split"))
        to_scorer = MethodMapping().add(caller="fit", callee="score").add(caller="score", callee="score")
        router.add(scorer=check_scoring(self.estimator, self.scoring), method_mapping=to_scorer)
        return router

    @property
    def scores_(self) -> np.ndarray:  # type: ignore[override]
        """Score of each feature by the chosen selector."""
        return self.selector_.scores_

    @property
    def ranking_(self) -> np.ndarray:  # type: ignore[override]
        """Rank of each feature by the chosen selector, 1 is best."""
        return self.selector_.ranking_

    @property
    def support_(self) -> np.ndarray:
        """Which features the chosen selector selects."""
        check_is_fitted(self)
        return self.selector_.support_

    @property
    def n_features_(self) -> int:
        """How many they are."""
        return int(self.support_.sum())

    def _readable(self, X: Any, *, reset: bool) -> Any:
        return self.selector_._readable(X, reset=reset)

    def __sklearn_tags__(self) -> Any:
        tags, of_estimator = super().__sklearn_tags__(), get_tags(self.estimator)
        for name in ("estimator_type", "classifier_tags", "regressor_tags", "target_tags"):
            setattr(tags, name, deepcopy(getattr(of_estimator, name)))
        of_selector = get_tags(self._template())
        for name in ("sparse", "allow_nan"):
            both = getattr(of_estimator.input_tags, name) and getattr(of_selector.input_tags, name)
            setattr(tags.input_tags, name, both)
        return tags

    def _check(self) -> None:
        if isinstance(self.scoring, list | tuple | set | dict):
            self._deciding(list(self.scoring))

    def _unread(self) -> dict[str, str]:
        single = self.scoring is None or isinstance(self.scoring, str)
        return {"refit": f"with scoring={self.scoring!r}, a single metric"} if single else {}

    def _deciding(self, metrics: list[str]) -> str:
        """The metric that decides."""
        if metrics == ["score"]:
            return "score"
        if self.refit not in metrics:
            raise ValueError(
                f"refit={self.refit!r} with several metrics: name the one that decides, of {', '.join(metrics)}."
            )
        return self.refit

    def _tables(self, template: RankingSelector, X: Any, y: Any) -> tuple[Any, Any]:
        """X as selectors see it (with names), and as the estimator sees it."""
        valid = self._numbers(template, X, y)
        return (X if is_frame(X) else valid), valid

    def _targets(self, X: Any, y: Any, counts: np.ndarray) -> tuple[Any, Any]:
        """The target as selectors see it, with the order of its categories, and as the estimator sees it."""
        if y is not None:
            check_consistent_length(X, y)
            y = _counting(y, counts)
        if is_structured(y):
            self._check_scoring_of_times()
            return y, y
        if y is None and not get_tags(self.estimator).target_tags.required:
            return None, None
        checks = {"accept_sparse": True, "dtype": None, "ensure_all_finite": False, "multi_output": True}
        numbers = np.zeros((X.shape[0], 1)) if self._has_types else X  # what stands in X has been looked at
        array = check_X_y(numbers, y, **checks, estimator=self)[1]
        return (y if is_graded(y) else array), array

    def _check_scoring_of_times(self) -> None:
        """Refuse to judge censored times by accuracy or shares of variance."""
        usual = is_classifier(self.estimator) or is_regressor(self.estimator) or not hasattr(self.estimator, "score")
        if self.scoring is None and usual:
            raise ValueError(
                f"scoring=None, and y holds events and times, which {type(self.estimator).__name__} does not score: "
                "pass scoring, a function (estimator, X, y) -> float, and an estimator that takes such a target."
            )

    def _numbers(self, template: Any, X: Any, y: Any) -> Any:
        """X as the estimator sees it, checked: as it is where it has labels or gaps. The search learns its columns."""
        table = template._validated(X, y)
        self._has_types = not table.is_plain
        valid = (X if is_frame(X) else np.asarray(unmasked(X))) if self._has_types else table.by_rows()
        self.n_features_in_, self._library = template.n_features_in_, template._library
        self.__dict__.pop("feature_names_in_", None)  # of an earlier fit
        if hasattr(template, "feature_names_in_"):
            self.feature_names_in_ = template.feature_names_in_
        return valid

    def _sizes(self, n_features: int, least: int = 1) -> list[Any]:
        if self.n_features_to_select is None:
            return np.unique(np.geomspace(max(1, least), n_features, _N_SIZES).round().astype(int)).tolist()
        sizes = listed("n_features_to_select", self.n_features_to_select)
        for size in sizes:
            n_selected(size, n_features)
        return sizes

    def _routed(self, params: dict[str, Any]) -> Bunch:
        if routing_enabled():
            return process_routing(self, "fit", **params)
        splitter = Bunch(split={"groups": params.get("groups")})
        weights = params.get("sample_weight")
        selector = Bunch(fit={} if weights is None else {"sample_weight": weights})
        return Bunch(selector=selector, estimator=Bunch(fit={}), scorer=Bunch(score={}), splitter=splitter)

    @staticmethod
    def _weights(fit_params: dict[str, Any], n_samples: int) -> np.ndarray | None:
        """How often the selector counts each sample, checked and put in the place of what was passed."""
        if (weights := fit_params.get("sample_weight")) is not None:
            fit_params["sample_weight"] = weights = check_weights(weights, n_samples)
        return weights

    def _find(
        self, cutting: Cutting, n_candidates: int, table: Any, y: Any, fit_params: dict, splits: list[Split]
    ) -> list[Selections]:
        tasks = (
            (_split(number), select, cutting, n_candidates, table, y, train, fit_params)
            for number, (train, _) in enumerate(splits)
        )
        return in_parallel(self.n_jobs, placed, tasks, "folds", [1] * len(splits))

    def _judge(self, X: Any, y: Any, splits: list[Split], found: list[Selections], routed: Bunch) -> list[list[Trial]]:
        """Trials of each split. Processes share the selections of one split in as many parts as there are processes."""
        n_parts = effective_n_jobs(self.n_jobs)
        parts = [(number, found[number].masks[k::n_parts]) for number in range(len(splits)) for k in range(n_parts)]
        params = (self.scorer_, routed.estimator.fit, routed.scorer.score)
        tasks = (
            (_split(number), judge, self.estimator, X, y, splits[number], masks, *params) for number, masks in parts
        )
        done = in_parallel(self.n_jobs, placed, tasks, "candidates", [len(masks) for _, masks in parts])
        trials: list[list[Any]] = [[None] * len(selections.masks) for selections in found]
        for position, (number, _) in enumerate(parts):
            trials[number][position % n_parts :: n_parts] = done[position]
        return trials

    def _conclude(self, candidates: list[dict], found: list[Selections], trials: list[list[Trial]]) -> None:
        self.cv_results_ = tabulate(candidates, found, trials)
        self.selection_times_ = np.array([selections.seconds for selections in found])
        self.n_estimator_fits_ = sum(map(len, trials))
        metric = self._deciding(list(trials[0][0].scores))
        self.best_index_ = choose(self.rule, self.cv_results_, metric, self.n_splits_)
        self.best_params_ = candidates[self.best_index_]
        self.best_score_ = float(self.cv_results_[f"mean_test_{metric}"][self.best_index_])

    def _refit(self, template: Any, table: Any, y: Any, fit_params: dict[str, Any]) -> None:
        start = perf_counter()
        self.selector_ = clone(template).set_params(**self.best_params_).fit(table, y, **fit_params)
        self.refit_time_ = perf_counter() - start

    def _retrain(self, X: Any, y: Any, fit_params: dict[str, Any]) -> None:
        start = perf_counter()
        self.estimator_ = trained(self.estimator, take_columns(X, self.support_), y, **fit_params)
        self.refit_time_ += perf_counter() - start


def _split(number: int) -> str:
    """Where an error arose."""
    return f"in split {number} of cv"


def _counting(y: Any, counts: np.ndarray) -> Any:
    """The target, read where samples count: the others stand for the first that does. Times become an array."""
    check_target(y, counts)
    if not counts.all():
        y = safe_indexing(y, np.where(counts, np.arange(len(counts)), counts.argmax()))
    if is_structured(y):
        return np.asarray(y)
    columns = columns_of(y)
    return columns.table() if columns.outputs[0].censored else y
