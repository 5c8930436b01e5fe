"""Readouts against their definition, the pairs they refuse, and one of a user's own."""

import pickle

import naive
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.cross_decomposition import PLSRegression

import infsel.readouts
from infsel import AttentionSelector, InfFS
from infsel.affinities import Correlation
from infsel.krylov import Krylov
from infsel.normalizations import Row, Sinkhorn, Softmax
from infsel.propagations import Hops, PageRank, Stationary
from infsel.readouts import Attended, Readout, Received, Seeded, Sent, Settled, Total
from infsel.walks._names import NORMALIZATIONS, READOUTS

START = np.array([3.0, 0, 1, 0, 2, 1, 0, 5])


class Hub(Readout):
    directions = (False, True)

    def __call__(self, sent, received):
        return np.sqrt(sent * received)


@pytest.fixture
def X(rng):
    return rng.standard_normal((30, 8))


def counted(A, n_hops, damping):
    """The matrix that counts walks of at most so many hops."""
    walks, power = np.zeros_like(A), np.eye(len(A))
    for _ in range(n_hops):
        power = damping * power @ A
        walks = walks + power
    return walks


@pytest.mark.parametrize("name", READOUTS)
def test_each_readout_is_its_definition(name, small_graph, X):
    starts = READOUTS[name].starts
    fitted = InfFS(affinity=small_graph, normalization="none", n_hops=3, damping=0.2, readout=name)
    fitted.set_params(start=START if starts else None).fit(X)
    expected = naive.read(name, counted(small_graph, 3, 0.2), START)
    np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-12)


@pytest.mark.parametrize("damping", [-0.9, 0.5])
def test_what_settles_keeps_its_signs(damping, X, rng):
    A = np.corrcoef(X.T)
    b = rng.standard_normal(8)
    fitted = InfFS(affinity=A, normalization="none", readout=Settled(b), propagation=Hops(4, damping)).fit(X)
    np.testing.assert_allclose(fitted.signed_scores_, b + counted(A, 4, damping).T @ b, rtol=1e-10, atol=1e-12)
    np.testing.assert_array_equal(fitted.scores_, np.abs(fitted.signed_scores_))
    assert not hasattr(InfFS().fit(X), "signed_scores_")


@pytest.mark.parametrize("name", READOUTS)
def test_a_name_is_its_object(name, small_graph, X):
    start = START if READOUTS[name].starts else None
    by_name = InfFS(affinity=small_graph, readout=name, start=start).fit(X)
    by_object = InfFS(affinity=small_graph, readout=READOUTS[name](*() if start is None else (start,))).fit(X)
    np.testing.assert_array_equal(by_object.scores_, by_name.scores_)


@pytest.mark.parametrize(("plain", "name"), [("sent", "attended"), ("received", "seeded")])
def test_walks_of_one_direction_take_a_start(plain, name, small_graph, X):
    fitted = InfFS(affinity=small_graph, normalization="row", readout=plain, start=START).fit(X)
    expected = InfFS(affinity=small_graph, normalization="row", readout=name, start=START).fit(X).scores_
    np.testing.assert_array_equal(fitted.scores_, expected)


def test_one_hop_of_attention_gathers_as_the_output_of_attention(X):
    tokens = (X - X.mean(axis=0)) / X.std(axis=0)
    logits = tokens.T @ tokens / np.sqrt(30)
    weights = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    fitted = InfFS(affinity="attention", normalization="softmax", n_hops=1, damping=0.5, readout=Attended(START)).fit(X)
    np.testing.assert_allclose(fitted.scores_, 0.5 * weights @ START, rtol=1e-13)


def test_one_signed_hop_from_the_correlations_is_the_loadings_of_partial_least_squares(X, rng):
    """Z Z' c of the weights c = Z y: linear attention of the whole table, asked by the target."""
    y = rng.standard_normal(30)
    pls = PLSRegression(1).fit(X, y)
    c = np.corrcoef(X.T, y)[-1, :-1]
    np.testing.assert_allclose(np.abs(c / np.linalg.norm(c)), np.abs(pls.x_weights_[:, 0]), rtol=1e-12)
    way = {"affinity": Correlation("pearson"), "readout": "attended", "start": c, "normalization": "none"}
    found = np.abs(InfFS(n_hops=1, **way).fit(X).scores_)
    expected = np.abs(pls.x_loadings_[:, 0])
    np.testing.assert_allclose(found / found.max(), expected / expected.max(), rtol=1e-11)


def test_all_are_public():
    assert {kind.__name__ for kind in READOUTS.values()} | {"Readout"} == set(infsel.readouts.__all__)


