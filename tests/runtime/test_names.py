"""A name that is not known is answered with those that resemble it, in every family."""

import pytest

from infsel import CriterionSelector, InfFS, RankAggregator, RecursiveElimination
from infsel._runtime.names import did_you_mean, unknown
from infsel.comparison import agreement


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("JMI", "did you mean 'jmi'?"),
        ("CMIM", "did you mean 'cmim'?"),
        ("mRMR", "did you mean 'mrmr-mid', 'mrmr-miq', 'mrmr-fcd' or 'mrmr-fcq'?"),
        ("mrmr", "did you mean 'mrmr-mid', 'mrmr-miq', 'mrmr-fcd' or 'mrmr-fcq'?"),
        ("Relief", "did you mean 'relieff' or 'irelief'?"),
        ("relief", "did you mean 'relieff' or 'irelief'?"),
        ("ReliefF", "'relieff'"),
    ],
)
def test_names_of_the_field_lead_to_the_criteria(table, name, meant):
    with pytest.raises(ValueError, match=f"criterion='{name}' is not known: choose one of 'jmi'") as error:
        CriterionSelector(name).fit(table, range(40))
    assert meant in str(error.value)


@pytest.mark.parametrize(
    ("fit", "meant"),
    [
        (lambda X: InfFS(affinity="inf_fs").fit(X), "inf-fs"),
        (lambda X: InfFS(normalization="Spectral").fit(X), "spectral"),
        (lambda X: InfFS(propagation="page-rank").fit(X), "pagerank"),
        (lambda X: InfFS(readout="recieved").fit(X), "received"),
        (lambda X: InfFS(readout="seeded", start="Anova").fit(X, [0, 1] * 20), "anova"),
        (lambda X: InfFS.from_preset("ICCV2015"), "iccv2015"),
        (lambda X: RecursiveElimination(kernel="Linear").fit(X, [0, 1] * 20), "linear"),
        (lambda X: RecursiveElimination(task="regresion").fit(X, [0, 1] * 20), "regression"),
        (lambda X: RankAggregator([("a", InfFS()), ("b", InfFS(alpha=0.2))], method="Borda").fit(X), "borda"),
        (lambda X: agreement([[1, 2], [2, 1]], "Kendall"), "kendall"),
    ],
)
def test_every_family_answers(table, fit, meant):
    with pytest.raises(ValueError, match="choose one of") as error:
        fit(table)
    assert f"did you mean '{meant}'" in str(error.value) or f"or '{meant}'" in str(error.value)


def test_what_resembles_nothing_is_not_guessed():
    assert did_you_mean("zzz", ["jmi", "cmim"]) == ""
    assert did_you_mean(7, ["jmi"]) == ""
    assert str(unknown("x='zzz'", "zzz", ["a", "b"])) == "x='zzz' is not known: choose one of 'a', 'b'."
