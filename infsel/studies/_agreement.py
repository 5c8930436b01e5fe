"""How much the scores of selectors agree with those of one of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.stats import kendalltau
from sklearn.pipeline import Pipeline

from infsel._runtime.names import unknown
from infsel._runtime.warning import once
from infsel.estimators.base._parallel import in_parallel
from infsel.estimators.meta._importances import importances_of
from infsel.studies._sizes import sized


def score_agreement(
    selectors: Mapping[str, Any], X: Any, y: Any, *, reference: str, size: int, n_jobs: int | None = None
) -> dict[str, float]:
    """Kendall's tau-b of the scores that selectors give all columns with the scores of a reference.

    Parameters
    ----------
    selectors : mapping of str to estimator
        Selectors by name that hold `scores_`, `feature_importances_` or `coef_` after their fit; of a Pipeline the last
        step counts. They are fitted to the whole table.
    X : array-like, sparse matrix or data frame of shape (n_samples, n_features)
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    reference : str
        Which of them the others are compared with.
    size : int
        Number of features that they are asked for: greedy selectors score those that they do not pick by what they
        would add then.
    n_jobs : int, default=None
        Processes that share the selectors.

    Returns
    -------
    dict of str to float
        From -1 to 1 by name; NaN where all scores are equal.

    Raises
    ------
    TypeError
        If a selector does not score its columns.
    ValueError
        If the reference is not known.

    See Also
    --------
    infsel.comparison.kendall : The same of rankings, which have no ties.

    Examples
    --------
    >>> from sklearn.datasets import load_wine
    >>> from sklearn.feature_selection import SelectKBest
    >>> from infsel import InfFS
    >>> X, y = load_wine(return_X_y=True)
    >>> found = score_agreement({"F test": SelectKBest(), "walks": InfFS()}, X, y, reference="walks", size=5)
    >>> round(found["F test"], 2)
    -0.31
    """
    if reference not in selectors:
        raise unknown(f"reference={reference!r}", reference, selectors)
    with once():
        tasks = [(name, sized(selector, size), X, y) for name, selector in selectors.items()]
        scores = dict(zip(selectors, in_parallel(n_jobs, _scores, tasks, "selectors", [1] * len(tasks)), strict=True))
    return {name: float(kendalltau(of_one, scores[reference]).statistic) for name, of_one in scores.items()}


def _scores(name: str, selector: Any, X: Any, y: Any) -> np.ndarray:
    fitted = selector.fit(X, y)
    found = importances_of(fitted[-1] if isinstance(fitted, Pipeline) else fitted)
    if found is None:
        raise TypeError(f"selector {name!r}, {selector!r}, has no scores_, feature_importances_ or coef_.")
    return found[1]
