"""Leading singular pairs: the definition, the identities of Primal-Attention, and who drives whom."""

import naive
import numpy as np
import pytest
from scipy.sparse.linalg import svds

from infsel import InfFS
from infsel.affinities import Correlation, Given, Lagged
from infsel.krylov import Krylov
from infsel.operators import Gramian, LowRank, Stored
from infsel.propagations import Singular, propagate


@pytest.fixture(params=["signed", "positive"])
def A(request, rng):
    A = rng.standard_normal((30, 30))
    return A if request.param == "signed" else np.abs(A)


@pytest.fixture
def panel(rng):
    """Four drivers of one channel, four followers one row later, and noise."""
    X, flow = rng.standard_normal((300, 20)), rng.standard_normal(301)
    X[:, :4] += flow[1:, np.newaxis]
    X[:, 4:8] -= flow[:-1, np.newaxis]
    return X


def scores(A, rule=None, **settings):
    return propagate(A if hasattr(A, "matvec") else Stored(A), np.ones(A.shape[0]), rule or Singular(), **settings)


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("rank", [1, 2, 5, 40])
def test_scores_are_the_definition(A, rank, transposed):
    expected = naive.singular_scores(A.T if transposed else A, rank)
    flow = scores(A, Singular(rank), transposed=transposed)
    np.testing.assert_allclose(flow.scores, expected, atol=1e-11)
    assert flow.converged
    assert np.linalg.norm(flow.scores - expected) <= flow.error * np.linalg.norm(expected)
    assert flow.spectral_radius == pytest.approx(np.linalg.norm(A, 2) ** 2)
    rule = Singular(rank)
    np.testing.assert_allclose(rule.finish(rule(A.T if transposed else A, np.ones(30))), expected, atol=1e-12)


@pytest.mark.parametrize("rank", [1, 3])
def test_scores_are_those_of_scipy(A, rank):
    U, s, Vt = svds(A, k=rank, v0=np.ones(30), tol=1e-14)
    for transposed, vectors in ((False, U), (True, Vt.T)):
        expected = (np.square(vectors) * (s / s.max()) ** 2).sum(axis=1)
        np.testing.assert_allclose(scores(A, Singular(rank), transposed=transposed).scores, expected, atol=1e-10)


def test_scores_of_a_product_are_those_of_the_small_svd(rng):
    """QR of queries and keys and the SVD of R_q R_k^T: O(n d^2), and the bound on the error holds."""
    Q, K = rng.standard_normal((500, 12)), rng.standard_normal((500, 12))
    (Uq, R), (Uk, S) = np.linalg.qr(Q), np.linalg.qr(K)
    U, s, Vt = np.linalg.svd(R @ S.T)
    for transposed, vectors in ((False, Uq @ U), (True, Uk @ Vt.T)):
        expected = (np.square(vectors) * (s / s[0]) ** 2)[:, :2].sum(axis=1)
        flow = scores(LowRank(Q, K), Singular(2), transposed=transposed)
        np.testing.assert_allclose(flow.scores, expected, atol=1e-13)
        assert flow.n_products <= 13


def primal(rng, rank=4):
    """Cosine features of queries and keys, and the stationary point of the objective."""
    Q, K = rng.standard_normal((60, 9)), rng.standard_normal((60, 9))
    Q, K = (M / np.linalg.norm(M, axis=1, keepdims=True) for M in (Q, K))
    U, s, Vt = np.linalg.svd(Q @ K.T)
    return Q, K, U[:, :rank], s[:rank], Vt[:rank].T


def test_projections_of_the_queries_are_scores_of_drivers(rng):
    Q, K, U, s, V = primal(rng)
    E, R = Q @ (K.T @ V), K @ (Q.T @ U)
    np.testing.assert_allclose(E, (Q @ K.T) @ V, atol=1e-14)
    for transposed, projections in ((False, E), (True, R)):
        flow = scores(LowRank(Q, K), Singular(4), transposed=transposed)
        np.testing.assert_allclose(flow.scores, np.square(projections / s[0]).sum(axis=1), atol=1e-13)


def test_the_objective_is_zero_at_the_stationary_point_and_nowhere_near_it(rng):
    Q, K, U, s, V = primal(rng)

    def objective(U, V):
        W_e, W_r = K.T @ V, Q.T @ U
        E, R = Q @ W_e, K @ W_r
        return (E**2 / s).sum() / 2 + (R**2 / s).sum() / 2 - np.trace(W_e.T @ W_r)

    assert abs(objective(U, V)) < 1e-13
    moved = np.linalg.qr(U + 0.1 * rng.standard_normal(U.shape))[0]
    assert objective(moved, V) > 1e-3


