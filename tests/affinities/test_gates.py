"""Gates on keys, given and learned; attention between columns by metadata."""

import naive
import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from infsel import InfFS
from infsel.affinities import Correlation, Gated, Given, MetadataAttention, MetadataGate
from infsel.affinities import _metadata_attention as attention
from infsel.affinities import _metadata_gate as gate
from infsel.normalizations import Row, Softmax
from infsel.operators import Stored
from infsel.relevances import SquaredCorrelation, cross_fitted
from infsel.tables import as_table

N = 30


@pytest.fixture
def data(rng):
    X = rng.standard_normal((60, N))
    return X, X[:, :10].sum(axis=1) + 2 * rng.standard_normal(60)


@pytest.fixture
def graph(rng):
    return rng.random((N, N))


@pytest.fixture
def metadata(rng):
    return rng.standard_normal((N, 2))


def softmax(A):
    return Softmax()(Stored(A)).to_dense()


def test_attention_is_the_markov_chain_of_its_context(rng):
    """Softmax attention over a prompt is the chain whose gate is how often each token occurs in it."""
    E, W = rng.standard_normal((6, 4)), rng.standard_normal((4, 4))
    prompt = np.array([0, 1, 1, 3, 5, 1, 3])
    attended = naive.softmax(E @ W @ E[prompt].T)
    of_tokens = np.stack([attended[:, prompt == token].sum(axis=1) for token in range(6)], axis=1)
    chain = Row()(Gated(Given(softmax(E @ W @ E.T)), np.bincount(prompt, minlength=6))(np.zeros((3, 6)))).to_dense()
    np.testing.assert_allclose(chain, of_tokens, rtol=0, atol=5e-16)


def test_logits_of_a_query_drop_out_of_graph_attention(graph, rng):
    """e_ij = LeakyReLU(u_i + v_j) ranks all keys alike for every query, as the gate of the key alone does."""
    u, v = rng.standard_normal(N), rng.standard_normal(N)
    logits = np.add.outer(u, v)
    weights = naive.softmax(np.where(logits > 0, logits, 0.2 * logits))
    gated = Row()(Gated(Given(np.ones((N, N))), np.exp(v))(np.zeros((3, N)))).to_dense()
    assert len({tuple(np.argsort(row)) for row in weights}) == 1
    assert {tuple(np.argsort(row)) for row in gated} == {tuple(np.argsort(row)) for row in weights}
    linear = naive.softmax(logits)
    np.testing.assert_allclose(gated, linear, rtol=0, atol=3e-16)


def test_a_gate_multiplies_columns(data, graph, rng):
    X, y = data
    g = rng.random(N)
    np.testing.assert_array_equal(Gated(Given(graph), g)(X).to_dense(), graph * g)
    np.testing.assert_array_equal(
        Gated(Given(graph), "squared-pearson")(X, y).to_dense(), graph * SquaredCorrelation()(X, y)
    )


def test_one_hop_of_a_context_is_what_features_gather_of_it(data, graph):
    X, y = data
    one_hop = {"normalization": "none", "n_hops": 1, "damping": 0.5}
    sent = InfFS(affinity=Gated(Given(graph), "squared-pearson"), **one_hop).fit(X, y)
    attended = InfFS(affinity=Given(graph), readout="attended", start="squared-pearson", **one_hop).fit(X, y)
    np.testing.assert_allclose(sent.scores_, attended.scores_, rtol=1e-13)
    np.testing.assert_allclose(sent.scores_, 0.5 * graph @ SquaredCorrelation()(X, y), rtol=1e-13)


def test_the_chain_of_a_symmetric_context_rests_at_its_closed_form(data, graph, rng):
    """pi_j ~ m_j (K m)_j: the flow m_i K_ij m_j is the same in both directions."""
    K, m = graph + graph.T, rng.random(N)
    chain = InfFS(affinity=Gated(Given(K), m), normalization="row", readout="received", propagation="stationary")
    found, expected = chain.fit(data[0]).scores_, m * (K @ m)
    np.testing.assert_allclose(found / found.sum(), expected / expected.sum(), rtol=0, atol=1e-12)


