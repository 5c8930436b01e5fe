"""The cross-validated comparison of selectors."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.metrics import check_scoring
from sklearn.model_selection import check_cv
from sklearn.utils import indexable

from infsel._runtime.progress import stage, watched_by
from infsel._runtime.threads import at_most
from infsel._runtime.warning import once
from infsel.estimators.base._parallel import in_parallel
from infsel.estimators.search._folds import Split, placed, splits_of
from infsel.studies._comparison import SelectorComparison
from infsel.studies._fold import Fold, judge
from infsel.studies._sizes import checked_sizes, fits_of


def compare(
    selectors: Mapping[str, Any],
    models: Any,
    X: Any,
    y: Any,
    *,
    sizes: Sequence[int] | None = None,
    cv: Any = None,
    scoring: Any = None,
    groups: Any = None,
    sample_weight: Any = None,
    n_jobs: int | None = None,
) -> SelectorComparison:
    """Cross-validate selectors at several numbers of features, each judged by what models make of its columns.

    Everything is fitted on the training rows of a split and judged on its test rows, and all selectors get the same
    splits, so that their scores can be compared split by split.

    Parameters
    ----------
    selectors : mapping of str to estimator
        Selectors by name: of infsel, of scikit-learn, anything with `get_support`, a Pipeline with such a step whose
        other steps keep the columns, or, to compare with, None for all columns or a transformer that keeps all. One
        with a parameter `n_features_to_select`, `k` or `max_features` is asked for each size, and one of infsel is
        fitted once for all, as its ranking does not depend on it; any other chooses how many by itself, once, and has
        the same results at every size.
    models : estimator or mapping of str to estimator
        What is trained on the selected columns, classifiers or regressors.
    X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    sizes : sequence of int, default=None
        Numbers of features to select; None for `default_sizes`.
    cv : int, splitter or iterable of splits, default=None
        As in `sklearn.model_selection.cross_validate`: None for five folds, stratified for classifiers, without
        shuffling. Splits are drawn once.
    scoring : str or callable, default=None
        One metric; None for the models' own.
    groups : array-like of shape (n_samples,), default=None
        For the splitter, such as `GroupKFold`.
    sample_weight : array-like of shape (n_samples,), default=None
        How often each row counts, for selectors, models and scores; of a Pipeline the last step reads it.
    n_jobs : int, default=None
        Processes that share the splits.

    Returns
    -------
    SelectorComparison

    Raises
    ------
    TypeError
        If something is no selector or no model, or takes no weights where there are some.
    ValueError
        If sizes or splits do not fit the table, or a score is undefined. A note says where an error arose.

    See Also
    --------
    infsel.InfFSCV : Chooses parameters instead of selectors.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.feature_selection import SelectKBest
    >>> from sklearn.naive_bayes import GaussianNB
    >>> from infsel import RecursiveElimination
    >>> from infsel.studies import compare
    >>> X, y = load_wine(return_X_y=True)
    >>> selectors = {"F test": SelectKBest(), "elimination": RecursiveElimination()}
    >>> found = compare(selectors, GaussianNB(), X, y, sizes=[2, 6])
    >>> found.scores.shape  # selectors, models, sizes, splits
    (2, 1, 2, 5)
    >>> found.best
    'elimination'
    """
    models = _checked_models(models)
    _check_selectors(selectors)
    X, y, groups, sample_weight = indexable(X, y, groups, sample_weight)
    weights = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    first = next(iter(models.values()))
    sizes = checked_sizes(sizes, X.shape[1])
    cv = check_cv(cv, y, classifier=is_classifier(first))
    splits = splits_of(cv, X, np.asarray(y), first, groups=groups)
    scorers = {name: check_scoring(model, scoring) for name, model in models.items()}
    work = {(name, some): selector for name, selector in selectors.items() for some in fits_of(selector, sizes)}
    folds = _in_splits(work, models, scorers, X, y, weights, splits, n_jobs)
    cells = [[folds[name, size if (name, size) in folds else None] for size in sizes] for name in selectors]
    return SelectorComparison(
        selectors=tuple(selectors),
        models=tuple(models),
        sizes=sizes,
        metric=scoring if isinstance(scoring, str) else getattr(scoring, "__name__", "score"),
        test_shares=np.array([len(test) / (len(test) + len(train)) for train, test in splits]),
        scores=_stacked(cells, "scores").transpose(0, 3, 1, 2),
        selected=_stacked(cells, "selected"),
        select_seconds=_stacked(cells, "select_seconds"),
        train_seconds=_stacked(cells, "train_seconds").transpose(0, 3, 1, 2),
    )


def _in_splits(
    work: Mapping[tuple[str, tuple[int | None, ...]], Any],
    models: Mapping[str, Any],
    scorers: Mapping[str, Any],
    X: Any,
    y: Any,
    weights: np.ndarray | None,
    splits: list[Split],
    n_jobs: int | None,
) -> dict[tuple[str, int | None], list[Fold]]:
    """What each selector does in every split, one fit of a selector after the other."""
    found: dict[tuple[str, int | None], list[Fold]] = {}
    # one BLAS thread: the products of most models are small, too. Stages of fits inside are no stages of the whole
    with at_most(None), once(), stage("cross-validating", len(work)) as advance:
        for (name, sizes), selector in work.items():
            tasks = [
                (
                    f"{_label(name, sizes)} in fold {number}",
                    judge,
                    selector,
                    sizes,
                    models,
                    scorers,
                    X,
                    y,
                    weights,
                    split,
                )
                for number, split in enumerate(splits)
            ]
            with watched_by(None):
                folds = in_parallel(n_jobs, placed, tasks, "folds", [1] * len(tasks))
            found |= {(name, size): [fold[k] for fold in folds] for k, size in enumerate(sizes)}
            advance(1)
    return found


def _label(name: str, sizes: tuple[int | None, ...]) -> str:
    if sizes == (None,):
        return repr(name)
    return f"{name!r} at {', '.join(map(str, sizes))} features"


def _stacked(cells: list[list[list[Fold]]], name: str) -> np.ndarray:
    """A field of all folds, of shape (n_selectors, n_sizes, n_splits, ...)."""
    return np.array([[[getattr(fold, name) for fold in cell] for cell in row] for row in cells])


def _check_selectors(selectors: Any) -> None:
    if not isinstance(selectors, Mapping) or not selectors:
        raise TypeError(f"selectors={selectors!r}: pass a mapping of names to selectors, {{'F test': SelectKBest()}}.")
    for name, selector in selectors.items():
        if selector is not None and (not hasattr(selector, "transform") or isinstance(selector, type)):
            raise TypeError(
                f"selectors[{name!r}]={selector!r} selects no columns: pass an object with fit and transform, not its "
                "class, or None for all columns."
            )


def _checked_models(models: Any) -> Mapping[str, Any]:
    named = models if isinstance(models, Mapping) else {type(models).__name__: models}
    for name, model in named.items():
        if not hasattr(model, "fit") or not hasattr(model, "predict") or isinstance(model, type):
            raise TypeError(f"models[{name!r}]={model!r}: pass an estimator with fit and predict, not its class.")
    if not named:
        raise TypeError("models is empty: pass an estimator, or a mapping of names to estimators.")
    if len({is_classifier(model) for model in named.values()}) > 1:
        raise TypeError(f"models={models!r} are classifiers and regressors: compare them by themselves.")
    return named
