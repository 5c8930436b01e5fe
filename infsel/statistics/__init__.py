"""Statistics of columns and a target, each written once."""

from infsel.statistics._blocks import WIDTH, blocks, by_blocks
from infsel.statistics._class_moments import class_moments, classes_of_moments
from infsel.statistics._class_sums import ClassSums, class_sums
from infsel.statistics._counts import column_counts
from infsel.statistics._entropies import Entropies
from infsel.statistics._f_statistic import f_of_classes, f_of_numbers, f_ratio
from infsel.statistics._row_blocks import RowBlocks

__all__ = [
    "WIDTH",
    "ClassSums",
    "Entropies",
    "RowBlocks",
    "blocks",
    "by_blocks",
    "class_moments",
    "class_sums",
    "classes_of_moments",
    "column_counts",
    "f_of_classes",
    "f_of_numbers",
    "f_ratio",
]
