"""Each relevance against its definition and against scikit-learn."""

import naive
import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.feature_selection import f_classif
from sklearn.metrics import normalized_mutual_info_score, roc_auc_score

from infsel.relevances import (
    AUC,
    AnovaF,
    Correlation,
    Fisher,
    Given,
    IntegerInformation,
    LatentFactor,
    Muteinf,
    MutualInformation,
    SharedInformation,
)
from infsel.relevances._tokens import token_counts


@pytest.fixture
def labels(rng):
    return np.array(["low", "middle", "high"])[rng.permutation(np.arange(40) % 3)]


@pytest.fixture
def pair(labels):
    return (labels == "high").astype(int)


@pytest.fixture
def with_constant(table):
    table[:, 8] = 0.1  # its mean of 40 is not 0.1
    return table


def by_column(rule, X, y, *rest):
    return [rule(x.tolist(), np.asarray(y).tolist(), *rest) for x in X.T]


@pytest.mark.parametrize("name", ["fisher", "anova", "auc"])
@pytest.mark.parametrize("target", ["labels", "pair"])
def test_class_relevances_equal_their_definitions(with_constant, target, name, request):
    y = request.getfixturevalue(target)
    relevance = {"fisher": Fisher, "anova": AnovaF, "auc": AUC}[name]()
    expected = by_column(getattr(naive, name), with_constant, y)
    np.testing.assert_allclose(relevance(with_constant, y), expected, rtol=1e-12, atol=1e-15)


def test_a_feature_constant_in_both_classes_has_its_gap_divided_by_10000():
    X = np.repeat([[0.1, 3.0], [0.7, 1.0]], 3, axis=0)
    assert Fisher()(X, [0, 0, 0, 1, 1, 1]).tolist() == pytest.approx([0.36 / 10000, 4 / 10000], rel=1e-14)


@pytest.mark.filterwarnings("ignore:class .* has one sample", "ignore:. classes of y have one sample")
def test_a_class_of_one_sample_has_no_variance():
    assert Fisher()(np.array([[1.0], [3.0], [6.0]]), [0, 0, 1]).tolist() == [8.0]


def test_anova_equals_scikit_learn(table, labels):
    np.testing.assert_allclose(AnovaF()(table, labels), f_classif(table, labels)[0], rtol=1e-10)


@pytest.mark.filterwarnings("ignore:class .* has one sample", "ignore:. classes of y have one sample")
@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_anova_of_perfect_separation_is_finite_and_tops_everything(table, labels, offset):
    codes = np.unique(labels, return_inverse=True)[1]
    X = np.column_stack([table, codes, -0.1 * codes]) + offset
    assert AnovaF()(X, labels)[-2:].tolist() == pytest.approx([2**52 * 37 / 2] * 2, rel=1e-6)
    assert AnovaF()(np.array([[1.0], [2.0]]), [0, 1]).tolist() == pytest.approx([2**52])


def test_auc_equals_scikit_learn(table, pair):
    expected = [abs(2 * roc_auc_score(pair, x) - 1) for x in table.T]
    np.testing.assert_allclose(AUC()(table, pair), expected, atol=1e-14)


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_correlation_equals_its_definition(with_constant, rng, method):
    y = np.round(rng.standard_normal(40) + with_constant[:, 0], 1)
    expected = by_column(naive.correlation, with_constant, y, getattr(naive, method))
    np.testing.assert_allclose(Correlation(method)(with_constant, y), expected, atol=1e-14)


@pytest.mark.parametrize("normalized", [True, False])
@pytest.mark.parametrize("bins", [None, 2, 7, 100])
def test_mutual_information_equals_its_definition(with_constant, labels, bins, normalized):
    expected = by_column(naive.mutual_information, with_constant, labels, bins or 10, normalized)
    np.testing.assert_allclose(MutualInformation(bins, normalized)(with_constant, labels), expected, atol=1e-14)


def test_mutual_information_of_labels_equals_scikit_learn(rng):
    X, y = rng.integers(0, 4, (60, 5)).astype(float), rng.integers(0, 3, 60)
    expected = [normalized_mutual_info_score(x, y) for x in X.T]
    np.testing.assert_allclose(MutualInformation(bins=4)(X, y), expected, atol=1e-14)


