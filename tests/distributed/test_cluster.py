"""What runs tasks on a cluster adds in order, and hands on arrays as NumPy takes them best."""

from typing import NamedTuple

import numpy as np
import pytest

from infsel.distributed import Runner, runner
from infsel.tables import Group


def letters(some):
    return "".join(some)


@pytest.mark.parametrize("n_tasks", [1, 7, 40])
@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("fan", [2, 3, 16])
def test_sums_are_in_order(client, n_tasks, at_once, fan):
    expected = "".join(map(chr, range(65, 65 + n_tasks)))
    for each in (runner(), Runner()):
        tasks = [each.call("letter", chr, 65 + k) for k in range(n_tasks)]
        assert each.total(tasks, letters, at_once=at_once, fan=fan) == expected


def somewhere():
    """Numbers that begin between two places for numbers, like what comes in a message."""
    return np.zeros(33, np.uint8)[1:].view(np.float64)


def group():
    return Group(4, 4.0, *(somewhere() for _ in range(6)))


def pieces():
    return {"one": [somewhere(), (somewhere(), "no array")], "kind": Index(somewhere(), somewhere())}


class Index(NamedTuple):
    first: np.ndarray
    last: np.ndarray


def are_aligned(*values):
    """Whether all arrays are."""
    found = []
    for value in values:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else None
        inside = vars(value).values() if hasattr(value, "__dict__") else inside
        found += [value.flags.aligned] if isinstance(value, np.ndarray) else [are_aligned(*inside)] if inside else []
    return all(found)


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize("make", [somewhere, group, pieces])
def test_arrays_begin_where_numbers_may(make):
    assert not are_aligned(make())
    runs = runner()
    [held] = runs.hold([runs.call("made", make)])
    assert runs.fetch([runs.call("looked at", are_aligned, held)]) == [True]
