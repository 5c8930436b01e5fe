"""From a composition of parts to scores, and what can be said of them: one road for a fit and for a grid of them."""

from infsel.walks._collapse import collapse
from infsel.walks._composition import Composition
from infsel.walks._depths import Depths
from infsel.walks._enough_hops import cut_short
from infsel.walks._explanation import reasons
from infsel.walks._graphs import Store
from infsel.walks._group_flow import group_flow
from infsel.walks._independence import implied_correlations, independence
from infsel.walks._result import Result, with_scores
from infsel.walks._safe_damping import held_out
from infsel.walks._solve import Means, nodes, solve

__all__ = [
    "Composition",
    "Depths",
    "Means",
    "Result",
    "Store",
    "collapse",
    "cut_short",
    "group_flow",
    "held_out",
    "implied_correlations",
    "independence",
    "nodes",
    "reasons",
    "solve",
    "with_scores",
]
