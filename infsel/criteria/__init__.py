"""Criteria of forward selection: how much each feature would add to those picked before it."""

from infsel.criteria._base import Criterion, Gains, StoppingGains
from infsel.criteria._candidates import Candidates
from infsel.criteria._column_subset import ColumnSubset
from infsel.criteria._correlation import MRMRCorrelation, Suppression
from infsel.criteria._coverage import Coverage
from infsel.criteria._filter import Filter
from infsel.criteria._information import CMIM, JMI, MRMRInformation
from infsel.criteria._linkage import Linkage
from infsel.criteria._partial_correlation import PartialCorrelation
from infsel.criteria._targets import Output

__all__ = [
    "CMIM",
    "JMI",
    "Candidates",
    "ColumnSubset",
    "Coverage",
    "Criterion",
    "Filter",
    "Gains",
    "Linkage",
    "MRMRCorrelation",
    "MRMRInformation",
    "Output",
    "PartialCorrelation",
    "StoppingGains",
    "Suppression",
]
