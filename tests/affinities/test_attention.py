import naive
import numpy as np
import pytest

from infsel.affinities import Attention, AttentionToTarget, PooledAttention, pooled_attention
from infsel.normalizations import Softmax
from infsel.operators import Similarity


def tokens(X):
    return ((X - X.mean(axis=0)) / X.std(axis=0)).T


@pytest.mark.parametrize("pooling", ["mean", "max"])
@pytest.mark.parametrize("n_heads", [1, 3, 7])
def test_heads_split_the_embedding(table, n_heads, pooling):
    A = Softmax().apply(Attention(n_heads=n_heads, pooling=pooling)(table))
    Z = tokens(table)
    expected = naive.multi_head_attention(Z, Z, n_heads, {"mean": np.mean, "max": np.max}[pooling])
    np.testing.assert_allclose(A.to_dense(), expected, atol=1e-13)
    np.testing.assert_allclose(A.T @ np.ones(9), expected.sum(axis=0), rtol=1e-11)


def test_queries_and_keys_of_ones_own(table, rng):
    W_Q, W_K = rng.standard_normal((2, 40, 5))
    A = Attention(2.0, projection=(W_Q, W_K))(table)
    Z = tokens(table)
    np.testing.assert_allclose(A.to_dense(), (Z @ W_Q) @ (Z @ W_K).T / (2 * np.sqrt(5)), atol=1e-11)
    identity = Attention(projection=(np.eye(40), np.eye(40)))(table)
    np.testing.assert_allclose(identity.to_dense(), Attention()(table).to_dense(), atol=1e-12)


def test_layers_of_linear_attention_cube_singular_values_until_one_direction_is_left(rng):
    s, (U, _, V), alone = (
        np.array([1, 0.96, 0.7, 0.5, 0.2]),
        np.linalg.svd(rng.random((12, 5)), full_matrices=False),
        [],
    )
    layers = U * s @ V
    for layer in range(1, 6):
        layers = Similarity(layers).times(layers)  # (Z Z^T) Z
        left = np.linalg.svd(layers, compute_uv=False)
        np.testing.assert_allclose(left, s**3.0**layer, rtol=0, atol=1e-15 * 3**layer)  # and so does round-off
        alone.append(left[1] < 0.1)
    # one direction alone counts to precision eps after log3(log(1 / eps) / log(s1 / s2)) layers
    assert 1 + alone.index(True) == np.ceil(np.log(np.log(1 / 0.1) / np.log(1 / 0.96)) / np.log(3))


def test_principal_coordinates_keep_what_they_are_asked_for(table):
    Z = tokens(table)
    gram = Z @ Z.T
    rank = np.linalg.matrix_rank(Z)
    full = Attention(projection="pca", n_components=rank)(table)
    np.testing.assert_allclose(full.to_dense() * np.sqrt(rank), gram, atol=1e-10)
    values, vectors = np.linalg.eigh(gram)
    two = (vectors[:, -2:] * values[-2:]) @ vectors[:, -2:].T
    np.testing.assert_allclose(
        Attention(projection="pca", n_components=2)(table).to_dense() * np.sqrt(2), two, atol=1e-10
    )
    kept = Attention(projection="pca")(table).Z.shape[1]
    share = np.sort(values)[::-1].cumsum() / values.sum()
    assert share[kept - 1] >= 0.95 > share[kept - 2]


@pytest.mark.parametrize("n_samples", [10, 40, 400])
def test_the_automatic_temperature_gives_logits_of_unit_spread(n_samples, rng):
    X = rng.standard_normal((n_samples, 12)) @ rng.standard_normal((12, 12))
    logits = Attention(temperature="auto")(X).to_dense()
    assert logits[~np.eye(12, dtype=bool)].std() == pytest.approx(1)


def test_the_automatic_temperature_of_equal_tokens_is_one():
    X = np.tile(np.arange(5.0)[:, None], 3)
    np.testing.assert_allclose(Attention("auto")(X).to_dense(), Attention(1.0)(X).to_dense())


def test_every_head_has_its_own_automatic_temperature(table):
    for head in Attention("auto", n_heads=3)(table).children:
        assert head.to_dense()[~np.eye(9, dtype=bool)].std() == pytest.approx(1)


def test_the_target_asks_with_one_token_per_class(table):
    y = np.array(list("abcd"))[np.arange(40) % 4]
    Z = tokens(table)
    rows = []
    for value in "abcd":
        asking = (y == value) - (y == value).mean()
        logits = Z @ (asking / asking.std()) / np.sqrt(40)
        both = np.exp(logits) + np.exp(-logits)
        rows.append(both / both.sum())
    received = AttentionToTarget()(table, y).T @ np.ones(9)
    np.testing.assert_allclose(received, np.mean(rows, axis=0), rtol=1e-10)
    assert received.sum() == pytest.approx(1)


def test_a_continuous_target_finds_the_columns_it_depends_on_with_either_sign(rng):
    X = rng.standard_normal((60, 8))
    received = AttentionToTarget()(X, X[:, 2] - X[:, 5]).T @ np.ones(8)
    assert set(np.argsort(-received)[:2]) == {2, 5}
    auto = AttentionToTarget("auto")(X, X[:, 2] - X[:, 5]).T @ np.ones(8)
    assert set(np.argsort(-auto)[:2]) == {2, 5}


def test_pooled_attention_of_the_tokens(table):
    Z = tokens(table)
    np.testing.assert_allclose(PooledAttention()(table).T @ np.ones(9), pooled_attention(Z, Z), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize(
    ("affinity", "message"),
    [
        (Attention("hot"), "temperature='hot'"),
        (Attention(pooling="sum"), "pooling='sum'"),
        (Attention(n_heads=0), "n_heads=0"),
        (Attention(n_heads=41), "n_heads=41: pass a whole number from 1 to the 40"),
        (Attention(n_heads=1.5), "n_heads=1.5"),
        (Attention(projection="svd"), "projection='svd'"),
        (Attention(projection=(np.eye(40),)), "pair of matrices"),
        (Attention(projection=(np.eye(40), np.eye(39))), r"shapes \(40, 40\) and \(39, 39\).*40 samples"),
        (Attention(projection="pca", n_components=99), "n_components=99"),
        (AttentionToTarget(-1.0), "temperature=-1.0"),
        (AttentionToTarget(), "needs a target"),
    ],
)
def test_bad_parameters_are_named(table, affinity, message):
    with pytest.raises(ValueError, match=message):
        affinity(table)


def test_a_constant_target_is_refused(table):
    with pytest.raises(ValueError, match=r"y is 1\.0 everywhere: pass a target that varies"):
        AttentionToTarget()(table, np.ones(40))