def test_squared_correlation_without_relation_is_zero_in_the_mean(rng):
    X, y = rng.standard_normal((20, 4000)), rng.standard_normal(20)
    squares = np.square([naive.pearson(x, y) for x in X.T])
    np.testing.assert_allclose(SquaredCorrelation()(X, y), np.maximum(squares - 1 / 19, 0), atol=1e-14)
    assert squares.mean() == pytest.approx(1 / 19, rel=0.1)


def test_gates_by_name_follow_the_columns(data, graph, rng):
    frame = pd.DataFrame(data[0], columns=[f"x{i}" for i in range(N)])
    g = pd.Series(rng.random(N), index=frame.columns)
    shuffled = g.sample(frac=1, random_state=0)
    by_order = InfFS(affinity=Gated(Given(graph), g.to_numpy())).fit(frame).scores_
    for by_name in (shuffled, shuffled.to_dict()):
        np.testing.assert_array_equal(InfFS(affinity=Gated(Given(graph), by_name)).fit(frame).scores_, by_order)


@pytest.mark.parametrize(
    ("g", "message"),
    [
        (np.ones(N - 1), rf"Gated.gate has shape \({N - 1},\)"),
        (np.r_[-1.0, np.ones(N - 1)], r"Gated.gate\[0\] is -1.0"),
        (np.r_[np.nan, np.ones(N - 1)], r"Gated.gate\[0\] is nan"),
        (np.zeros(N), "Gated.gate is 0 for every feature"),
        ({"x0": 1.0}, "Gated.gate has names and X has none"),
        ("pearsn", "relevance 'pearsn'"),
    ],
)
def test_gates_that_are_refused(data, graph, g, message):
    with pytest.raises(ValueError, match=message):
        Gated(Given(graph), g)(*data)


def test_a_context_that_is_worth_nothing_is_told_and_no_error():
    X, y = np.arange(40) % 5, np.arange(40) // 20  # balanced: no column says anything about the labels
    X = np.stack([X, X**2], axis=1)
    for normalization in ("none", "row"):
        gated = InfFS(affinity=Gated(Given(np.ones((2, 2))), "squared-pearson"), normalization=normalization)
        with pytest.warns(UserWarning, match="affinity is zero everywhere.* a relevance of 0 as gate"):
            assert not gated.set_params(readout="received").fit(X, y).scores_.any()
    with pytest.raises(ValueError, match=r"Gated\.gate is 0 for every feature"):
        InfFS(affinity=Gated(Given(np.ones((2, 2))), [0.0, 0.0])).fit(X, y)


def test_a_name_without_a_gate_is_told(data, graph):
    frame = pd.DataFrame(data[0], columns=[f"x{i}" for i in range(N)])
    with pytest.raises(ValueError, match=r"Gated\.gate has no number for 'x1'"):
        InfFS(affinity=Gated(Given(graph), {"x0": 1.0})).fit(frame)


def differences(objective, x, step=1e-5):
    units = step * np.eye(len(x))
    return np.array([(objective(x + unit)[0] - objective(x - unit)[0]) / (2 * step) for unit in units])


@pytest.fixture
def rated(data):
    return cross_fitted("pearson", as_table(data[0]), data[1], n_splits=2)


@pytest.mark.parametrize("precise", [False, True])
def test_the_gradient_of_a_gate_is_that_of_differences(graph, metadata, rated, rng, precise):
    rated, A, v = rated.by_precision() if precise else rated, Stored(graph), rng.standard_normal(2)
    slope = gate.gathered(v, A, metadata, rated, 1e-2)[1]
    np.testing.assert_allclose(slope, differences(lambda v: gate.gathered(v, A, metadata, rated, 1e-2), v), atol=1e-8)


@pytest.mark.parametrize("queries", [np.arange(N), np.array([1, 5, 6, 20])])
def test_the_gradient_of_attention_is_that_of_differences(metadata, rated, rng, queries):
    w = rng.standard_normal(2)
    slope = attention.gathered(w, metadata, rated, queries, 1e-2)[1]
    wanted = differences(lambda w: attention.gathered(w, metadata, rated, queries, 1e-2), w)
    np.testing.assert_allclose(slope, wanted, atol=1e-8)


