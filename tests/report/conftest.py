"""Reports that several tests read."""

import pytest
from pages import hostile_table

from infsel.datasets import wine
from infsel.report import gather, render


@pytest.fixture(scope="session")
def of_wine():
    return gather(*wine(), name="wine")


@pytest.fixture(scope="session")
def wine_page(of_wine):
    return render(of_wine)


@pytest.fixture(scope="session")
def hostile_page():
    X, y = hostile_table()
    return render(gather(X, y, name="<script>alert('name')</script>", n_permutations=2, n_folds=3))
