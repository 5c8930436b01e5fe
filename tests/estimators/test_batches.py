"""Tables in batches: the scores of one fit, whatever the batches are."""

import pickle

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from conftest import spread_error
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone

from infsel import AttentionSelector, InfFS
from infsel.affinities import Attention, Correlation, Dispersion, PooledAttention, Redundancy, Relevance
from infsel.krylov import Krylov
from infsel.relevances import AnovaF, Fisher
from infsel.tables import Moments

pytestmark = pytest.mark.filterwarnings("ignore:All scores are:UserWarning")  # of attention that stays with each

SELECTORS = {
    "classic": InfFS(correlation="pearson"),
    "dispersion": InfFS(affinity=Dispersion()),
    "signed": InfFS(affinity=Redundancy("pearson", signed=True)),
    "correlation": InfFS(affinity=Correlation("pearson"), propagation="resolvent", normalization="none", damping=0.3),
    "attention": AttentionSelector(),
    "cold attention": AttentionSelector(temperature=0.05),
    "pooled": InfFS(affinity=PooledAttention(), normalization="none", n_hops=1, readout="received"),
    "fisher": InfFS(affinity=0.3 * Dispersion() + 0.7 * Relevance(Fisher(), pair="max")),
    "anova": InfFS(affinity=Relevance(AnovaF(), pair="mean")),
    "seeded": InfFS(correlation="pearson", readout="seeded", start="anova"),
    "weights": InfFS(correlation="pearson", readout="seeded", start=np.arange(12.0)),
    "all nodes": InfFS(correlation="pearson", constant_columns="inside"),
    "landmarks": InfFS(correlation="pearson", solver=Krylov(n_landmarks=11 + 5)),
    "matrix": InfFS(affinity=np.arange(144.0).reshape(12, 12)),
}


@pytest.fixture
def X(rng):
    X = rng.standard_normal((60, 12)) * rng.exponential(1, 12) + rng.standard_normal((60, 3)) @ rng.random((3, 12))
    X[:, 7] = -2
    return X


@pytest.fixture
def y(rng):
    return rng.choice(["a", "b", "c"], 60)


def in_batches(selector, X, y, cuts):
    for rows in np.split(np.arange(len(X)), cuts):
        selector.partial_fit(X[rows], y[rows])
    return selector


@pytest.mark.parametrize("name", SELECTORS)
def test_batches_give_the_scores_of_one_fit(X, y, name):
    expected = clone(SELECTORS[name]).fit(X, y)
    for cuts in ([], [30], [9, 10, 11, 41]):
        again = in_batches(clone(SELECTORS[name]), X, y, cuts)
        assert spread_error(again.scores_, expected.scores_) < 1e-10
        np.testing.assert_array_equal(again.ranking_, expected.ranking_)


