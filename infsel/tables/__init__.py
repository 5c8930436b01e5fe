"""Tables that know the statistics of their columns, never in more extra memory than a few blocks take."""

from infsel.tables._as_table import as_table, in_memory, of_rows, repeated_rows
from infsel.tables._column_numbers import by_label, column_number, group_of_each, groups_of, known_numbers
from infsel.tables._copies import leaders, with_copies
from infsel.tables._dense import DenseTable
from infsel.tables._labels import canonical, indicators, pool_numbers
from infsel.tables._lacking import LackingTable
from infsel.tables._mixed import KINDS, MixedTable
from infsel.tables._mixed_bins import binned, pooled_numbers, same_gaps
from infsel.tables._moments import Group, Moments
from infsel.tables._ranks import normal_scores
from infsel.tables._sparse import SparseTable
from infsel.tables._stored import StoredTable
from infsel.tables._table import Table
from infsel.tables._varying import differ

__all__ = [
    "KINDS",
    "DenseTable",
    "Group",
    "LackingTable",
    "MixedTable",
    "Moments",
    "SparseTable",
    "StoredTable",
    "Table",
    "as_table",
    "binned",
    "by_label",
    "canonical",
    "column_number",
    "differ",
    "group_of_each",
    "groups_of",
    "in_memory",
    "indicators",
    "known_numbers",
    "leaders",
    "normal_scores",
    "of_rows",
    "pool_numbers",
    "pooled_numbers",
    "repeated_rows",
    "same_gaps",
    "with_copies",
]
