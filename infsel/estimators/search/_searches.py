"""Cross-validated choice of a selector's parameters and of how many features to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from sklearn.base import clone

from infsel.estimators.graph._attention import AttentionSelector, compose
from infsel.estimators.graph._inf_fs import InfFS
from infsel.estimators.graph._selector import checked, solved, warn_of
from infsel.estimators.search._graph_search import GraphSearchCV
from infsel.estimators.search._path import grid_of, listed, refuse_landmarks, results_along
from infsel.walks import Result


class InfFSCV(GraphSearchCV):
    """Infinite Feature Selection with parameters chosen by cross-validation, in one pass for each fold.

    The candidates are those of a `GridSearchCV` over a Pipeline of `InfFS` and the estimator, and so are their scores;
    but a fold computes its affinity once for the whole grid, ranks every cell from one Krylov basis for each alpha
    (`inf_fs_path`), and trains the estimator once for each distinct selection. Afterwards it is a selector that can
    predict.

    Parameters
    ----------
    estimator : estimator
        What is trained on the selected columns and judged on rows it has not seen.
    selector : InfFS, default=None
        Everything that is not searched, such as its affinity or readout; None for ``InfFS()``.
    alphas : sequence of float in [0, 1], default=None
        Weights of dispersion to try; None for 0.1, 0.3, 0.5, 0.7, 0.9, or the selector's own where its affinity reads
        none.
    n_hops : sequence of int >= 1 or inf, default=None
        Lengths of the longest walk to try; None for 1, 2, 3, 5, inf, or the selector's own where its propagation reads
        none.
    dampings : sequence of float in (0, 1), default=None
        Weights of a further hop to try; None for 0.5 and 0.9, or the selector's own where its propagation reads none.
    n_features_to_select : sequence of int or float, default=None
        Numbers of features to try, as counts or fractions; None for at most 20 counts from 1 to all, evenly spaced on a
        logarithmic scale.
    cv : int, splitter or iterable of (train, test), default=None
        How to split the rows; None for five folds, stratified for a classifier.
    scoring : str, callable, list or dict, default=None
        The metric, or several; None for the estimator's own `score`.
    refit : bool or str, default=True
        With several metrics the name of the one that decides.
    rule : {"best", "1se"} or callable, default="best"
        What to choose: the best mean score; the fewest features whose mean score is within one standard error of the
        best; or what a function ``cv_results_ -> row`` returns.
    n_jobs : int, default=None
        Processes to share folds and trainings among; None for one, -1 for every core.

    Attributes
    ----------
    best_params_ : dict
        The chosen parameters.
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
    selector_ : InfFS
        The selector with the chosen parameters, fitted on all rows.
    estimator_ : estimator
        The estimator, fitted on the columns that are selected.
    scorer_ : callable
        What scores; with several metrics it returns a dict.
    refit_time_ : float
        Seconds that fitting both took.
    scores_, ranking_, support_ : ndarray of shape (n_features,)
        Those of `selector_`.
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
    inf_fs_path : The scores of a grid without cross-validation.
    AttentionSelectorCV : The same for attention.
    sklearn.feature_selection.RFECV : Chooses the number of features by recursive elimination.

    Notes
    -----
    Fit times of candidates do not include the ranking, which all of them share: `selection_times_` has it. Scale X
    before, in a Pipeline, or use an affinity that does not read scales.

    References
    ----------
    Roffo, Melzi, Cristani (2015). Infinite Feature Selection. ICCV.
    Breiman, Friedman, Olshen, Stone (1984). Classification and Regression Trees. Wadsworth. (One standard error.)

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from infsel import InfFSCV
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> search = InfFSCV(KNeighborsClassifier(), alphas=[0.2, 0.8], n_features_to_select=[2, 4, 8], rule="1se")
    >>> search.fit(X, y).transform(X).shape
    (178, 2)
    >>> len(search.cv_results_["params"]), search.n_estimator_fits_  # of 60 in each of 5 folds
    (60, 29)
    """

    def __init__(
        self,
        estimator: Any,
        selector: InfFS | None = None,
        *,
        alphas: Sequence[float] | None = None,
        n_hops: Sequence[float] | None = None,
        dampings: Sequence[float] | None = None,
        n_features_to_select: Sequence[float] | None = None,
        cv: Any = None,
        scoring: Any = None,
        refit: bool | str = True,
        rule: Any = "best",
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.selector = selector
        self.alphas = alphas
        self.n_hops = n_hops
        self.dampings = dampings
        self.n_features_to_select = n_features_to_select
        self.cv = cv
        self.scoring = scoring
        self.refit = refit
        self.rule = rule
        self.n_jobs = n_jobs

    _results = staticmethod(results_along)

    def _template(self) -> InfFS:
        return _template(self.selector, InfFS)

    def _grid(self, template: InfFS) -> dict[str, list[Any]]:
        return grid_of(template, {"alpha": self.alphas, "n_hops": self.n_hops, "damping": self.dampings})


class AttentionSelectorCV(GraphSearchCV):
    """Attention as feature selection with parameters chosen by cross-validation.

    The candidates are those of a `GridSearchCV` over a Pipeline of `AttentionSelector` and the estimator, and so are
    their scores; but a fold computes the attention once for each temperature and number of heads, whatever the number
    of features, and trains the estimator once for each distinct selection. Then it is a selector that can predict.

    Parameters
    ----------
    estimator : estimator
        What is trained on the selected columns and judged on rows it has not seen.
    selector : AttentionSelector, default=None
        Everything that is not searched; None for ``AttentionSelector()``.
    temperatures : sequence of float > 0 or "auto", default=None
        Temperatures to try; None for 1, 3, 10, 30.
    n_heads : sequence of int, default=None
        Numbers of heads to try; None for the selector's own.
    n_features_to_select : sequence of int or float, default=None
        Numbers of features to try, as counts or fractions; None for at most 20 counts from 1 to all, evenly spaced on a
        logarithmic scale.
    cv : int, splitter or iterable of (train, test), default=None
        How to split the rows; None for five folds, stratified for a classifier.
    scoring : str, callable, list or dict, default=None
        The metric, or several; None for the estimator's own `score`.
    refit : bool or str, default=True
        With several metrics the name of the one that decides.
    rule : {"best", "1se"} or callable, default="best"
        What to choose: the best mean score; the fewest features whose mean score is within one standard error of the
        best; or what a function ``cv_results_ -> row`` returns.
    n_jobs : int, default=None
        Processes to share folds and trainings among; None for one, -1 for every core.

    Attributes
    ----------
    best_params_ : dict
        The chosen parameters.
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
    selector_ : AttentionSelector
        The selector with the chosen parameters, fitted on all rows.
    estimator_ : estimator
        The estimator, fitted on the columns that are selected.
    scorer_ : callable
        What scores; with several metrics it returns a dict.
    refit_time_ : float
        Seconds that fitting both took.
    scores_, ranking_, support_ : ndarray of shape (n_features,)
        Those of `selector_`.
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
    InfFSCV : The same for walks of several or infinitely many hops.

    References
    ----------
    Vaswani et al. (2017). Attention Is All You Need. NeurIPS.
    Roffo (2025). The Origin of Self-Attention: From Pairwise Affinity Matrices to Transformers. arXiv:2507.14560.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.neighbors import KNeighborsClassifier
    >>> from infsel import AttentionSelectorCV
    >>> X, y = load_wine(return_X_y=True, as_frame=True)
    >>> search = AttentionSelectorCV(KNeighborsClassifier(), n_features_to_select=[2, 4, 8]).fit(X, y)
    >>> search.transform(X).shape
    (178, 2)
    """

    def __init__(
        self,
        estimator: Any,
        selector: AttentionSelector | None = None,
        *,
        temperatures: Sequence[float | str] | None = None,
        n_heads: Sequence[int] | None = None,
        n_features_to_select: Sequence[float] | None = None,
        cv: Any = None,
        scoring: Any = None,
        refit: bool | str = True,
        rule: Any = "best",
        n_jobs: int | None = None,
    ) -> None:
        self.estimator = estimator
        self.selector = selector
        self.temperatures = temperatures
        self.n_heads = n_heads
        self.n_features_to_select = n_features_to_select
        self.cv = cv
        self.scoring = scoring
        self.refit = refit
        self.rule = rule
        self.n_jobs = n_jobs

    @staticmethod
    def _results(
        template: AttentionSelector, X: Any, y: Any, sample_weight: Any, grid: dict[str, list[Any]]
    ) -> Iterator[tuple[tuple[int, ...], Result]]:
        table, y = checked(template, X, y, sample_weight)
        for (i, temperature), (j, n_heads) in product(*map(enumerate, grid.values())):
            composition = compose(template.set_params(temperature=temperature, n_heads=n_heads))
            [(_, _, result)] = solved(template, composition, table, y)
            warn_of(result, composition.solver)
            yield (i, j), result

    def _template(self) -> AttentionSelector:
        return _template(self.selector, AttentionSelector)

    def _grid(self, template: AttentionSelector) -> dict[str, list[Any]]:
        heads = [template.n_heads] if self.n_heads is None else self.n_heads
        temperatures = (1, 3, 10, 30) if self.temperatures is None else self.temperatures
        return {"temperature": listed("temperatures", temperatures), "n_heads": listed("n_heads", heads)}


def _template(selector: Any, kind: type[Any]) -> Any:
    if selector is None:
        return kind()
    if not isinstance(selector, kind):
        raise TypeError(f"selector={selector!r}: pass an {kind.__name__}, or None.")
    refuse_landmarks(selector)
    return clone(selector)
