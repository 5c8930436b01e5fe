"""What a user may write where a relevance is asked for."""

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp

from infsel._runtime.names import unknown
from infsel._runtime.ranges import refuse_class
from infsel.relevances._anova import AnovaF
from infsel.relevances._auc import AUC
from infsel.relevances._base import Relevance
from infsel.relevances._correlation import Correlation
from infsel.relevances._fisher import Fisher
from infsel.relevances._given import Given
from infsel.relevances._mutual_information import MutualInformation
from infsel.statistics import WIDTH
from infsel.tables import Moments, whole

RELEVANCES: dict[str, Callable[[], Relevance]] = {
    "fisher": Fisher,
    "anova": AnovaF,
    "auc": AUC,
    "mutual-information": MutualInformation,
    "pearson": lambda: Correlation("pearson"),
    "spearman": lambda: Correlation("spearman"),
    "signed-pearson": lambda: Correlation("pearson", signed=True),
    "signed-spearman": lambda: Correlation("spearman", signed=True),
}


def as_relevance(spec: Any) -> Relevance:
    """The relevance that a name, an object, a callable ``(X, y) -> weights`` or a vector of weights stands for.

    Raises
    ------
    ValueError
        If it is a name that is not known.
    """
    if isinstance(spec, Relevance):
        return spec
    if not isinstance(spec, str):
        refuse_class("relevance", spec)
        return Given(spec)
    if spec not in RELEVANCES:
        raise unknown(f"relevance {spec!r}", spec, RELEVANCES)
    return RELEVANCES[spec]()


def relevance_of(spec: Any, X: np.ndarray, y: Any, name: str) -> np.ndarray:
    """Evaluate a relevance and check that it holds one number per feature; `name` is whose it is.

    Raises
    ------
    ValueError
        If it holds anything else.
    """
    relevance = as_relevance(spec)
    r = np.asarray(_rate(relevance, X, y))
    if r.shape != (X.shape[1],) or r.dtype.kind not in "buif":
        raise ValueError(f"{name} has shape {r.shape} and dtype {r.dtype}: pass {X.shape[1]} numbers, one per feature.")
    return r.astype(np.float64)


def _rate(relevance: Relevance, X: Any, y: Any) -> Any:
    if isinstance(X, np.ndarray):
        return relevance(X, y)
    return relevance.of_moments(X) if isinstance(X, Moments) else _of_blocks(relevance, X, y)


def _of_blocks(relevance: Relevance, X: Any, y: Any) -> np.ndarray:
    """Write down a block of columns at a time, where a relevance looks at one column after the other."""
    sparse = sp.issparse(X)
    if isinstance(relevance, Given):
        return np.asarray(relevance(whole(X), y))
    if not relevance.separable:
        if sparse:
            raise ValueError(
                f"{relevance!r} compares columns with each other and needs a dense table: pass X.toarray()."
            )
        return relevance(whole(X), y)
    blocks = (X[:, start : start + WIDTH] for start in range(0, X.shape[1], WIDTH))
    return np.concatenate([relevance(block.toarray() if sparse else block, y) for block in blocks])
