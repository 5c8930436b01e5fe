"""What a user may write where a relevance is asked for."""

from collections.abc import Callable
from typing import Any

import numpy as np

from infsel._runtime.names import Names, unknown
from infsel._runtime.ranges import refuse_class
from infsel.relevances._anova import AnovaF
from infsel.relevances._auc import AUC
from infsel.relevances._base import INSTEAD, Relevance
from infsel.relevances._concordance import Concordance
from infsel.relevances._correlation import Correlation
from infsel.relevances._fisher import Fisher
from infsel.relevances._given import Given
from infsel.relevances._monge_gap import MongeGap
from infsel.relevances._mutual_information import MutualInformation
from infsel.relevances._repeats import repeated
from infsel.relevances._squared_correlation import SquaredCorrelation
from infsel.relevances._wasserstein import Wasserstein
from infsel.statistics import WIDTH
from infsel.tables import LackingTable, MixedTable, Table, as_table

RELEVANCES = Names[Callable[[], Relevance]](
    {
        "fisher": Fisher,
        "anova": AnovaF,
        "auc": AUC,
        "concordance": Concordance,
        "mutual-information": MutualInformation,
        "wasserstein": Wasserstein,
        "monge-gap": MongeGap,
        "pearson": lambda: Correlation("pearson"),
        "spearman": lambda: Correlation("spearman"),
        "squared-pearson": SquaredCorrelation,
        "signed-pearson": lambda: Correlation("pearson", signed=True),
        "signed-spearman": lambda: Correlation("spearman", signed=True),
    },
    mi="mutual-information",
    mutual_info="mutual-information",
    mutual_info_classif="mutual-information",
    mutual_info_regression="mutual-information",
    f_classif="anova",
    roc_auc="auc",
    c_index="concordance",
    concordance_index="concordance",
    harrell="concordance",
)


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


def relevance_of(spec: Any, X: Any, y: Any, name: str) -> np.ndarray:
    """Evaluate a relevance on an array or table and check that it holds one number per feature; `name` is whose it is.

    A table in memory is rated at once, any other a chunk of columns at a time, if the relevance looks at one column
    after the other. Weights go to a relevance that takes them; for any other whole weights repeat the samples.

    Raises
    ------
    ValueError
        If it holds anything else, or weights are not whole for a relevance that takes none.
    """
    table = as_table(X)
    relevance = as_relevance(spec)
    relevance.check()
    r = np.asarray(_rate(relevance, table, y))
    if r.shape != (table.shape[1],) or r.dtype.kind not in "buif":
        raise ValueError(
            f"{name} has shape {r.shape} and dtype {r.dtype}: pass {table.shape[1]} numbers, one per feature"
            f"{_of_numbers(r)}."
        )
    return r.astype(np.float64)


def _of_numbers(r: np.ndarray) -> str:
    """What to write instead, where somebody seems to mean columns by their numbers."""
    if r.ndim != 1 or r.dtype.kind not in "ui" or not len(r) or len(set(r.tolist())) < len(r):
        return ""
    return f", or for columns by number a mapping such as {{{r[0]}: 1}}"


def _rate(relevance: Relevance, table: Table, y: Any) -> Any:
    if not table.has_samples:
        return relevance.of_moments(table)  # type: ignore[arg-type]
    if "samples" not in relevance.reads and isinstance(relevance, Given):
        return relevance.of_columns(table.names, table.shape[1])
    if not relevance.weighted:
        table, y = repeated(table, y, f"{relevance!r}")
    table = table.simplified()
    if isinstance(table, LackingTable):
        return _of_lacking(table, relevance, y)
    weights = () if table.weights is None else (table.weights,)
    if isinstance(relevance, Given):
        return relevance.rate(table.array, y)
    if relevance.separable:
        return table.by_blocks(_of_chunks, relevance, y)
    table.require_dense(f"{relevance!r}")
    X: Any = table if table.is_distributed and relevance.takes_tables else table.to_dense()
    return relevance.rate(X, y, *weights)


def _of_lacking(table: LackingTable, relevance: Relevance, y: Any) -> Any:
    if type(relevance).of_mixed is Relevance.of_mixed:  # refuses, and names a column: a block knows its own alone
        table.require_plain(f"{relevance!r}", INSTEAD)
    if relevance.takes_tables:
        return relevance.of_mixed(table, y)  # type: ignore[arg-type]
    where = table if relevance.separable else table.here()
    return where.by_blocks(_of_mixed, relevance, y)


def _of_mixed(table: MixedTable, relevance: Relevance, y: Any) -> np.ndarray:
    return relevance.of_mixed(table, y)


def _of_chunks(table: Table, relevance: Relevance, y: Any) -> np.ndarray:
    weights = () if table.weights is None else (table.weights,)
    return np.concatenate([relevance.rate(chunk, y, *weights) for _, chunk in table.chunks(WIDTH)])
