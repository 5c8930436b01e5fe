"""Turns what a user wrote into the object it names, for all families."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from infsel import affinities, criteria
from infsel._runtime.names import Names, unknown
from infsel._runtime.ranges import refuse_class
from infsel.affinities import Attention, Correlation, SquaredCorrelation, inf_fs
from infsel.criteria import (
    CMIM,
    JMI,
    Coverage,
    Filter,
    Linkage,
    MRMRCorrelation,
    MRMRInformation,
    Suppression,
)
from infsel.normalizations import (
    Entmax,
    FrobeniusReLU,
    Identity,
    Row,
    Sinkhorn,
    Softmax,
    Spectral,
    SubStochastic,
    TopK,
    TwiceSubStochastic,
)
from infsel.propagations import Heat, Hops, PageRank, Propagation, Resolvent, Singular, Stationary
from infsel.readouts import Attended, Readout, Received, Seeded, Sent, Settled, Total
from infsel.relevances import IteratedRelief, ReliefF

AFFINITIES = Names[Callable[..., Any]](
    {
        "inf-fs": inf_fs,
        "attention": Attention,
        "signed-correlation": Correlation,
        "squared-correlation": SquaredCorrelation,
        "partial-correlation": affinities.PartialCorrelation,
    }
)
NORMALIZATIONS = Names[Callable[..., Any]](
    {
        "spectral": Spectral,
        "sub-stochastic": SubStochastic,
        "twice-sub-stochastic": TwiceSubStochastic,
        "frobenius-relu": FrobeniusReLU,
        "row": Row,
        "softmax": Softmax,
        "sparsemax": lambda: Entmax(alpha=2.0),
        "entmax": Entmax,
        "sinkhorn": Sinkhorn,
        "top-k": TopK,
        "none": Identity,
    }
)
PROPAGATIONS = Names[Callable[..., Any]](
    {
        "hops": Hops,
        "resolvent": Resolvent,
        "stationary": Stationary,
        "singular": Singular,
        "pagerank": PageRank,
        "heat": Heat,
    }
)
CRITERIA = Names[Callable[..., Any]](
    {
        "jmi": JMI,
        "cmim": CMIM,
        "mrmr-mid": MRMRInformation,
        "mrmr-miq": lambda: MRMRInformation(quotient=True),
        "mrmr-fcd": lambda: MRMRCorrelation(quotient=False),
        "mrmr-fcq": MRMRCorrelation,
        "coverage": Coverage,
        "suppression": Suppression,
        "relieff": lambda: Filter(ReliefF()),
        "linkage": Linkage,
        "partial-correlation": criteria.PartialCorrelation,
        "omp": criteria.PartialCorrelation,
        "irelief": lambda: Filter(IteratedRelief()),
    },
    mrmr="mrmr-fcq",
    relief="relieff",
    rrelieff="relieff",
    iterated_relief="irelief",
)
READOUTS = Names[Callable[..., Any]](
    {
        "sent": Sent,
        "received": Received,
        "total": Total,
        "attended": Attended,
        "seeded": Seeded,
        "settled": Settled,
    }
)


def resolve(parameter: str, spec: Any, table: Mapping[str, Callable[..., Any]], **settings: Any) -> Any:
    """The object that `spec` stands for.

    Parameters
    ----------
    parameter : str
        The estimator parameter that holds `spec`, for error messages.
    spec : str or object
        A name in `table`, or an object, which is returned unchanged.
    table : mapping of str to callable
        What the names make.
    **settings
        Values offered to the named maker, which takes those it has a parameter for.

    Raises
    ------
    ValueError
        If `spec` is a name that is not in the table, or a class where its object is due (a TypeError, too).
    """
    if isinstance(spec, type):
        refuse_class(parameter, spec)
    if not isinstance(spec, str):
        return spec
    if spec not in table:
        raise unknown(f"{parameter}={spec!r}", spec, table)
    taken = settings_of(spec, table)
    return table[spec](**{name: value for name, value in settings.items() if name in taken})


def named(spec: Any, table: Names[Any]) -> str | None:
    """The name in `table` that a user wrote, as the table has it; None where it is an object, or no such name."""
    return table.own(spec) if isinstance(spec, str) and spec in table else None


def settings_of(spec: Any, table: Mapping[str, Callable[..., Any]]) -> list[str]:
    """Parameters that a name in `table` takes from the estimator; an object brings its own and takes none."""
    return _parameters(table[spec]) if isinstance(spec, str) and spec in table else []


def shown_readout(readout: Readout) -> str:
    """Its name, or how it is written where it has none."""
    return next((repr(name) for name, kind in READOUTS.items() if type(readout) is kind), repr(readout))


def shown_propagation(rule: Propagation) -> str:
    """Its name, or how it is written where it has none or other parameters."""
    return next((repr(name) for name in ("stationary", "singular") if rule == PROPAGATIONS[name]()), repr(rule))


@cache  # reading a signature takes longer than what a search does between two of its rules
def _parameters(maker: Callable[..., Any]) -> list[str]:
    return list(inspect.signature(maker).parameters)
