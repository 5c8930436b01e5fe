"""Every field of every part states its range, and every part is checked when it is used, whoever uses it."""

from dataclasses import dataclass, fields

import numpy as np
import pytest

from infsel import CriterionSelector, InfFS, affinities, criteria, normalizations, propagations, relevances
from infsel._runtime.configurable import Configurable
from infsel._runtime.ranges import Count, Number, parameter
from infsel.affinities import (
    Attention,
    AttentionToTarget,
    Correlation,
    Dispersion,
    Redundancy,
    Relevance,
    Weighted,
    inf_fs,
)
from infsel.criteria import JMI, Filter, MRMRCorrelation
from infsel.normalizations import Entmax, FrobeniusReLU, Sinkhorn, Softmax, TopK
from infsel.operators import Stored
from infsel.propagations import Heat, Hops, PageRank, Resolvent, WithStart
from infsel.relevances import (
    AbsoluteMean,
    Fisher,
    IteratedRelief,
    LatentFactor,
    MutualInformation,
    ReliefF,
    SoftRelief,
)

ANYTHING = {
    "source",
    "score",
    "projection",
    "relevance",
    "affinities",
    "guide",
    "periods",
    "weights",
}  # what a user may write there has readers of its own
PARTS = [
    kind
    for family in (affinities, criteria, normalizations, propagations, relevances)
    for kind in vars(family).values()
    if isinstance(kind, type) and issubclass(kind, Configurable)
]


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_field_states_its_range(kind):
    assert {field.name for field in fields(kind) if "range" not in field.metadata} <= ANYTHING


WRONG = [
    *[Heat(time) for time in (0, -1, np.nan, np.inf, "1", None, True, [1.0])],
    *[Hops(n_hops) for n_hops in (0, -3, 2.5, np.nan, -np.inf, 1e300, "inf", None, True)],
    *[Hops(3, damping) for damping in (np.nan, np.inf, "x", None, 1j)],
    *[Resolvent(damping) for damping in (np.nan, -np.inf, None)],
    *[PageRank(damping) for damping in (-2, -0.5, 1, 1.5, np.nan, "much")],
    WithStart("hops"),
    WithStart(Hops),
    WithStart(Hops(0)),
]


@pytest.mark.parametrize("rule", WRONG, ids=repr)
def test_no_propagation_outside_its_range_is_evaluated(rule, table):
    for use in (rule, lambda *_: InfFS(propagation=rule).fit(table)):
        with pytest.raises(ValueError, match=r"(Heat|Hops|Resolvent|PageRank|WithStart)\.\w+=.*: pass"):
            use(np.eye(2), np.ones(2))


Y = np.arange(40) % 2


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (Attention(temperature=None), r"Attention\.temperature=None: pass a finite number above 0, or 'auto'"),
        (Attention(temperature=np.inf), r"temperature=inf"),
        (Attention(pooling="sum"), r"pooling='sum': choose 'mean' or 'max'"),
        (Attention(n_heads=0.5), r"n_heads=0.5: pass a whole number from 1 up"),
        (Attention(n_components=0, projection="pca"), r"n_components=0: pass a whole number from 1 up, or None"),
        (AttentionToTarget("cold"), r"AttentionToTarget\.temperature='cold'"),
        (Correlation("kendall"), r"Correlation\.correlation='kendall': choose one of 'spearman', 'pearson' or"),
        (Redundancy(signed="no"), r"Redundancy\.signed='no': pass True or False"),
        (Relevance(Fisher(), scale=1), r"Relevance\.scale=1: pass True or False"),
        (Relevance(Fisher), r"relevance=Fisher is a class: pass an object of it, Fisher\(\.\.\.\)"),
        (Weighted(np.nan, Dispersion()), r"Weighted\.weight=nan: pass a finite number"),
        (Weighted(1.0, Dispersion), r"Weighted\.affinity=Dispersion is a class: pass an object of it"),
        (2 * Redundancy() + 3 * Attention(-1), r"Attention\.temperature=-1"),
        (Relevance(MutualInformation(1)), r"MutualInformation\.bins=1: pass a whole number from 2 up, or None"),
        (Relevance(ReliefF(0)), r"ReliefF\.n_neighbors=0"),
        (Relevance(IteratedRelief(tol=-1)), r"IteratedRelief\.tol=-1: pass a finite number from 0 up"),
        (Relevance(SoftRelief(0)), r"SoftRelief\.temperature=0"),
        (Relevance(LatentFactor("2016")), r"variant='2016': choose one of '2018', '2017' or 'auto'"),
        (Relevance(AbsoluteMean(Fisher)), r"AbsoluteMean\.first=Fisher is a class"),
    ],
)
def test_affinities_and_relevances_are_checked_alike(part, message, table):
    for use in (lambda: part(table, Y), lambda: InfFS(affinity=part).fit(table, Y)):
        with pytest.raises(ValueError, match=message):
            use()


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (Entmax(1), r"Entmax\.alpha=1: pass a finite number above 1.*softmax"),
        (Softmax(exclude_self="yes"), r"Softmax\.exclude_self='yes': pass True or False"),
        (FrobeniusReLU(-1), r"FrobeniusReLU\.eps=-1"),
        (Sinkhorn(max_iter=2.5), r"Sinkhorn\.max_iter=2.5: pass a whole number from 1 up"),
        (TopK(True), r"TopK\.k=True"),
    ],
)
def test_normalizations_are_checked_alike(part, message, table):
    selector = InfFS(affinity="attention", normalization=part, readout="seeded", start=np.ones(9))
    for use in (lambda: part(Attention()(table)), lambda: selector.fit(table)):
        with pytest.raises(ValueError, match=message):
            use()


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (JMI(1), r"JMI\.bins=1: pass a whole number from 2 to 256"),
        (MRMRCorrelation(quotient=None), r"MRMRCorrelation\.quotient=None"),
        (Filter(ReliefF(2.5)), r"ReliefF\.n_neighbors=2.5"),
    ],
)
def test_criteria_are_checked_alike(part, message, table):
    with pytest.raises(ValueError, match=message):
        CriterionSelector(part).fit(table, Y)


