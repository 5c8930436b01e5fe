import pytest

from infsel.datasets import BUNDLED, breast_cancer, penguins

SHAPES = {
    "breast_cancer": ((569, 30), 2),
    "diabetes": ((442, 10), 214),
    "digits": ((1797, 64), 10),
    "iris": ((150, 4), 3),
    "penguins": ((344, 16), 3),
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
    assert X.isna().any().any() == (name == "penguins")  # noted down as it came
    assert y.name not in X


def test_penguins_are_as_they_were_noted_down():
    X, y = penguins()
    assert X.shape == (344, 16)
    assert y.value_counts().to_dict() == {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68}
    assert (X.isna().any().sum(), len(X.columns) - len(X.select_dtypes("number").columns)) == (8, 9)
    assert X.columns[X.nunique() == 1].tolist() == ["Region", "Stage"]
