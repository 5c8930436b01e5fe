"""Affinities of tables with gaps and labels."""

import naive
import numpy as np
import pytest
from scipy.special import softmax

from infsel import AttentionSelector, InfFS
from infsel.affinities import (
    Attention,
    Correlation,
    PooledAttention,
    Redundancy,
    SignificantCorrelation,
    SquaredCorrelation,
)
from infsel.krylov import Krylov
from infsel.operators import Stored
from infsel.tables import MixedTable


def table(n_features=12, n_samples=80, informative=False):
    rng = np.random.default_rng(4)
    X = rng.normal(size=(n_samples, n_features)) + rng.normal(size=(n_samples, 1))
    kinds = np.where(np.arange(n_features) % 3 == 2, "nominal", "numeric")
    labels = kinds == "nominal"
    X[:, labels] = np.digitize(X[:, labels], [-1, 0, 1])
    X[:, : n_features - 4][rng.random((n_samples, n_features - 4)) < 0.15] = np.nan
    X[5:, 1] = np.nan  # of which nobody knows anything
    return MixedTable(X, kinds, informative)


def expected(unknown=0.0):
    mixed = table()
    return naive.association(mixed.numbers, mixed.nominal, unknown=unknown)


def test_correlation_is_the_association():
    np.testing.assert_allclose(Correlation("pearson")(table()).to_dense(), expected(), atol=1e-12)


def test_what_nobody_knows_is_not_said_to_add_something():
    A = Redundancy("pearson")(table()).to_dense()
    np.testing.assert_allclose(A, 1 - np.abs(expected(unknown=1.0)), atol=1e-12)
    assert (A[1] == 0).all()
    signed = Redundancy("pearson", signed=True)(table()).to_dense()
    np.testing.assert_allclose(signed, 1 - expected(unknown=1.0), atol=1e-12)
    assert InfFS().fit(table()).ranking_[1] == 12


def test_constant_columns_inside_relate_as_in_a_plain_table():
    mixed = table()
    X = mixed.numbers.copy()
    X[:, 4] = np.where(np.isnan(X[:, 4]), np.nan, 1.0)
    flat = MixedTable(X, mixed.kinds)
    assert set(Redundancy()(flat).to_dense()[4, [0, 2, 3, 4]]) == {1.0}
    assert not Redundancy(signed=True)(flat).to_dense()[4].any()
    assert not Correlation()(flat).to_dense()[4].any()


def test_squares_lose_the_bias_of_their_own_pair():
    mixed = table()
    A, plain = (SquaredCorrelation(debiased=debiased)(mixed).to_dense() for debiased in (True, False))
    there = ~mixed.missing
    common = (there[:, 0] & there[:, 3]).sum()
    r = naive.pair_of_numbers(mixed.numbers[:, 0], mixed.numbers[:, 3], np.ones(80))
    assert A[0, 3] == pytest.approx(r**2 - 1 / (common - 1))
    assert plain[0, 3] == pytest.approx(r**2)
    assert A[2, 8] == pytest.approx(naive.bergsma(mixed.numbers[:, 2], mixed.numbers[:, 8], np.ones(80)))
    cut = SquaredCorrelation(debiased="cut")(mixed)
    np.testing.assert_allclose(cut.to_dense(), np.maximum(A, 0))
    assert cut.nonnegative
    assert not np.diagonal(A).any()


def test_edges_are_what_the_samples_of_a_pair_tell():
    mixed = table()
    A = SignificantCorrelation(2.0)(mixed).to_dense()
    there = ~mixed.missing
    for i, j in ((0, 3), (0, 4), (3, 9), (4, 10)):
        r = naive.pair_of_numbers(mixed.numbers[:, i], mixed.numbers[:, j], np.ones(80))
        assert A[i, j] == (abs(r) * np.sqrt((there[:, i] & there[:, j]).sum()) > 2)
    assert not A[1].any()


def test_attention_is_by_the_association():
    A = Attention(temperature=2.0)(table()).to_dense()
    np.testing.assert_allclose(A, np.sqrt(80) / 2 * expected(), atol=1e-12)
    pooled = PooledAttention()(table()).to_dense()[0]
    sums = np.maximum(expected().sum(axis=1), 0)
    np.testing.assert_allclose(pooled * 12, sums / sums.sum(), rtol=1e-4)


