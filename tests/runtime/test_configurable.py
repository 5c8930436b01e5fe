import pytest
from sklearn.base import clone

from infsel import InfFS
from infsel.affinities import Attention, Dispersion, Redundancy


def test_a_grid_search_reaches_the_parameters_of_a_formula():
    selector = InfFS(affinity=0.5 * Dispersion() + 0.5 * Redundancy("spearman"))
    params = selector.get_params()
    assert params["affinity__first__weight"] == 0.5
    assert params["affinity__second__affinity__correlation"] == "spearman"
    copy = clone(selector).set_params(affinity__first__weight=0.9, affinity__second__affinity__correlation="pearson")
    assert repr(copy.affinity) == "0.9 * Dispersion() + 0.5 * Redundancy(correlation='pearson')"
    assert repr(selector.affinity) == "0.5 * Dispersion() + 0.5 * Redundancy()"


def test_an_unknown_parameter_is_named():
    with pytest.raises(ValueError, match=r"Attention\(.*\) has no parameter 'heat'; it has 'temperature'"):
        Attention().set_params(heat=1)
    with pytest.raises(ValueError, match="it has none"):
        Dispersion().set_params(heat=1)


def test_shallow_parameters_are_the_fields():
    formula = 2 * Redundancy()
    assert formula.get_params(deep=False) == {"weight": 2.0, "affinity": Redundancy()}
