import warnings

import naive
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.base import clone

from infsel import InfFS
from infsel.affinities import Attention, Dispersion, Given, Redundancy, Relevance, Sum, inf_fs
from infsel.operators import Stored
from infsel.tables import as_table


@pytest.mark.parametrize("correlation", ["spearman", "pearson"])
def test_redundancy_equals_its_definition(table, correlation):
    A = Redundancy(correlation)(table).to_dense()
    np.testing.assert_allclose(A, naive.redundancy(table, getattr(naive, correlation)), atol=1e-14)
    assert A[1, 3] == pytest.approx(0, abs=1e-14)
    assert A[0, 5] == pytest.approx(0, abs=1e-14)


@pytest.mark.parametrize("n_samples", [369, 370])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rank_correlations_are_exact_in_either_precision_of_their_ranks(rng, n_samples, dtype):
    X = rng.standard_normal((n_samples, 5)).astype(dtype)
    X[:, 1] = np.round(X[:, 1])
    X[:, 2] = -X[:, 0]
    A, x = Redundancy()(X), rng.standard_normal(5)
    expected = naive.redundancy(X)
    tolerance = 1e-14 if dtype == np.float64 else 1e-6
    np.testing.assert_allclose(A.to_dense(), expected, atol=tolerance)
    np.testing.assert_allclose(A @ x, expected @ x, atol=10 * tolerance)
    assert A.dtype == dtype


def test_dispersion_equals_its_definition(table):
    np.testing.assert_allclose(Dispersion()(table).to_dense(), naive.dispersion(table), atol=1e-14)


def test_attention_equals_its_definition(table):
    np.testing.assert_allclose(Attention(0.7)(table).to_dense(), naive.attention(table, 0.7), atol=1e-12)


@pytest.mark.parametrize("alpha", [0, 0.3, 1])
def test_the_classic_affinity_equals_its_definition(table, alpha):
    np.testing.assert_allclose(inf_fs(alpha)(table).to_dense(), naive.inf_fs(table, alpha), atol=1e-14)


@pytest.mark.parametrize("offset", [0, 1e9])
@pytest.mark.parametrize("scale", [1e-200, 1, 1e150])
def test_scale_and_offset_do_not_change_correlations(table, scale, offset):
    reference = Redundancy("pearson")(table).to_dense()
    np.testing.assert_allclose(
        Redundancy("pearson")((table + offset) * scale).to_dense(), reference, atol=1e-14 if offset == 0 else 1e-6
    )


def test_equal_spreads_are_flat_and_say_so(table):
    standardized = (table - table.mean(0)) / table.std(0)
    with pytest.warns(UserWarning, match=r"same standard deviation.*MinMaxScaler"):
        A = Dispersion()(standardized).to_dense()
    assert not A.any()


def test_equal_spreads_after_rounding_in_a_file_are_flat_too(table):
    standardized = np.round((table - table.mean(0)) / table.std(0), 8)
    with pytest.warns(UserWarning, match="same standard deviation"):
        assert not Dispersion()(standardized).to_dense().any()


def test_row_order_does_not_matter_to_standardized_tables(table, rng):
    standardized = (table - table.mean(0)) / table.std(0)
    with pytest.warns(UserWarning, match="standard deviation"):
        A = inf_fs()(standardized).to_dense()
    with pytest.warns(UserWarning, match="standard deviation"):
        B = inf_fs()(rng.permutation(standardized)).to_dense()
    np.testing.assert_allclose(A, B, atol=1e-13)


