from infsel.datasets import breast_cancer


def test_the_bundled_table_is_whole_and_real():
    X, y = breast_cancer()
    assert X.shape == (569, 30)
    assert y.value_counts().to_dict() == {"benign": 357, "malignant": 212}
    assert not X.isna().any().any()
