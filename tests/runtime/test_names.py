"""Names are read as people write them; one that is not known is answered with those that resemble it."""

import numpy as np
import pytest
from sklearn.base import clone

from infsel import CriterionSelector, InfFS, RankAggregator, RecursiveElimination
from infsel._runtime.names import Names, did_you_mean, unknown
from infsel.cli._options import NameType
from infsel.cli._selectors import SELECTORS
from infsel.comparison import agreement
from infsel.relevances import RELEVANCES, AnovaF, MutualInformation
from infsel.walks._names import AFFINITIES, CRITERIA, NORMALIZATIONS, PROPAGATIONS, READOUTS
from infsel.walks._presets import PRESETS


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("JMI", "jmi"),
        ("mRMR", "mrmr-fcq"),
        ("MRMR_MID", "mrmr-mid"),
        ("relief", "relieff"),
        ("RReliefF", "relieff"),
        ("Partial Correlation", "omp"),
        ("mutual_information", MutualInformation()),
        ("mutual-info", MutualInformation()),
        ("f_classif", AnovaF()),
    ],
)
def test_names_of_the_field_are_criteria(table, name, same):
    y, selector = np.arange(40) % 2, CriterionSelector(name)
    np.testing.assert_array_equal(selector.fit(table, y).gains_, CriterionSelector(same).fit(table, y).gains_)
    assert clone(selector).criterion == name
    assert repr(selector) == f"CriterionSelector(criterion={name!r})"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("jmim", "did you mean 'jmi'?"),
        ("mrmr-mis", "did you mean 'mrmr-mid', 'mrmr-miq', "),
        ("relieef", "did you mean 'relieff' or 'irelief'?"),
        ("mutual-infromation", "did you mean 'mutual-information'?"),
        ("chi2", "'signed-spearman'.$"),
    ],
)
def test_other_names_lead_to_those_that_resemble_them(table, name, meant):
    with pytest.raises(ValueError, match=f"criterion='{name}' is not known: choose one of 'jmi'.*{meant}"):
        CriterionSelector(name).fit(table, range(40))


def test_every_family_reads_names_as_people_write_them(table):
    told = InfFS(affinity="Inf_FS", normalization="Top K", propagation="Page-Rank", readout="SENT", start="F_Classif")
    usual = InfFS(affinity="inf-fs", normalization="top-k", propagation="pagerank", readout="attended", start="anova")
    y = np.arange(40) % 2
    np.testing.assert_array_equal(told.fit(table, y).scores_, usual.fit(table, y).scores_)
    assert InfFS.from_preset("ICCV_2015").get_params() == InfFS.from_preset("iccv2015").get_params()
    assert NameType(SELECTORS).convert("InfFS", None, None) == "inf-fs"
    assert PRESETS.keys() == {PRESETS.own(name.upper()) for name in PRESETS}


@pytest.mark.parametrize(
    "names", [AFFINITIES, {**CRITERIA, **RELEVANCES}, NORMALIZATIONS, PROPAGATIONS, READOUTS, PRESETS]
)
def test_no_two_names_are_one(names):
    assert [Names(names).own(name) for name in names] == list(names)


@pytest.mark.parametrize(
    ("fit", "meant"),
    [
        (lambda X: InfFS(affinity="inf-f").fit(X), "inf-fs"),
        (lambda X: InfFS(normalization="spectrum").fit(X), "spectral"),
        (lambda X: InfFS(propagation="page-ranks").fit(X), "pagerank"),
        (lambda X: InfFS(readout="receivedd").fit(X), "received"),
        (lambda X: InfFS(readout="seeded", start="Anvoa").fit(X, [0, 1] * 20), "anova"),
        (lambda X: InfFS.from_preset("iccv2016"), "iccv2015"),
        (lambda X: RecursiveElimination(kernel="Linear").fit(X, [0, 1] * 20), "linear"),
        (lambda X: RecursiveElimination(task="regressionn").fit(X, [0, 1] * 20), "regression"),
        (lambda X: RankAggregator([("a", InfFS()), ("b", InfFS(alpha=0.2))], method="Borda").fit(X), "borda"),
        (lambda X: agreement([[1, 2], [2, 1]], "Kendall"), "kendall"),
    ],
)
def test_every_family_answers(table, fit, meant):
    with pytest.raises(ValueError, match="choose one of") as error:
        fit(table)
    assert f"did you mean '{meant}'" in str(error.value) or f"or '{meant}'" in str(error.value)


def test_what_begins_with_a_name_was_meant():
    known = ["feature_costs", "n_features_to_select", "n_jobs"]
    for begun in ("n_feature", "N_FEATURES"):
        assert did_you_mean(begun, known) == "; did you mean 'n_features_to_select'?"
    assert did_you_mean("n_", known) == ""  # two letters tell nothing
    assert did_you_mean("feature", [*known, "feature_groups"], 1) == "; did you mean 'feature_costs'?"
    with pytest.raises(TypeError, match=r"did you mean 'n_features_to_select'\?"):
        RecursiveElimination(n_feature=3)


def test_what_resembles_nothing_is_not_guessed():
    assert did_you_mean("zzz", ["jmi", "cmim"]) == ""
    assert did_you_mean(7, ["jmi"]) == ""
    assert str(unknown("x='zzz'", "zzz", ["a", "b"])) == "x='zzz' is not known: choose one of 'a', 'b'."
