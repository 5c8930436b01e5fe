"""Scores by walks that start everywhere alike: row sums, column sums, and both."""

from dataclasses import dataclass
from typing import ClassVar

from infsel.readouts._base import Readout


@dataclass
class Sent(Readout):
    """Walks that leave a feature: row sums of f(A).

    >>> Sent().directions
    (False,)
    """


@dataclass
class Received(Readout):
    """Walks that reach a feature: column sums of f(A), as the attention that others pay to it.

    >>> Received().directions
    (True,)
    """

    directions: ClassVar[tuple[bool, ...]] = (True,)


@dataclass
class Total(Readout):
    """Both together.

    >>> import numpy as np
    >>> Total()(np.array([1.0, 2.0]), np.array([3.0, 0.0])).tolist()
    [4.0, 2.0]
    """

    directions: ClassVar[tuple[bool, ...]] = (False, True)