def test_infinitely_many_hops_through_a_product_are_a_small_system(rng):
    """Woodbury: (I - c Q K^T)^-1 1 = 1 + c Q (I - c K^T Q)^-1 K^T 1."""
    Q, K = rng.standard_normal((40, 5)) / 9, rng.standard_normal((40, 5)) / 9
    one, c = np.ones(40), 0.4
    dense = np.linalg.solve(np.eye(40) - c * Q @ K.T, one)
    np.testing.assert_allclose(one + c * Q @ np.linalg.solve(np.eye(5) - c * K.T @ Q, K.T @ one), dense, atol=1e-14)
    walks = InfFS(affinity=Given(Q @ K.T), normalization="none", propagation="resolvent", damping=c)
    np.testing.assert_allclose(walks.fit(rng.standard_normal((9, 40))).scores_, dense - 1, atol=1e-9)


def test_rank_one_is_the_limit_of_hubs_and_authorities(rng):
    A, hubs = rng.random((15, 15)), np.ones(15)
    for _ in range(300):
        authorities = A.T @ hubs
        hubs = A @ authorities
        hubs /= np.linalg.norm(hubs)
    np.testing.assert_allclose(scores(A).scores, hubs**2, atol=1e-12)


@pytest.mark.parametrize("transposed", [False, True])
def test_gramian_is_a_product_with_the_transpose(A, transposed, rng):
    G, M = Gramian(Stored(A), transposed), A.T if transposed else A
    X = rng.standard_normal((30, 2))
    np.testing.assert_allclose(G.to_dense(), naive.gram(M), atol=1e-11)
    np.testing.assert_allclose(G @ X, M @ M.T @ X, atol=1e-10)
    np.testing.assert_allclose(G.T @ X[:, 0], M @ M.T @ X[:, 0], atol=1e-10)
    assert G.nonnegative == (True if (A >= 0).all() else None)


def test_a_graph_without_edges_drives_nothing():
    np.testing.assert_array_equal(scores(np.zeros((5, 5))).scores, 0)


def test_a_graph_without_cycles_has_drivers_and_followers():
    A = np.zeros((4, 4))
    A[0, 2:] = 1, 2
    np.testing.assert_allclose(scores(A).scores, [1, 0, 0, 0], atol=1e-14)
    np.testing.assert_allclose(scores(A, transposed=True).scores, [0, 0, 0.2, 0.8], atol=1e-14)


@pytest.mark.parametrize("rank", [1, "auto"])
def test_drivers_and_followers_are_found(panel, rank):
    for readout, first in (("sent", 0), ("received", 4)):
        selector = InfFS(affinity=Lagged(), propagation=Singular(rank), readout=readout, n_features_to_select=4)
        assert selector.fit(panel).get_support(indices=True).tolist() == list(range(first, first + 4))


def test_rank_is_the_number_of_channels_above_chance(panel, rng):
    flow = rng.standard_normal(301)
    panel[:, 8:12] += flow[1:, np.newaxis]
    panel[:, 12:16] += flow[:-1, np.newaxis]
    A = Lagged()(panel)
    assert Singular("auto").resolve(A) == Singular(2)
    assert Singular("auto").resolve(3 * A) == Singular(2)
    assert Singular(3).resolve(A) == Singular(3)


def test_rank_of_noise_is_one_with_a_warning(rng):
    A = Lagged()(rng.standard_normal((50, 30)))
    with pytest.warns(UserWarning, match="no singular value"):
        assert Singular("auto").resolve(A) == Singular(1)


def test_rank_of_a_symmetric_product_is_known_and_of_a_matrix_is_not(panel, rng):
    assert Singular("auto").resolve(Correlation("pearson")(panel)).rank >= 1
    with pytest.raises(ValueError, match="pass rank as a number"):
        scores(rng.random((5, 5)), Singular("auto"))


def test_memory_between_fits_changes_nothing(panel, tmp_path):
    walks = {"affinity": Lagged(), "propagation": Singular("auto")}
    kept = InfFS(memory=str(tmp_path), **walks).fit(panel).scores_
    np.testing.assert_allclose(kept, InfFS(**walks).fit(panel).scores_, rtol=1e-12)


def test_explanations_add_up_for_one_pair_and_are_refused_for_more(panel):
    selector = InfFS(affinity=Lagged(), propagation="singular").fit(panel)
    neighbors = selector.explain(2, n_neighbors=20).query("part == 'neighbor'")
    assert neighbors.value.sum() == pytest.approx(selector.scores_[2])
    with pytest.raises(ValueError, match="explain with rank=1"):
        selector.set_params(propagation=Singular(2)).fit(panel).explain(2)


def test_bad_input_is_refused(panel):
    with pytest.raises(ValueError, match="rank=0: pass"):
        InfFS(affinity=Lagged(), propagation=Singular(0)).fit(panel)
    with pytest.raises(ValueError, match="propagation='singular', which forgets where walks start"):
        InfFS(affinity=Lagged(), propagation="singular", readout="seeded", start="pearson").fit(panel, panel[:, 0])
    with pytest.raises(ValueError, match="n_landmarks=16 with propagation='singular'"):
        InfFS(propagation="singular", solver=Krylov(n_landmarks=16)).fit(panel)