@dataclass
class OneHop(propagations.Propagation):
    weigh: float = parameter(Number(low=0), 1.0)

    def act(self, A, b):
        return self.weigh * A @ b

    def inflow(self, A, b):
        return self.weigh * b


@dataclass
class Divided(normalizations.Normalization):
    by: float = parameter(Number(low=0), 2.0)

    def normalize(self, A):
        return 1 / self.by * A


@dataclass
class Largest(relevances.Relevance):
    power: float = parameter(Number(low=0), 1.0)

    def rate(self, X, y=None):
        return X.max(axis=0) ** self.power


def test_parts_of_ones_own_are_checked_where_their_use_begins(table):
    A, b = np.arange(4.0).reshape(2, 2), np.ones(2)
    np.testing.assert_array_equal(OneHop(2.0)(A, b), 2 * A @ b)
    np.testing.assert_array_equal(Divided()(Stored(A)).to_dense(), A / 2)
    np.testing.assert_array_equal(Largest(2.0)(A), [4, 9])
    fit = InfFS(readout="seeded", start=Largest(), normalization=Divided(), propagation=OneHop()).fit
    np.testing.assert_allclose(
        fit(np.abs(table)).scores_,
        inf_fs()(np.abs(table)).to_dense().T @ np.abs(table).max(axis=0) / 2,
    )
    for use, message in (
        (lambda: OneHop(-1)(A, b), r"OneHop\.weigh=-1: pass a finite number above 0"),
        (lambda: Divided(0)(Stored(A)), r"Divided\.by=0"),
        (lambda: Largest(None)(A), r"Largest\.power=None"),
        (lambda: Relevance(Largest(-2))(table), r"Largest\.power=-2"),
        (lambda: InfFS(propagation=OneHop(-1)).fit(table), r"OneHop\.weigh=-1"),
        (lambda: InfFS(normalization=Divided(-1)).fit(table), r"Divided\.by=-1"),
        (lambda: InfFS(readout="seeded", start=Largest(-1)).fit(table), r"Largest\.power=-1"),
    ):
        with pytest.raises(ValueError, match=message):
            use()
    with pytest.raises(ValueError, match=r"Largest\(\) cannot weigh samples"):
        Largest()(A, None, b)


def test_a_field_that_a_search_sets_later_is_checked_too(table):
    selector = InfFS(propagation=Heat()).set_params(propagation__time=-1)
    with pytest.raises(ValueError, match=r"Heat\.time=-1: pass a finite number above 0"):
        selector.fit(table)


def test_what_is_of_the_wrong_type_is_a_type_error_too():
    with pytest.raises(TypeError, match=r"Heat\.time='hot'"):
        Heat("hot").check()
    assert not Count().holds(3.0)
    assert Count(infinity=True).holds(3.0)


@pytest.mark.parametrize(
    ("parameter", "kind", "more"),
    [
        ("affinity", Dispersion, {}),
        ("normalization", Softmax, {}),
        ("propagation", Heat, {}),
        ("start", Fisher, {"readout": "seeded"}),
    ],
)
def test_one_message_for_classes_in_place_of_objects(parameter, kind, more, table):
    name = kind.__name__
    with pytest.raises(TypeError, match=rf"{parameter}={name} is a class: pass an object of it, {name}\("):
        InfFS(**{parameter: kind}, **more).fit(table, Y)
    with pytest.raises(TypeError, match=r"criterion=JMI is a class: pass an object of it, JMI\("):
        CriterionSelector(JMI).fit(table, Y)
