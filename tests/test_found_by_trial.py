"""What people who tried to break the systems found, mended."""

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from infsel import CriterionSelector, InfFS, KnockoffSelector
from infsel.affinities import (
    Gated,
    Given,
    Graph,
    Kernel,
    Lagged,
    MetadataGate,
    Mixture,
    Profile,
    Redundancy,
    Rows,
    SquaredCorrelation,
    Within,
)
from infsel.walks._system_presets import SYSTEMS

NAMES = [f"c{i}" for i in range(12)]


@pytest.fixture
def X(rng):
    return pd.DataFrame(rng.standard_normal((60, 12)), columns=NAMES)


@pytest.mark.parametrize(
    "affinity",
    [
        Graph([(i, i + 1) for i in range(11)]),
        0.5 * Redundancy() + Kernel("order"),
        Within(Redundancy(), list("aabbccddeeff")),
        Gated(Redundancy(), np.ones(12)),
        Mixture([Redundancy(), Graph(groups=[0] * 12)]),
        MetadataGate(Redundancy(), np.arange(12.0), weights=[1.0]),
    ],
    ids=repr,
)
def test_knockoffs_have_no_places(affinity, X, rng):
    selector = InfFS(affinity=affinity, normalization="row", readout="attended", start="pearson")
    with pytest.raises(ValueError, match="knows columns by their names or places"):
        KnockoffSelector(selector).fit(X, rng.standard_normal(60))
    assert not (2 * Redundancy() * Gated(Redundancy(), "pearson")).placed


def test_a_series_is_read_by_its_labels(X):
    groups = pd.Series({"c7": "x", "c0": "x"} | {name: "y" for name in NAMES if name not in ("c0", "c7")})
    for part in (
        Graph(groups=groups),
        Within(Redundancy(), groups),
        Graph(hierarchy=groups.map(lambda label: (label,))),
    ):
        neighbors = InfFS(affinity=part).fit(X).graph_.to_dense()[7]
        assert neighbors[0] > 0
        assert not neighbors[2]
    start = pd.Series([5.0] + [0.0] * 11, index=["c7", *(name for name in NAMES if name != "c7")])
    assert InfFS(readout="settled", start=start).fit(X).ranking_[7] == 1
    unlabeled = pd.Series([5.0] + [0.0] * 11)
    assert InfFS(readout="settled", start=unlabeled).fit(X).ranking_[0] == 1


def test_groups_have_no_shares_of_what_cancels(X):
    fitted = InfFS(affinity=Lagged(), propagation="singular", normalization="none").fit(X)
    with pytest.raises(ValueError, match="squares what walks bring"):
        fitted.group_flow(list("ab") * 6)
    opposed = np.ones((12, 12)) - 3 * np.eye(12)[::-1]
    fitted = InfFS(affinity=opposed, n_hops=1, normalization="none").fit(X)
    with pytest.raises(ValueError, match="walks of both signs cancel"):
        fitted.group_flow([*range(6), *range(6)][::-1])


def test_nothing_grows_from_a_constant(X):
    with pytest.raises(ValueError, match="keep names constant columns alone"):
        CriterionSelector("linkage", keep=["c0"]).fit(X.assign(c0=1.0))


def test_a_mixture_may_learn_that_walks_harm():
    for seed in range(12):
        rng = np.random.default_rng(seed)
        X, y = rng.standard_normal((40, 12)), rng.standard_normal(40)
        heads = [Graph(groups=list("aabbccddeeff")), SquaredCorrelation(debiased="cut")]
        assert Mixture(heads, damping="learned")(X, y).shape == (12, 12)


@pytest.mark.filterwarnings("ignore:The affinity is zero everywhere")
def test_one_column_is_certain_at_once(X):
    for table in (X[["c0"]], X[["c0", "c1"]].assign(c1=1.0)):
        assert InfFS(n_hops="auto", n_features_to_select=1).fit(table).support_[0]


def test_relevance_that_is_missing_is_no_zero(X, rng):
    gate = MetadataGate(SquaredCorrelation(debiased=False), np.arange(12.0), relevance=lambda X, y: np.full(12, np.nan))
    with pytest.raises(ValueError, match="rates column 0 by nan on a half of the rows"):
        gate(X.to_numpy(), rng.standard_normal(60))


def test_numbers_beyond_the_range_are_refused_by_name_and_without_other_warnings(X, rng):
    huge, y = Given(1e308 * (0.5 + rng.random((12, 12)) / 2)), rng.standard_normal(60)
    attended = {"readout": "attended", "start": "pearson", "n_hops": 1}
    for affinity, settings, message in (
        (huge, {"normalization": "none"}, "maps a finite vector to NaN or infinity"),
        (huge, attended | {"normalization": "row"}, "the row of feature 0 in the affinity sums to inf"),
        (Rows(huge), attended, "the row of feature 0 in the affinity sums to inf"),
        (Profile(huge), {}, "beyond the range of numbers: divide it by its largest entry"),
        (MetadataGate(Given(np.ones((12, 12))), np.arange(12.0), weights=[1e300]), {}, "numbers from -1e.15 to 1e.15"),
    ):
        with pytest.raises(ValueError, match=message):
            InfFS(affinity=affinity, **settings).fit(X, y)
    near = Kernel(np.arange(12.0), scale=1e-300)
    np.testing.assert_array_equal(near(X.to_numpy()).to_dense(), np.eye(12))


def test_what_is_not_fitted_says_so():
    for ask in (InfFS().explain, lambda name: InfFS().independence(name, n_effective=60)):
        with pytest.raises(NotFittedError):
            ask("c0")


@pytest.mark.parametrize("name", ["mixture", "afa", "metadata-attention", "graph-attention", "functional-time"])
def test_presets_learn_from_the_relevance_that_they_start_at(name, X, rng):
    needed = {
        "mixture": {"affinities": [Redundancy(), SquaredCorrelation("cut")]},
        "metadata-attention": {"metadata": rng.standard_normal((12, 2))},
        "graph-attention": {"affinity": Redundancy(), "metadata": rng.standard_normal((12, 2))},
        "functional-time": {"positions": np.cumsum(rng.exponential(1, 12))},
    }
    needed["afa"] = needed["mixture"]
    labels = np.array(["low", "mid", "top"])[rng.integers(0, 3, 60)]
    table = X + (labels == "low")[:, np.newaxis] * np.sin(np.arange(12))
    assert "start" in SYSTEMS[name].parameters
    assert InfFS.from_preset(name, start="anova", **needed[name]).fit(table, labels).support_.any()
