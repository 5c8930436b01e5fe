from infsel.datasets import breast_cancer, penguins


def test_the_bundled_table_is_whole_and_real():
    X, y = breast_cancer()
    assert X.shape == (569, 30)
    assert y.value_counts().to_dict() == {"benign": 357, "malignant": 212}
    assert not X.isna().any().any()


def test_penguins_are_as_they_were_noted_down():
    X, y = penguins()
    assert X.shape == (344, 16)
    assert y.value_counts().to_dict() == {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68}
    assert (X.isna().any().sum(), len(X.columns) - len(X.select_dtypes("number").columns)) == (8, 9)
    assert X.columns[X.nunique() == 1].tolist() == ["Region", "Stage"]
