"""The target, read once and by one rule: what is a class, what is a number, what is missing, what is refused."""

from infsel.targets._batches import batch_labels
from infsel.targets._columns import Column, Columns, check_target, columns_of, is_structured
from infsel.targets._grades import is_graded
from infsel.targets._groups import quantile_groups
from infsel.targets._martingale import martingale_residuals
from infsel.targets._outputs import Read
from infsel.targets._single import classes_of, labels_of, levels_of, numbers_of, output_of, strata_of, times_of
from infsel.targets._target import Target, read_target
from infsel.targets._task import TASKS, is_continuous
from infsel.targets._units import unit_vectors

__all__ = [
    "TASKS",
    "Column",
    "Columns",
    "Read",
    "Target",
    "batch_labels",
    "check_target",
    "classes_of",
    "columns_of",
    "is_continuous",
    "is_graded",
    "is_structured",
    "labels_of",
    "levels_of",
    "martingale_residuals",
    "numbers_of",
    "output_of",
    "quantile_groups",
    "read_target",
    "strata_of",
    "times_of",
    "unit_vectors",
]
