"""Constructors answer a wrong call with what is meant."""

import inspect
import re

import pytest
from sklearn.linear_model import LogisticRegression

from infsel import (
    AttentionSelector,
    CriterionSelector,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RecursiveElimination,
)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: RecursiveElimination(LogisticRegression()),
            "takes no estimator such as LogisticRegression: it ranks ",
        ),
        (lambda: RecursiveElimination(LogisticRegression(), 5), "by its own kernel ridge model"),
        (lambda: RecursiveElimination(estimator=LogisticRegression()), r"sklearn\.feature_selection\.RFE\(Logistic"),
        (lambda: InfFS(LogisticRegression), "InfFS takes no estimator such as LogisticRegression: it ranks columns by"),
        (lambda: RecursiveElimination(5), "no parameter without its name, and got 5: write n_features_to_select=5"),
        (lambda: CriterionSelector("jmi", 5), "no parameter but criterion without its name, and got 5: write n_fea"),
        (lambda: CriterionSelector(n_feature_to_select=5), "no parameter 'n_feature_to_select'; did you mean 'n_feat"),
        (lambda: AttentionSelector(temperaturee=2), "no parameter 'temperaturee'; did you mean 'temperature'?"),
        (lambda: InfFSCV(LogisticRegression(), zzz=1), "InfFSCV has no parameter 'zzz'; it has estimator, "),
        (lambda: KnockoffSelector(), "missing 1 required positional argument: 'selector'"),
    ],
)
def test_a_wrong_call_is_answered(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_the_signature_is_what_was_written():
    parameters = inspect.signature(CriterionSelector).parameters
    assert parameters["criterion"].default == "jmi"
    assert sorted(parameters) == CriterionSelector._get_param_names()


def test_subclasses_have_their_own():
    class Mine(CriterionSelector):
        def __init__(self, criterion="cmim", *, mine=1):
            super().__init__(criterion, n_features_to_select=2)
            self.mine = mine

    class Open(CriterionSelector):
        def __init__(self, *anything):
            super().__init__(*anything)

    assert Mine(mine=2).n_features_to_select == 2
    with pytest.raises(TypeError, match=re.escape("Mine has no parameter 'min'; did you mean 'mine'?")):
        Mine(min=2)
    assert Open("cmim").criterion == "cmim"
