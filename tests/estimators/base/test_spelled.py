import numpy as np
import pandas as pd
import polars as pl
import pytest

from infsel import InfFS
from infsel.estimators.base._spelled import spelled

N = 40
Y = np.arange(N) % 2


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "fare": [f"${k % 17}.50" for k in range(N)],
            "town": [f"town {k % 17}" for k in range(N)],
            "zip": [f"0{1000 + k % 13}" for k in range(N)],
            "age": np.sin(np.arange(N)),
        }
    )


@pytest.mark.parametrize(
    ("labels", "example"),
    [
        (["1.065,5 €", *(f"{k} €" for k in range(20))], "1.065,5 €"),
        ([None, "?", *(f"2007-11-{k}" for k in range(10, 30))], "2007-11-10"),  # a mark of absence among dates
        ([f"A {k}" for k in range(20)], None),
        ([f"{k}-{k + 9}" for k in range(0, 90, 10)], None),  # nine classes of ages
        ([*map(str, range(12)), *(f"PC {k}" for k in range(12))], None),  # half of them: tickets
        ([*range(20)], None),
        ([], None),
    ],
)
def test_text_that_spells_numbers_is_found(labels, example):
    assert spelled(labels) == example


@pytest.mark.parametrize("library", [pd.DataFrame, lambda frame: pl.from_pandas(frame), lambda frame: frame.to_numpy()])
def test_it_is_warned_of_by_name(frame, library):
    said = r"(fare|x0)' \('\$0.50'\), '(zip|x2)' \('01000'\): text that spells numbers"
    with pytest.warns(UserWarning, match=said) as told:
        InfFS().fit(library(frame))
    assert len(told) == 1
    assert "town" not in str(told[0].message)


def test_an_answer_ends_the_warning(frame):
    as_said = InfFS(kinds={"fare": "nominal", "zip": "nominal"}).fit(frame).kinds_.tolist()
    by_type = InfFS().fit(frame.astype({"fare": "category", "zip": "category"})).kinds_.tolist()
    assert as_said == by_type == ["nominal", "nominal", "nominal", "numeric"]
    assert sorted(InfFS(exclude=["fare", "zip"]).fit(frame).ranking_.tolist())[:2] == [1, 2]


def test_kinds_that_do_not_fit_lead_on(frame):
    with pytest.raises(ValueError, match=r"'\$0.50' is no number, as kinds has it; convert the column first"):
        InfFS(kinds={"fare": "numeric"}).fit(frame)
    with pytest.raises(ValueError, match=r"'far' is neither a column name nor .* from 0 to 3; did you mean 'fare'\?"):
        InfFS(kinds={"far": "numeric"}).fit(frame)