@pytest.mark.compiled
@pytest.mark.parametrize("affinity", [Redundancy(), Correlation(), SquaredCorrelation()], ids=repr)
@pytest.mark.parametrize("informative", [False, True])
def test_tiles_of_any_size_are_the_rows(affinity, informative, rng):
    A, x = affinity(table(300, informative=informative)), rng.standard_normal(300)
    stored = Stored(A.to_dense())
    np.testing.assert_allclose(stored.matrix, stored.matrix.T, atol=1e-12)
    for kept_bytes in (0, 2**30):
        A.keep(kept_bytes)
        for _ in range(2):
            np.testing.assert_allclose(A @ x, stored @ x, atol=1e-10)
    np.testing.assert_allclose(A.rows(np.array([3, 290])), stored.matrix[[3, 290]], atol=1e-12)


@pytest.mark.parametrize("informative", [False, True])
@pytest.mark.parametrize("affinity", ["inf-fs", "signed-correlation"])
def test_walks_go_through_the_whole_matrix(affinity, informative):
    mixed, settings = table(informative=informative), {"damping": 0.5, "readout": "sent"}
    selector = InfFS(affinity=affinity, **settings).fit(mixed)
    plain = np.random.default_rng(0).normal(size=(80, 12))
    walked = InfFS(affinity=selector.affinity_(mixed).to_dense(), **settings).fit(plain)
    np.testing.assert_allclose(selector.scores_, walked.scores_, rtol=1e-8)
    assert selector.ranking_.tolist() == walked.ranking_.tolist()


@pytest.mark.parametrize("informative", [False, True])
def test_attention_is_the_softmax_of_the_logits(informative):
    mixed = table(informative=informative)
    received = softmax(Attention()(mixed).to_dense(), axis=1).sum(axis=0)
    scores = AttentionSelector().fit(mixed).scores_
    np.testing.assert_allclose(scores / scores.sum(), received / received.sum(), rtol=1e-10)
    assert np.ptp(received) > 0


def test_landmarks_estimate_what_gaps_leave():
    mixed = table(300)
    exact = InfFS().fit(mixed).scores_
    found = InfFS(solver=Krylov(n_landmarks=150), n_features_to_select=10).fit(mixed).scores_
    assert np.corrcoef(exact, found)[0, 1] > 0.9


def test_a_graph_with_gaps_is_found_again(tmp_path):
    mixed = table()
    first = InfFS(memory=tmp_path).fit(mixed)
    assert len(mixed.missing)
    again = InfFS(memory=tmp_path, damping=0.5).fit(mixed)
    np.testing.assert_allclose(again.scores_, InfFS(damping=0.5).fit(mixed).scores_)
    assert first.anisotropy_ == pytest.approx(InfFS().fit(mixed).anisotropy_)


def test_what_gaps_leave_may_have_negative_eigenvalues():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 8)) + rng.normal(size=(30, 1))
    X[rng.random(X.shape) < 0.4] = np.nan
    selector = InfFS(affinity="signed-correlation", damping=0.5).fit(MixedTable(X))
    assert np.linalg.eigvalsh(selector.affinity_(MixedTable(X)).to_dense()).min() < 0
    radius = np.abs(np.linalg.eigvalsh(selector.affinity_(MixedTable(X)).to_dense())).max()
    assert selector.spectral_radius_ == pytest.approx(radius)


def test_anisotropy_is_the_mean_association_whatever_is_made_of_it():
    mixed, off = table(), ~np.eye(12, dtype=bool)
    for affinity in (Correlation("pearson"), Redundancy("pearson"), SquaredCorrelation(), Attention()):
        assert InfFS(affinity=affinity, damping=0.1).fit(mixed).anisotropy_ == pytest.approx(expected()[off].mean())


def test_components_of_gaps_labels_and_information_are_refused_by_name(rng):
    with pytest.raises(ValueError, match=r"remove_components needs .* without gaps: column 'x2' holds labels"):
        Correlation(remove_components=1)(table())
    with pytest.raises(ValueError, match=r"remove_components with correlation='mutual-information'.*no components"):
        Correlation("mutual-information", remove_components=1)(rng.normal(size=(30, 5)))