@given(order=st.permutations(range(5)), size=st.integers(1, 4))
def test_the_order_of_batches_does_not_matter(order, size):
    rng = np.random.default_rng(size)
    batches = [rng.standard_normal((size + i, 4)) * 10.0 ** np.arange(4) + 1e6 for i in range(5)]
    ordered, shuffled = Moments(4, float, scatter=True), Moments(4, float, scatter=True)
    for i in range(5):
        ordered = ordered.merged(batches[i], np.arange(len(batches[i])) % 2)
        shuffled = shuffled.merged(batches[order[i]], np.arange(len(batches[order[i]])) % 2)
    whole = np.vstack(batches)
    for moments in (ordered, shuffled):
        scale = np.outer(whole.std(axis=0), whole.std(axis=0)) * len(whole)
        scatter = moments.total.in_units(np.zeros(4, np.intc)).scatter
        np.testing.assert_allclose(scatter / scale, np.cov(whole.T) * (len(whole) - 1) / scale, atol=1e-9)
        assert len(moments) == len(whole) == sum(group.n_samples for group in moments.classes.values())
    for one, other in zip(ordered.class_moments(), shuffled.class_moments(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-7)


def test_large_means_cost_no_digits(rng):
    X = rng.standard_normal((400, 5)) * np.arange(1, 6)
    near, far = InfFS(correlation="pearson"), InfFS(correlation="pearson")
    for rows in np.split(np.arange(400), 8):
        near.partial_fit(X[rows])
        far.partial_fit(X[rows] + 1e8)
    assert spread_error(far.scores_, near.scores_) < 1e-6


@pytest.mark.parametrize("form", ["float32", "sparse", "stored", "pandas"])
def test_batches_in_every_form(X, y, form):
    import pandas as pd

    class Stored:
        def __init__(self, values):
            self.values, self.shape, self.dtype = values, values.shape, values.dtype

        def __getitem__(self, key):
            return self.values[key]

    make = {
        "float32": lambda batch: batch.astype(np.float32),
        "sparse": sp.csr_array,
        "stored": Stored,
        "pandas": lambda batch: pd.DataFrame(batch, columns=[f"c{i}" for i in range(12)]),
    }[form]
    selector = InfFS(correlation="pearson")
    for rows in np.split(np.arange(60), 3):
        selector.partial_fit(make(X[rows]))
    expected = InfFS(correlation="pearson").fit(X)
    np.testing.assert_array_equal(selector.ranking_, expected.ranking_)
    assert spread_error(selector.scores_, expected.scores_) < (1e-5 if form == "float32" else 1e-10)
    assert selector.graph_.dtype == (np.float32 if form == "float32" else np.float64)


def test_a_class_may_be_new_in_a_later_batch(X):
    y = np.repeat([0, 1, 2], 20)
    expected = SELECTORS["fisher"].fit(X, y).scores_
    selector = InfFS(affinity=SELECTORS["fisher"].affinity)
    for rows in (np.arange(30), np.arange(30, 60)):
        selector.partial_fit(X[rows], y[rows])
    assert spread_error(selector.scores_, expected) < 1e-10


def test_perfect_separation_is_the_same_in_batches():
    X, y = np.array([[0.1, 1.0], [0.1, 2.0], [0.3, 3.0], [0.3, 9.0]] * 5), np.array([0, 0, 1, 1] * 5)
    for relevance in (Fisher(), AnovaF()):
        moments = Moments(2, float, scatter=False)
        for rows in np.split(np.arange(20), 5):
            moments = moments.merged(X[rows], y[rows])
        np.testing.assert_allclose(relevance.of_moments(moments), relevance(X, y), rtol=1e-9)


def test_fit_starts_anew(X, y):
    selector = in_batches(InfFS(correlation="pearson"), X, y, [30]).fit(X[:20])
    np.testing.assert_array_equal(selector.scores_, InfFS(correlation="pearson").fit(X[:20]).scores_)
    selector.partial_fit(X[20:40])
    assert spread_error(selector.scores_, InfFS(correlation="pearson").fit(X[20:40]).scores_) < 1e-10


def test_a_pickle_goes_on(X, y):
    selector = pickle.loads(pickle.dumps(in_batches(InfFS(correlation="pearson"), X[:40], y[:40], [30])))
    selector.partial_fit(X[40:])
    assert spread_error(selector.scores_, InfFS(correlation="pearson").fit(X).scores_) < 1e-10


@pytest.mark.parametrize(
    "selector",
    [
        InfFS(),
        InfFS(affinity=lambda X, y: np.eye(X.shape[1])),
        InfFS(correlation="pearson", readout="seeded", start="auc"),
        InfFS(correlation="pearson", readout="seeded", start=lambda X, y: np.ones(X.shape[1])),
        AttentionSelector(n_heads=2),
        AttentionSelector(temperature="auto"),
        AttentionSelector(target_token=True),
        InfFS(affinity=Attention(projection="pca")),
    ],
)
def test_what_reads_samples_has_no_partial_fit(selector):
    with pytest.raises(AttributeError) as error:
        selector.partial_fit  # noqa: B018
    assert "reads all samples at once" in str(error.value.__cause__)


def test_moments_refuse_what_they_do_not_hold(X, y):
    moments = Moments(12, float, scatter=True).merged(X)
    with pytest.raises(ValueError, match="correlation='spearman' ranks all samples at once"):
        Redundancy()(moments)
    with pytest.raises(ValueError, match=r"MutualInformation.* reads single samples"):
        Relevance("mutual-information")(moments)
    with pytest.raises(ValueError, match="reads single samples"):
        Relevance(lambda X, y: X[0])(moments)
    with pytest.raises(ValueError, match="y has held 0 classes so far"):
        Relevance("fisher")(moments)


def test_bad_batches(X, y):
    selector = InfFS(affinity=Relevance("fisher"))
    with pytest.raises(ValueError, match="y is None"):
        selector.partial_fit(X)
    with pytest.raises(ValueError, match="y has held 1 classes so far"):
        InfFS(affinity=Relevance("fisher")).partial_fit(X, np.ones(60, int))
    with pytest.raises(ValueError, match=r"y holds 0\.5, which is no class label"):
        InfFS(affinity=Relevance("fisher")).partial_fit(X, np.full(60, 0.5))
    with pytest.raises(ValueError, match="minimum of 2 is required"):
        InfFS(correlation="pearson").partial_fit(X[:1])
    selector = InfFS(correlation="pearson").partial_fit(X)
    with pytest.raises(ValueError, match="expecting 12 features"):
        selector.partial_fit(X[:, :5])
    X[3, 4] = np.nan
    with pytest.raises(ValueError, match=r"partial_fit needs .* column 'x4' has gaps"):
        selector.partial_fit(X)
    with pytest.raises(ValueError, match="alpha=2"):
        InfFS(alpha=2).partial_fit(X)


def test_other_parameters_need_other_moments(X, y):
    selector = InfFS(affinity=Dispersion()).partial_fit(X, y)
    with pytest.raises(ValueError, match="parameters changed between batches"):
        selector.set_params(affinity="inf-fs", correlation="pearson").partial_fit(X, y)
    with pytest.raises(ValueError, match="parameters changed between batches"):
        selector.set_params(affinity=Relevance("fisher"), correlation="spearman").partial_fit(X, y)
    selector.set_params(affinity=2.0 * Dispersion()).partial_fit(X, y)


def test_explanations_of_batches(X, y):
    selector = in_batches(InfFS(correlation="pearson"), X, y, [20])
    expected = InfFS(correlation="pearson").fit(X).explain(3)
    np.testing.assert_allclose(selector.explain(3).value, expected.value, rtol=1e-9)


REFUSED = {
    "text labels": (ValueError, "y holds '0' and batches before held 0", lambda X, y: (X, y.astype(str))),
    "mixed labels": (ValueError, "y holds 0: make the labels|y mixes labels|y holds", lambda X, y: (X, mixed(y))),
    "no labels": (ValueError, "y", lambda X, y: (X, None)),
    "NaN": (ValueError, r"partial_fit needs .* column 'x1' has gaps", lambda X, y: (with_nan(X), y)),
    "narrow": (ValueError, "expecting 12 features", lambda X, y: (X[:, :5], y)),
    "short labels": (ValueError, "inconsistent numbers of samples", lambda X, y: (X, y[:-1])),
    "interrupt": (KeyboardInterrupt, None, lambda X, y: (X, y)),
}


def mixed(y):
    labels = y.astype(object)
    labels[1] = "one"
    return labels


def with_nan(X):
    X = X.copy()
    X[0, 1] = np.nan
    return X


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("selector", ["fisher", "seeded", "anova"])
def test_a_refused_batch_leaves_no_trace(X, selector, name, monkeypatch):
    y = np.arange(60) % 3
    error, message, spoil = REFUSED[name]
    fitted = clone(SELECTORS[selector]).partial_fit(X[:30], y[:30])
    before, scores = dict(vars(fitted)), fitted.scores_.copy()
    with monkeypatch.context() as patch:
        if name == "interrupt":  # in the middle of what follows a good batch
            patch.setattr("infsel.walks._walk.propagator", interrupted)
        with pytest.raises(error, match=message):
            fitted.partial_fit(*spoil(X[30:], y[30:]))
    assert vars(fitted).keys() == before.keys()
    assert all(vars(fitted)[key] is value for key, value in before.items())
    np.testing.assert_array_equal(fitted.scores_, scores)
    fitted.partial_fit(X[30:], y[30:])
    assert spread_error(fitted.scores_, clone(SELECTORS[selector]).fit(X, y).scores_) < 1e-10


def interrupted(*_, **__):
    raise KeyboardInterrupt


def test_a_refused_first_batch_leaves_nothing(X):
    selector = InfFS(affinity=Relevance("fisher"))
    before = dict(vars(selector))
    with pytest.raises(ValueError, match="y has held 1 classes so far"):
        selector.partial_fit(X, np.ones(60, int))
    assert vars(selector) == before


@pytest.mark.parametrize(
    "powers", [(0, 0), (530, 530), (-1000, -1000), (0, 900), (900, -900), (-1000, -700), (-700, 1000)]
)
@pytest.mark.parametrize("name", ["classic", "dispersion", "signed", "attention", "fisher", "anova", "seeded"])
def test_the_scale_of_a_batch_does_not_decide(X, y, name, powers):
    """Batches of any size, also of other columns in other batches, give the scores of one fit."""
    X = X * 2.0 ** np.r_[0:3, -2:7]
    X[:30], X[30:] = np.ldexp(X[:30], powers[0]), np.ldexp(X[30:], powers[1])
    expected = clone(SELECTORS[name]).fit(X, y)
    for cuts in ([30], [9, 10, 11, 41]):
        again = in_batches(clone(SELECTORS[name]), X, y, cuts)
        assert spread_error(again.scores_, expected.scores_) < 1e-10
        np.testing.assert_array_equal(again.ranking_, expected.ranking_)


def test_columns_of_other_scales_and_zeros_that_end(X):
    scaled = np.ldexp(X, np.arange(12) * 150 - 900)
    scaled[:20, 3] = 0  # a column without a scale in the first batch
    selector = InfFS(correlation="pearson", alpha=0)
    for rows in np.split(np.arange(60), 3):
        selector.partial_fit(scaled[rows])
    assert spread_error(selector.scores_, InfFS(correlation="pearson", alpha=0).fit(scaled).scores_) < 1e-10


def test_units_change_no_digit(X):
    one, other = Moments(12, float, scatter=True), Moments(12, float, scatter=True)
    for rows in np.split(np.arange(60), 4):
        one, other = one.merged(X[rows]), other.merged(np.ldexp(X[rows], 300))
    np.testing.assert_array_equal(one.total.scatter, other.total.scatter)
    np.testing.assert_array_equal(
        np.ldexp(one.total.mean, one.exponents + 300), np.ldexp(other.total.mean, other.exponents)
    )


def test_what_was_excluded_stays_so(X):
    frame = pd.DataFrame(X).rename(columns=str).assign(city="Rome")
    selector = InfFS(correlation="pearson", exclude=["city"]).partial_fit(frame[:30]).partial_fit(frame[30:])
    assert spread_error(selector.scores_[:12], InfFS(correlation="pearson").fit(X).scores_) < 1e-10
    with pytest.raises(ValueError, match="column 'city' was excluded from batches before and is not now"):
        selector.set_params(exclude=None).partial_fit(frame.assign(city=1.0))
