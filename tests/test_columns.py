import naive
import numpy as np
import pytest

from infsel._columns import ranks, standard_deviation, unit_columns, varying


def test_statistics_equal_their_definitions(table):
    np.testing.assert_allclose(standard_deviation(table), [naive.standard_deviation(x) for x in table.T])
    np.testing.assert_array_equal(ranks(table), np.transpose([naive.ranks(x) for x in table.T]))
    Z = unit_columns(table)
    np.testing.assert_allclose(Z @ Z.T, np.corrcoef(table, rowvar=False), atol=1e-14)
    assert Z.flags.c_contiguous


def test_ranks_do_not_depend_on_the_block(table, monkeypatch):
    reference = ranks(table)
    monkeypatch.setattr("infsel._columns._BLOCK", 2)
    np.testing.assert_array_equal(ranks(table), reference)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1, 1e160, 1e300])
def test_no_square_overflows_or_underflows(table, scale):
    np.testing.assert_allclose(
        standard_deviation(table * scale) / scale, [naive.standard_deviation(x) for x in table.T], rtol=1e-12
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([5.0, 5, 5], False),
        ([0.0, 0, 0], False),
        ([0.1 + 0.2, 0.3, 0.3], False),  # one unit in the last place apart
        ([1e300, 1e300, -1e300], True),
        ([1e-300, 0, 0], True),
        ([1e15, 1e15, 1e15 + 2], True),
        ([True, False, True], True),
    ],
)
def test_what_varies(column, expected):
    assert varying(np.array(column, dtype=float)[:, None]).tolist() == [expected]
