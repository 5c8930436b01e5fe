"""One sentence of the family: an affinity, a normalization, a propagation and a readout that go together."""

from __future__ import annotations

from dataclasses import dataclass, field

from infsel._runtime.configurable import Configurable
from infsel.affinities import Affinity
from infsel.krylov import Krylov
from infsel.normalizations import Normalization
from infsel.propagations import Propagation
from infsel.readouts import Readout
from infsel.walks._names import shown_propagation as shown
from infsel.walks._names import shown_readout

_SUMS = {"sent": "rows", "received": "columns"}


@dataclass(frozen=True)
class Composition:
    """Everything that turns a table into scores.

    Attributes
    ----------
    affinity, normalization, rule, readout : Affinity, Normalization, Propagation, Readout
        The parts, each held against the ranges that it states.
    solver : Krylov
        How closely scores are computed.
    constants_inside : bool
        Whether constant columns are nodes of the graph.

    Raises
    ------
    ValueError
        If a part is out of range, or the readout cannot follow the others.
    """

    affinity: Affinity
    normalization: Normalization
    rule: Propagation
    readout: Readout
    solver: Krylov = field(default_factory=Krylov)
    constants_inside: bool = False

    def __post_init__(self) -> None:
        for part in (self.affinity, self.normalization, self.rule, self.readout, self.solver):
            if isinstance(part, Configurable):
                part.check()  # before the work begins; a search may have set a field of it
        refuse_pairs(self)

    @property
    def reads(self) -> frozenset[str]:
        """What of a table the scores need: "samples", or moments alone, of "pairs" of columns or within "classes"."""
        return self.affinity.reads | self.readout.reads


def refuse_pairs(composition: Composition) -> None:
    """Refuse a readout that cannot follow the other parts, by what they declare.

    Raises
    ------
    ValueError
        The message says why, and what can.
    """
    readout, normalization, rule = composition.readout, composition.normalization, composition.rule
    if readout.starts and rule.forgets_start:
        raise ValueError(
            f"readout={shown_readout(readout)} cannot rank after propagation={shown(rule)}, which forgets where walks "
            "start: use propagation='pagerank' or 'hops', or readout='received'."
        )
    if rule.of_gramian and composition.solver.n_landmarks is not None:
        raise ValueError(
            f"n_landmarks={composition.solver.n_landmarks!r} with propagation={shown(rule)}: a square of what "
            "landmarks estimate is no estimate of the square. Leave n_landmarks out."
        )
    if readout.settles and composition.solver.n_landmarks is not None:
        raise ValueError(
            f"n_landmarks={composition.solver.n_landmarks!r} with readout={shown_readout(readout)}: a sample of what "
            "inhibits would leave the rest in place. Leave n_landmarks out; 'signed-correlation' needs none to be fast."
        )
    if readout.settles and rule.counts_start:
        raise ValueError(
            f"readout={shown_readout(readout)} would count the start of propagation='pagerank' twice: use 'seeded'."
        )
    if readout.flattened_by(normalization):
        flat = " and ".join(_SUMS[name] for name in _SUMS if name in normalization.flattens)
        able = [*(name for name in _SUMS if name not in normalization.flattens), "attended", "seeded"]
        raise ValueError(
            f"readout={shown_readout(readout)} cannot rank after {normalization!r}: {flat} that sum to one number give "
            f"every feature the same score at every depth. Use readout={' or '.join(map(repr, able))}."
        )
