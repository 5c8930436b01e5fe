import numpy as np
import pytest

from infsel._kernels import write_keys, write_ranks


def keys_of(numbers, low):
    keys = np.empty(numbers.shape, dtype=np.int64)
    write_keys(numbers.view(np.int64), low, keys)
    return keys


def test_keys_sort_like_their_numbers_and_know_their_positions():
    numbers = np.array([[2.5, -0.0, -np.inf, 0.0, -1e-300, np.inf, -2.5]])
    keys = np.sort(keys_of(numbers, 7))
    assert (keys & 7).tolist() == [[2, 6, 4, 1, 3, 0, 5]]


def test_zeros_of_both_signs_have_one_key():
    assert np.ptp(keys_of(np.array([[0.0, -0.0]]), 3) & ~3) == 0


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([3.0, 1.0, 2.0], [3, 1, 2]),
        ([3.0, 1.0, 3.0], [2.5, 1, 2.5]),
        ([1 + 2**-52, 1.0, 1 + 2**-52], [2.5, 1, 2.5]),  # one run, since the keys lack the last two bits
        ([1 + 2**-51, 1 + 2**-52, 1.0], [3, 2, 1]),
        ([5.0, 5.0, 5.0], [2, 2, 2]),
    ],
)
def test_numbers_become_ranks(numbers, expected):
    rows, done = np.array([numbers]), np.zeros(1, dtype=bool)
    write_ranks(np.sort(keys_of(rows, 3)), 3, rows, done)
    assert rows.tolist() == [expected]
    assert done.all()


def test_a_row_that_would_take_long_is_left_as_it_was():
    descending = 1 + np.arange(100)[::-1] * 2**-52
    rows, done = np.array([descending, np.arange(100.0)]), np.ones(2, dtype=bool)
    write_ranks(np.sort(keys_of(rows, 127)), 127, rows, done)
    assert done.tolist() == [False, True]
    np.testing.assert_array_equal(rows[0], descending)
    positions = np.argsort(rows[:1])
    write_ranks(positions, 127, rows[:1], done[:1])  # positions are keys too
    assert done.all()
    np.testing.assert_array_equal(rows[0], np.arange(100, 0, -1))
