import pytest

from infsel.datasets import BUNDLED, breast_cancer

SHAPES = {
    "breast_cancer": ((569, 30), 2),
    "diabetes": ((442, 10), 214),
    "digits": ((1797, 64), 10),
    "iris": ((150, 4), 3),
    "wine": ((178, 13), 3),
}


def test_the_bundled_table_is_whole_and_real():
    X, y = breast_cancer()
    assert X.shape == (569, 30)
    assert y.value_counts().to_dict() == {"benign": 357, "malignant": 212}
    assert not X.isna().any().any()


def test_every_bundled_table_is_listed():
    assert BUNDLED.keys() == SHAPES.keys()


@pytest.mark.parametrize("name", SHAPES)
def test_bundled_tables_are_whole(name):
    X, y = BUNDLED[name]()
    assert (X.shape, y.nunique()) == SHAPES[name]
    assert not X.isna().any().any()
    assert y.name not in X
