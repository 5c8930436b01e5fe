"""What walks bring from groups of columns to groups."""

import numpy as np
import pandas as pd
import pytest
from naive import group_flow

from infsel import AttentionSelector, InfFS
from infsel.affinities import Given, Graph, SquaredCorrelation
from infsel.propagations import Hops, PageRank, WithStart
from infsel.studies import group_coupling

LABELS = ["x", "y", "x", "z", "y", "x"]
PLAIN = SquaredCorrelation(debiased=False)


@pytest.fixture
def X(rng):
    return rng.standard_normal((25, 6)) + rng.standard_normal((25, 1))


def dense(flow):
    return {(to, source): flow.loc[to, source] for to in flow.index for source in flow.columns}


def walks(fitted, damping):
    A = fitted.graph_.to_dense()
    M = damping * A / np.abs(np.linalg.eigvals(A)).max()
    return np.linalg.inv(np.eye(len(M)) - M) - np.eye(len(M))


def agree(flow, S):
    expected = group_flow(S, LABELS)
    total = sum(expected.values())
    found = dense(flow)
    assert found == pytest.approx({pair: value / total for pair, value in expected.items()}, abs=1e-9)
    assert sum(found.values()) == pytest.approx(1)


def test_walks_from_everywhere(X):
    fitted = InfFS(affinity=PLAIN).fit(X)
    agree(fitted.group_flow(LABELS), walks(fitted, 0.9))


def test_walks_of_both_directions(X):
    fitted = InfFS(affinity=PLAIN, normalization="row", readout="total", propagation="hops", n_hops=np.inf)
    fitted.set_params(damping=0.5).fit(X)
    S = np.linalg.inv(np.eye(6) - 0.5 * fitted.graph_.to_dense()) - np.eye(6)
    agree(fitted.group_flow(LABELS), S + S.T)


@pytest.mark.parametrize("readout", ["attended", "seeded"])
def test_walks_from_a_start(X, rng, readout):
    b = rng.random(6)
    b[2] = 0
    fitted = InfFS(affinity=PLAIN, normalization="row", readout=readout, start=b, propagation=PageRank(0.85)).fit(X)
    S = np.linalg.inv(np.eye(6) - 0.85 * fitted.graph_.to_dense())
    agree(fitted.group_flow(LABELS), (S if readout == "attended" else S.T) * b)


def test_the_start_itself_stays_in_its_group(X, rng):
    b, graph = rng.random(6), Graph([(0, 1), (2, 3), (4, 5)])
    rule = WithStart(Hops(1, 1.0))
    fitted = InfFS(affinity=graph, normalization="row", readout="attended", start=b, propagation=rule).fit(X)
    agree(fitted.group_flow(LABELS), (np.eye(6) + fitted.graph_.to_dense()) * b)


def test_rollout_is_the_last_hop_with_a_residual(X, rng):
    """Attention rollout, ((A + I) / 2)^L, is what the last of L hops through (A + I) / 2 adds."""
    A = rng.random((6, 6))
    A /= A.sum(axis=1, keepdims=True)
    half, b = 0.5 * Given(A) + 0.5 * Given(np.eye(6)), rng.random(6)

    def walked(n_hops):
        way = {"normalization": "none", "readout": "attended", "start": b}
        return InfFS(affinity=half, propagation=Hops(n_hops, 1.0), **way).fit(X).scores_

    expected = np.linalg.matrix_power((A + np.eye(6)) / 2, 5) @ b
    np.testing.assert_allclose(walked(5) - walked(4), expected, rtol=1e-13)


def test_groups_by_name_without_what_stands_outside(X):
    frame = pd.DataFrame(X, columns=list("abcdef"))
    frame["b"] = 0.0
    fitted = InfFS(affinity=PLAIN).fit(frame)
    flow = fitted.group_flow({"left": ["f", "a"], "right": ["c", "d", "e"]})
    assert flow.index.tolist() == flow.columns.tolist() == ["left", "right"]
    S, left = walks(fitted, 0.9), np.array([1, 0, 0, 0, 1], bool)
    assert flow.loc["left", "right"] == pytest.approx(S[np.ix_(left, ~left)].sum() / S.sum())


def test_a_group_in_which_no_walk_starts_sends_nothing(X):
    b = [1.0, 0, 1, 0, 0, 1]
    flow = InfFS(affinity=PLAIN, readout="seeded", start=b).fit(X).group_flow(LABELS)
    assert (flow[["y", "z"]] == 0).all().all()


def test_of_attention(X):
    fitted = AttentionSelector().fit(X)
    agree(fitted.group_flow(LABELS), fitted.graph_.to_dense().T)


def test_bad_groups(X):
    fitted = InfFS(affinity=PLAIN).fit(X)
    with pytest.raises(ValueError, match="belongs to 1"):
        fitted.group_flow([1] * 6)
    with pytest.raises(ValueError, match="leaves out column 'x5'"):
        fitted.group_flow({"a": [0, 1], "b": [2, 3, 4]})
    made = InfFS(affinity=np.array([[0.0, 1], [-1, 0]]), n_hops=1, normalization="none").fit(X[:, :2])
    with pytest.raises(ValueError, match="walks of both signs cancel"):
        made.group_flow(["a", "b"])


def platforms(rng, coupling):
    shared = rng.standard_normal((120, 2, 1)) if not coupling else np.repeat(rng.standard_normal((120, 1, 1)), 2, 1)
    X = rng.standard_normal((120, 2, 10)) + 0.8 * shared * (np.arange(10) < 5)
    return pd.DataFrame(X.reshape(120, 20), columns=[f"{p}{j}" for p in "ab" for j in range(10)])


@pytest.mark.parametrize(("coupling", "seen"), [(True, True), (False, False)])
def test_what_crosses_by_chance(rng, coupling, seen):
    X = platforms(rng, coupling)
    groups = {name: name[0] for name in X}
    found = group_coupling(InfFS(affinity=PLAIN), X, groups=groups, n_permutations=20, random_state=0)
    assert (found.z > 3) == seen
    assert found.share == pytest.approx(1 - np.trace(found.flow))
    assert found.by_chance.shape == (20,)
    labels, numbers = [name[0] for name in X], X.to_numpy()
    again = group_coupling(InfFS(affinity=PLAIN), numbers, groups=labels, n_permutations=20, random_state=0)
    assert again.z == pytest.approx(found.z)


def test_too_few_permutations(X):
    with pytest.raises(ValueError, match="n_permutations=1"):
        group_coupling(InfFS(), X, groups=LABELS, n_permutations=1)