def test_a_term_of_weight_zero_is_not_computed(table):
    standardized = (table - table.mean(0)) / table.std(0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        inf_fs(alpha=0)(standardized)


def test_float32_stays_float32(table):
    for affinity in (inf_fs(), Attention(), Redundancy(), Dispersion()):
        A = affinity(table.astype(np.float32))
        assert A.dtype == np.float32
        np.testing.assert_allclose(A.to_dense(), affinity(table).to_dense(), atol=1e-4)


def test_affinities_add_and_scale_like_formulas(table):
    formula = 2 * (0.25 * Dispersion() + Redundancy("pearson")) + Attention()
    expected = 0.5 * Dispersion()(table).to_dense() + 2 * Redundancy("pearson")(table).to_dense()
    np.testing.assert_allclose(formula(table).to_dense(), expected + Attention()(table).to_dense(), atol=1e-12)
    assert isinstance(formula, Sum)
    assert repr(formula) == "2 * (0.25 * Dispersion() + Redundancy(correlation='pearson')) + Attention()"
    with pytest.raises(TypeError):
        Dispersion() + 1
    with pytest.raises(TypeError):
        Dispersion() * "a"
    with pytest.raises(TypeError):
        "a" * Dispersion()


def test_affinities_form_an_algebra(table):
    D, R, Z = (affinity(table).to_dense() for affinity in (Dispersion(), Redundancy(), Attention()))
    one, two, three = Dispersion(), Redundancy(), Attention()
    fisher = Relevance("fisher")
    F = fisher(table, np.arange(40) % 2).to_dense()
    for formula, expected, text in (
        (two * 0.5, R / 2, "0.5 * Redundancy()"),
        (two / 4, R / 4, "0.25 * Redundancy()"),
        (np.float64(2) * two, 2 * R, "2 * Redundancy()"),
        (-two, -R, "-1 * Redundancy()"),
        (sum([one, two, three]), D + R + Z, "Dispersion() + Redundancy() + Attention()"),
        (one - two, D - R, "Dispersion() - Redundancy()"),
        (one - 2 * (two + three), D - 2 * (R + Z), "Dispersion() - 2 * (Redundancy() + Attention())"),
        (one * two, D * R, "Dispersion() * Redundancy()"),
        ((one + two) * three, (D + R) * Z, "(Dispersion() + Redundancy()) * Attention()"),
        (three * three, Z * Z, "Attention() * Attention()"),
        (fisher * two * 2, 2 * F * R, "2 * Relevance() * Redundancy()"),
    ):
        A, x = formula(table, np.arange(40) % 2), np.arange(9.0)
        np.testing.assert_allclose(A.to_dense(), expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(A @ x, expected @ x, rtol=1e-11, atol=1e-10)
        np.testing.assert_allclose(A.T @ x, expected.T @ x, rtol=1e-11, atol=1e-10)
        assert repr(formula) == text
        assert A.nonnegative in (None, expected.min() >= 0)
    assert (three * three)(table).nonnegative
    assert (one * two)(table).nonnegative


def test_products_and_differences_rank_and_are_searched(table):
    y = np.arange(40) % 2
    selector = InfFS(affinity=Relevance("fisher") * Redundancy() - 0.1 * Dispersion(), n_hops=3).fit(table, y)
    assert np.ptp(selector.scores_) > 0
    copy = clone(selector).set_params(affinity__first__second__correlation="pearson", affinity__second__weight=-0.2)
    assert repr(copy.affinity) == "Relevance() * Redundancy(correlation='pearson') - 0.2 * Dispersion()"


def test_a_given_affinity_is_taken_as_it_is(table):
    matrix = np.arange(81.0).reshape(9, 9)
    for source in (matrix, matrix.tolist(), Stored(matrix), lambda X, y: matrix):
        np.testing.assert_array_equal(Given(source)(table).to_dense(), matrix)


def test_a_callable_sees_the_whole_table_and_the_target(table):
    seen = []

    def rule(X, y):
        seen.append((X.shape, y))
        return np.eye(9)

    A = Given(rule).among(np.array([0, 8]), as_table(table), "target")
    assert seen == [((40, 9), "target")]
    np.testing.assert_array_equal(A.to_dense(), np.eye(2))


def test_nan_outside_the_graph_is_not_read_and_inside_is_named(table):
    matrix = np.ones((9, 9))
    matrix[2] = np.nan
    assert Given(matrix).among(np.array([0, 1]), as_table(table)).to_dense().sum() == 4
    with pytest.raises(ValueError, match=r"affinity\[2, 1\] is nan"):
        Given(matrix).among(np.array([1, 2]), as_table(table))


def test_parameters_are_checked_when_they_are_used(table):
    with pytest.raises(ValueError, match=r"correlation='kendall'.*'pearson' or 'mutual-information'"):
        Redundancy("kendall")(table)
    for temperature in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="temperature"):
            Attention(temperature)(table)


@given(
    arrays(np.float64, st.tuples(st.integers(2, 12), st.integers(1, 6)), elements=st.integers(-3, 3).map(float)),
    st.randoms(use_true_random=False),
)
def test_permuting_columns_permutes_every_affinity(X, random):
    assume((np.ptp(X, axis=0) > 0).all())
    order = random.sample(range(X.shape[1]), X.shape[1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # small integer tables often have equal spreads
        for affinity in (Dispersion(), Redundancy(), Redundancy("pearson"), Attention()):
            A = affinity(X).to_dense()
            np.testing.assert_allclose(affinity(X[:, order]).to_dense(), A[np.ix_(order, order)], atol=1e-12)


def test_a_given_matrix_in_a_formula_covers_constant_columns_too(rng):
    X, matrix = rng.standard_normal((20, 6)), rng.random((6, 6))
    X[:, 2] = 1
    matrix[2] = matrix[:, 2] = np.nan
    kept = np.array([0, 1, 3, 4, 5])
    formula = 2.0 * Given(matrix) + Dispersion()
    expected = 2 * matrix[np.ix_(kept, kept)] + Dispersion()(X[:, kept]).to_dense()
    np.testing.assert_allclose(formula.among(kept, as_table(X)).to_dense(), expected)
    assert InfFS(affinity=formula).fit(X).ranking_[2] == 6
