"""Labels hold any name, and keep their distance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from infsel.inspection._labels import apart, label_rows, label_side, plain


@given(st.text(), st.integers(5, 40))
def test_a_name_is_one_line_of_limited_length(name, longest):
    text = plain(name, longest)
    assert len(text) <= longest
    assert text.isprintable()
    assert plain(text, longest) == text


def test_short_names_stay_as_they_are():
    assert plain("$x_1$ & größe") == "$x_1$ & größe"
    assert plain("two\nlines\tand a tab") == "two lines and a tab"
    both = [plain(f"the same beginning for all of them, part {part}") for part in "ab"]
    assert both == ["the same begin…them, part a", "the same begin…them, part b"]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_places_are_apart_in_order_and_inside(places):
    places, gap = np.array(places), 1 / 8
    moved = apart(places, gap, 0, 1)
    assert (np.diff(np.sort(moved)) >= gap - 1e-9).all()
    assert moved.min() >= -1e-9
    assert moved.max() <= 1 + 1e-9
    order = np.argsort(moved)
    assert (np.diff(places[order]) >= 0).all()
    if (np.diff(np.sort(places)) >= gap).all():
        np.testing.assert_allclose(moved, places, atol=1e-12)


def test_places_are_the_nearest_that_are_apart(rng):
    places = np.sort(rng.random(5)) / 4 + 0.4
    constraints = {"type": "ineq", "fun": lambda moved: np.diff(moved) - 0.1}
    found = minimize(lambda moved: np.square(moved - places).sum(), places, constraints=constraints, tol=1e-14)
    np.testing.assert_allclose(apart(places, 0.1, -9, 9), found.x, atol=1e-6)


def test_of_equal_places_the_first_is_on_top():
    assert apart(np.zeros(3), 0.25, 0, 1).tolist() == [0.5, 0.25, 0]


@pytest.mark.parametrize("n", [3, 40, 300])
def test_rows_have_names_that_fit(pyplot, apart, n):
    figure, ax = pyplot.subplots(layout="constrained")
    ax.set_ylim(n - 0.5, -0.5)
    label_rows(ax, np.arange(n), [f"$name_{j}" for j in range(n)])
    assert apart(figure) == []
    labels = [label.get_text() for label in ax.get_yticklabels()]
    step = 1 if n < 300 else int(labels[1].removeprefix("$name_"))
    assert labels == [f"$name_{j}" for j in range(0, n, step)]
    assert len(labels) > min(n - 1, 30)


@pytest.mark.parametrize("n", [3, 15, 300])
def test_labels_beside_axes_do_not_overlap(pyplot, apart, n):
    figure, ax = pyplot.subplots(layout="constrained")
    labels = label_side(ax, np.linspace(0.4, 0.41, n), [f"line {j}" for j in range(n)], ["C0"] * n)
    assert apart(figure) == []
    assert labels[0].get_text() == "line 0"
    shown = len(labels) - (n == 300)
    assert labels[-1].get_text() == (f"and {n - shown} more" if n == 300 else f"line {n - 1}")
