import pytest

from infsel.studies import advice


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((50, 10, 0), "a target of numbers"),
        ((50, 50, 3), "at least as many rows as columns"),
        ((50, 60, 2), "more columns than rows and 2 classes"),
        ((50, 60, 3), "more columns than rows and more than 2 classes"),
    ],
)
def test_advice_is_by_the_kind_of_table(shape, text):
    assert text in advice(*shape)
