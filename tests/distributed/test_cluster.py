"""What runs tasks on a cluster adds in order, and hands on arrays as NumPy takes them best."""

import numpy as np
import pytest

from infsel.distributed import Runner, runner


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


def is_aligned(numbers):
    return bool(numbers.flags.aligned)


@pytest.mark.usefixtures("client")
def test_arrays_begin_where_numbers_may():
    assert not is_aligned(somewhere())
    runs = runner()
    [held] = runs.hold([runs.call("made", somewhere)])
    assert runs.fetch([runs.call("looked at", is_aligned, held)]) == [True]
