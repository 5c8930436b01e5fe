"""Selectors side by side, as data: what the command line shows, for whoever wants the numbers."""

from infsel.studies._advice import advice
from infsel.studies._alerts import Alert, alerts
from infsel.studies._compare import compare
from infsel.studies._comparison import SelectorComparison
from infsel.studies._determination import determination
from infsel.studies._edge_directions import edge_directions
from infsel.studies._group_coupling import GroupCoupling, group_coupling
from infsel.studies._sizes import default_sizes

__all__ = [
    "Alert",
    "GroupCoupling",
    "SelectorComparison",
    "advice",
    "alerts",
    "compare",
    "default_sizes",
    "determination",
    "edge_directions",
    "group_coupling",
]