def test_objectives_are_those_of_the_walks_they_learn_for(data, graph, metadata, rated):
    H = (metadata - metadata.mean(axis=0)) / metadata.std(axis=0)
    v, w = np.array([0.5, -1.0]), np.array([2.0, 0.3])
    P = naive.row(MetadataGate(Given(graph), metadata, v)(data[0]).to_dense())
    found = gate.gathered(v, Stored(graph), H, rated, 0.0)[0]
    assert found == pytest.approx(naive.mean_correlation(P @ rated.given, rated.held_out), rel=1e-12)
    P = naive.softmax(MetadataAttention(metadata, w)(data[0]).to_dense(), exclude_self=True)
    found = attention.gathered(w, H, rated, np.arange(N), 0.0)[0]
    assert found == pytest.approx(naive.mean_correlation(P @ rated.given, rated.held_out), rel=1e-12)


def made(kind, metadata, weights="learned", graph=None):
    return (
        MetadataAttention(metadata, weights) if kind == "attention" else MetadataGate(Given(graph), metadata, weights)
    )


@pytest.mark.parametrize("kind", ["attention", "gate"])
def test_weights_are_learned_printed_and_used_again(data, graph, metadata, kind):
    X, y = data
    norm = Softmax(exclude_self=True) if kind == "attention" else "row"
    selector = InfFS(
        affinity=made(kind, metadata, graph=graph), normalization=norm, n_hops=1, readout="attended", start="pearson"
    ).fit(X, y)
    assert repr(selector.affinity_).endswith(f"<2 columns of metadata>, weights={list(selector.affinity_.weights)})")
    again = clone(selector).set_params(affinity=selector.affinity_).fit(X, y)
    np.testing.assert_array_equal(again.scores_, selector.scores_)


@pytest.mark.parametrize("kind", ["attention", "gate"])
def test_metadata_by_name_follow_the_columns(data, graph, metadata, kind):
    X, y = data
    frame = pd.DataFrame(X, columns=[f"x{i}" for i in range(N)])
    described = pd.DataFrame(metadata, index=frame.columns, columns=["missing", "age"])
    by_name = made(kind, described.sample(frac=1, random_state=0), graph=graph)
    found = InfFS(affinity=by_name, normalization="softmax", readout="attended", start="pearson").fit(frame, y)
    wanted = clone(found).set_params(affinity=made(kind, metadata, graph=graph)).fit(frame, y)
    np.testing.assert_array_equal(found.scores_, wanted.scores_)
    assert "<missing, age>" in repr(found.affinity_)


@pytest.mark.parametrize("kind", ["attention", "gate"])
@pytest.mark.parametrize(
    ("metadata", "weights", "message"),
    [
        (np.ones((N - 1, 2)), "learned", rf"metadata has shape \({N - 1}, 2\), and the table has {N} columns"),
        (np.full((N, 1), np.nan), "learned", r"metadata\[0, 0\] is nan: fill in"),
        (np.full((N, 1), "a"), "learned", "one-hot codes of categories"),
        (np.ones((N, 2)), [1.0, 2.0, 3.0], r"weights=\[1.0, 2.0, 3.0\]: pass 'learned', or 2 numbers from"),
        (np.arange(2.0 * N).reshape(N, 2), [1.0, 1e200], r"1e\+200\]: .* 2 numbers from -1e\+15 to 1e\+15"),
        (np.ones((N, 2)), "learnt", "weights='learnt': pass 'learned' or one number"),
    ],
)
def test_metadata_that_are_refused(data, graph, kind, metadata, weights, message):
    with pytest.raises(ValueError, match=message):
        made(kind, metadata, weights, graph)(*data)


def test_a_column_without_metadata_is_told(data, metadata):
    frame = pd.DataFrame(data[0], columns=[f"x{i}" for i in range(N)])
    described = pd.DataFrame(metadata[1:], index=frame.columns[1:])
    with pytest.raises(ValueError, match="metadata has no row named 'x0'"):
        InfFS(affinity=MetadataAttention(described), normalization="softmax", readout="received").fit(frame, data[1])


def test_signed_affinities_have_no_learned_gate(data, metadata):
    with pytest.raises(ValueError, match=r"Correlation\(\) may have negative entries, and learned gates"):
        MetadataGate(Correlation(), metadata)(*data)


def test_large_tables_are_learned_from_some_of_their_rows(data, metadata, monkeypatch):
    monkeypatch.setattr(attention, "_ENTRIES", 10 * N)
    weights = MetadataAttention(metadata).resolve(np.arange(N), as_table(data[0]), data[1]).weights
    assert len(weights) == 2
    assert np.isfinite(weights).all()
