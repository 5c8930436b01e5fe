"""Classes with too few samples."""

import numpy as np

from infsel._runtime.warning import warn
from infsel.targets._columns import Column


def warn_of_lone_classes(column: Column, classes: np.ndarray, sizes: np.ndarray) -> None:
    """Warn of classes that one sample makes up: its ranking follows that sample's noise.

    Parameters
    ----------
    column : Column
        Whose classes they are.
    classes : ndarray of shape (n_classes,)
    sizes : ndarray of shape (n_classes,)
        Samples of each class, or the weight that they have together.
    """
    lone = classes[sizes <= 1]
    if len(lone):
        which = f"class {_shown(lone[0])} of {column.name} has one sample"
        if len(lone) > 1:
            which = f"{len(lone)} classes of {column.name} have one sample each, the first of them {_shown(lone[0])}"
        warn(f"{which}, whose noise the ranking follows: join it to another class, or drop the row, to rank without.")


def check_halves(column: Column, classes: np.ndarray, sizes: np.ndarray) -> None:
    """Refuse classes that two halves of the samples cannot both hold.

    Raises
    ------
    ValueError
        With the name of the first such class.
    """
    lone = classes[sizes < 2]
    if len(lone):
        raise ValueError(
            f"class {_shown(lone[0])} of {column.name} has 1 sample, and each half of the samples needs one: join it "
            "to another class, drop the row, or pass stratify=False for halves that may lack it."
        )


def _shown(label: object) -> str:
    return repr(label.item() if isinstance(label, np.generic) else label)