@pytest.mark.parametrize(("n_samples", "n_groups"), [(9, 3), (40, 6), (300, 10)])
def test_mutual_information_cuts_a_continuous_target_at_quantiles(rng, n_samples, n_groups):
    X, y = rng.standard_normal((n_samples, 3)), rng.standard_normal(n_samples).round(1)
    groups = naive.quantile_groups(y, n_groups)
    bins = 20 if n_samples > 200 else max(n_samples // 10, 10)
    expected = by_column(naive.mutual_information, X, groups, bins, True)
    np.testing.assert_allclose(MutualInformation()(X, y), expected, atol=1e-14)


def test_many_different_integers_are_a_continuous_target(rng):
    X, y = rng.standard_normal((60, 3)), rng.permutation(60)
    np.testing.assert_array_equal(MutualInformation()(X, y), MutualInformation()(X, y + 0.5))
    few = rng.integers(0, 12, 600)
    with pytest.warns(UserWarning, match=r"y holds 12 different whole numbers and is read as so .*y\.astype\(str\)"):
        as_classes = MutualInformation()(X[few], few)
    assert not np.array_equal(as_classes, MutualInformation()(X[few], few + 0.5))
    np.testing.assert_array_equal(as_classes, MutualInformation()(X[few], [f"{label:02}" for label in few]))


@pytest.mark.parametrize("y", [[0.5, *[1.5] * 19], [*[0.5] * 19, 1.5]])
def test_a_continuous_target_with_many_ties_still_has_two_groups(y):
    assert MutualInformation(bins=2)(np.array(y)[:, np.newaxis], y).tolist() == pytest.approx([1.0])


@pytest.mark.parametrize("n_samples", [30, 109, 110, 157, 200, 201, 260])
@pytest.mark.parametrize("kind", ["continuous", "integer", "ternary", "constant"])
def test_muteinf_equals_its_definition(rng, n_samples, kind):
    X = rng.standard_normal((n_samples, 4)) * 3
    X = {"continuous": X, "integer": X.round(), "ternary": np.sign(X.round()), "constant": 0 * X + 0.1}[kind]
    for y in (rng.integers(0, 2, n_samples), rng.integers(0, 4, n_samples)):
        np.testing.assert_allclose(Muteinf()(X, y), by_column(naive.muteinf, X, y), rtol=1e-12, atol=1e-14)


def test_muteinf_of_discrete_data_exceeds_1_where_the_sound_one_does_not(rng):
    X, y = rng.integers(-1, 2, (60, 5)) * 2.0, rng.integers(0, 2, 60)
    X[:, 4] = 2
    assert (Muteinf()(X, y) > 1).all()
    assert Muteinf()(X, y).argmax() == 4
    assert (MutualInformation()(X, y) < 0.2).all()


def test_integer_information_equals_its_definition(with_constant, labels):
    expected = by_column(naive.integer_information, with_constant, labels)
    np.testing.assert_allclose(IntegerInformation()(with_constant, labels), expected, atol=1e-13)
    assert IntegerInformation()(with_constant, labels)[8] == 0


def test_integer_information_rounds_a_numeric_target_down(table, rng):
    y = 3 * rng.standard_normal(40)
    np.testing.assert_array_equal(IntegerInformation()(table, y), IntegerInformation()(table, np.floor(y)))


def test_shared_information_equals_its_definition(with_constant):
    expected = naive.shared_information(with_constant)
    np.testing.assert_allclose(SharedInformation()(with_constant), expected, atol=1e-12)


def test_shared_information_does_not_depend_on_the_blocks(table, monkeypatch):
    whole = SharedInformation()(table)
    monkeypatch.setattr("infsel.relevances._integer_information._ENTRIES", 800)
    np.testing.assert_array_equal(SharedInformation()(table), whole)


def test_shared_information_of_one_feature_and_of_copies(table):
    assert SharedInformation()(table[:, :1]).tolist() == [0]
    scores = SharedInformation()(table)
    assert scores[1] == scores[3]


@pytest.mark.parametrize("variant", ["2017", "2018", "auto"])
@pytest.mark.parametrize("n_tokens", [3, 4, 7])
@pytest.mark.parametrize("target", ["labels", "pair"])
def test_latent_factor_equals_its_definition(with_constant, variant, n_tokens, target, request):
    y = request.getfixturevalue(target)
    expected = naive.latent_factor(with_constant, y.tolist(), variant, n_tokens)
    np.testing.assert_allclose(LatentFactor(variant, n_tokens)(with_constant, y), expected, atol=1e-12)


def test_latent_factor_knows_each_release_s_number_of_tokens(table, pair):
    for variant, n_tokens in (("2017", 4), ("2018", 3), ("auto", 4)):
        np.testing.assert_array_equal(LatentFactor(variant)(table, pair), LatentFactor(variant, n_tokens)(table, pair))


@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_sample_on_all_class_means_bears_no_token():
    X = np.array([[-3.0, 0.0, 3.0, -1.0, 0.0, 1.0], [0.1] * 6]).T
    counts = token_counts(X, np.array([0, 0, 0, 1, 1, 1]), 4, squared=True, floored=False)
    assert counts.T.tolist() == [[0, 4, 0, 0], [0, 0, 0, 0]]


def test_a_given_relevance_is_taken_as_it_is(table):
    weights = list(range(9))
    for source in (weights, np.array(weights), lambda X, y: weights):
        assert Given(source)(table).tolist() == weights
    assert Given(lambda X, y: [len(X), y])(table, 5).tolist() == [40, 5]


def test_ranks_of_the_table_have_the_same_auc_and_rank_correlation(table, pair):
    ranks = rankdata(table, axis=0)
    np.testing.assert_array_equal(AUC()(ranks, pair), AUC()(table, pair))
    assert ranks[:, 0].tolist() == naive.ranks(table[:, 0]).tolist()
    np.testing.assert_allclose(
        Correlation("spearman")(table, table[:, 2]), Correlation()(ranks, ranks[:, 2]), atol=1e-15
    )