def test_one_of_your_own(small_graph, X):
    fitted = InfFS(affinity=small_graph, normalization="none", n_hops=2, damping=0.2, readout=Hub()).fit(X)
    walks = counted(small_graph, 2, 0.2)
    expected = np.sqrt(naive.read("sent", walks) * naive.read("received", walks))
    np.testing.assert_allclose(fitted.scores_, expected, rtol=1e-12)
    assert fitted.n_iter_ == 4
    assert not hasattr(fitted, "saturation_depth_")
    with pytest.raises(AttributeError, match="the readout is no sum of walks"):
        fitted.hop_path()
    assert fitted.explain(2, n_neighbors=8).query("part == 'neighbor'").value.sum() == pytest.approx(expected[2])
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(fitted)).scores_, fitted.scores_)
    assert InfFS(affinity=small_graph, normalization="row", readout=Hub()).fit(X).scores_.std() > 0


def test_one_of_your_own_meets_landmarks(rng):
    X = rng.standard_normal((40, 300)) + rng.standard_normal((40, 1)) * rng.exponential(1, 300)
    exact = InfFS(readout=Hub()).fit(X).scores_
    sampled = InfFS(readout=Hub(), solver=Krylov(n_landmarks=200, random_state=0)).fit(X)
    deviation = (sampled.scores_ - exact) / sampled.score_errors_
    assert 0.3 < np.sqrt(np.mean(deviation**2)) < 3


def test_permutation(small_graph, X, rng):
    order = rng.permutation(8)
    for readout in (Sent(), Received(), Total(), Hub()):
        scores = InfFS(affinity=small_graph, readout=readout).fit(X).scores_
        moved = InfFS(affinity=small_graph[np.ix_(order, order)], readout=readout).fit(X[:, order]).scores_
        np.testing.assert_allclose(moved, scores[order], rtol=1e-10)


def test_a_grid_search_reaches_the_start(X):
    y = np.arange(30) % 2
    selector = clone(InfFS(readout=Seeded("fisher"))).set_params(readout__start="anova")
    expected = InfFS(readout="seeded", start="anova").fit(X, y).scores_
    np.testing.assert_array_equal(selector.fit(X, y).scores_, expected)


def test_batches_know_what_an_object_reads(X):
    y = np.arange(30) % 2
    selector = InfFS(correlation="pearson", readout=Seeded("fisher"))
    for rows in np.split(np.arange(30), [12]):
        selector.partial_fit(X[rows], y[rows])
    expected = InfFS(correlation="pearson", readout="seeded", start="fisher").fit(X, y).scores_
    np.testing.assert_allclose(selector.scores_, expected, rtol=1e-9)
    assert not hasattr(InfFS(correlation="pearson", readout=Seeded("auc")), "partial_fit")


@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_what_is_flattened_cannot_rank(normalization, X):
    """A pair is refused where row sums or column sums of the normalized graph are all alike, and only there."""
    A = NORMALIZATIONS[normalization]()
    flat = {readout: kind.flattened_by(kind(), A) for readout, kind in READOUTS.items() if not kind.starts}
    assert flat["total"] == (flat["sent"] and flat["received"])
    assert not Seeded(START).flattened_by(A)
    for readout, refused in flat.items():
        if refused:
            with pytest.raises(ValueError, match=f"readout='{readout}' cannot rank after"):
                InfFS(affinity="attention", normalization=normalization, readout=readout).fit(X)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"readout": Seeded(START), "propagation": Stationary()}, "readout='seeded' cannot rank after propagation='st"),
        ({"readout": Settled(START), "propagation": PageRank()}, "count the start of propagation='pagerank' twice"),
        ({"readout": Settled(START), "solver": Krylov(n_landmarks=16)}, "n_landmarks=16 with readout='settled'"),
        ({"readout": Sent(), "normalization": Row()}, r"readout='sent' cannot rank after Row\(\)"),
        ({"readout": Hub(), "normalization": Sinkhorn()}, r"readout=Hub\(\) cannot rank after Sinkhorn\(\)"),
        ({"readout": Total(), "normalization": Softmax(), "start": "fisher"}, r"start='fisher' beside .* its own"),
        ({"readout": Seeded}, "readout=Seeded is a class: pass an object of it"),
        ({"readout": 3}, "readout=3: pass a name or an object of infsel.readouts"),
        ({"readout": Seeded(None)}, r"Seeded\.start=None: pass the name or an object of a relevance"),
        ({"readout": Seeded(Settled)}, r"Seeded\.start=Settled is a class"),
        ({"readout": Seeded("worth")}, "relevance 'worth' is not known"),
        ({"readout": Seeded(-START)}, r"start\[0\] is -3.0"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_refused_by_name(parameters, message, X):
    with pytest.raises((ValueError, TypeError), match=message):
        InfFS(**parameters).fit(X, np.arange(30) % 2)


def test_attention_reads_what_is_received(X):
    alike = InfFS(affinity="attention", normalization="softmax", readout=Received(), n_hops=1).fit(X)
    np.testing.assert_array_equal(AttentionSelector().fit(X).scores_, alike.scores_)
