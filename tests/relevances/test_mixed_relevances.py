"""Every relevance on a table with gaps and labels: the laws, or a refusal by name with a remedy."""

import naive
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import infsel.relevances as relevances
from infsel.relevances import (
    AUC,
    AbsoluteMean,
    AnovaF,
    Concordance,
    Correlation,
    Fisher,
    Given,
    IteratedRelief,
    MutualInformation,
    Relevance,
    ReliefF,
    RReliefF,
    SoftRelief,
    SquaredCorrelation,
    Wasserstein,
    relevance_of,
)
from infsel.tables import DenseTable, MixedTable
from infsel.targets import times_of

N = 60
OF_CLASSES = [
    AUC(),
    AnovaF(),
    Fisher(),
    Wasserstein(),
    MutualInformation(),
    MutualInformation(3, normalized=False),
    AbsoluteMean(Fisher(), AUC()),
    ReliefF(3),
    IteratedRelief(max_iter=3),
    SoftRelief(),
]
OF_NUMBERS = [
    Correlation(),
    Correlation("spearman"),
    Correlation(signed=True),
    SquaredCorrelation(),
    Concordance(),
    MutualInformation(),
    SoftRelief(),
    ReliefF(3),
    RReliefF(3),
]
BY_COLUMN = [one for one in [*OF_CLASSES, *OF_NUMBERS] if one.separable]
REFUSING = {
    relevances.Muteinf,
    relevances.IntegerInformation,
    relevances.SharedInformation,
    relevances.LatentFactor,
    relevances.MongeGap,
}
KINDS = np.array(["numeric", "nominal", "nominal", "numeric", "boolean", "nominal", "ordinal", "numeric"])
CASES = [(one, "classes") for one in OF_CLASSES] + [(one, "numbers") for one in OF_NUMBERS]
CASES += [(one, "times") for one in (Concordance(), Concordance(signed=True), Correlation(), MutualInformation())]
EVERY = pytest.mark.parametrize(("relevance", "target"), CASES, ids=lambda value: str(value))
INFORMATIVE = pytest.mark.parametrize("informative", [False, True])


@pytest.fixture
def numbers(rng):
    X = rng.normal(size=(N, 8)).round(1)
    for column, n_labels in ((1, 4), (2, 30), (5, 2), (6, 3)):
        X[:, column] = rng.integers(0, n_labels, N)
    X[:, 4] = X[:, 4] > 0
    X[rng.random(X.shape) < 0.15] = np.nan
    X[:, 7] = np.arange(N)
    return X


@pytest.fixture
def targets(numbers, rng):
    numeric = np.nan_to_num(numbers[:, 1]) % 3 + np.nan_to_num(numbers[:, 0]) + rng.normal(size=N)
    times = np.zeros(N, dtype=[("event", bool), ("time", float)])
    times["event"], times["time"] = rng.random(N) < 0.6, np.exp(numeric).round(1)
    classes = np.array(["a", "b", "c"])[np.digitize(numeric, [0.5, 1.5])]
    return {"numbers": numeric, "classes": classes, "times": times}


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-11)


def rate(relevance, table, y):
    return relevance_of(relevance, table, y, "start")


@EVERY
@INFORMATIVE
def test_they_are_finite_and_names_and_orders_change_nothing(relevance, target, informative, numbers, targets, rng):
    y = targets[target]
    expected = rate(relevance, MixedTable(numbers, KINDS, informative), y)
    assert np.isfinite(expected).all()
    assert np.count_nonzero(expected) >= (2 if isinstance(relevance, SquaredCorrelation) else 6)
    renamed = numbers.copy()
    for column, n_labels in ((1, 4), (2, 30), (5, 2)):
        there = ~np.isnan(renamed[:, column])
        renamed[there, column] = rng.permutation(n_labels)[renamed[there, column].astype(int)]
    close(rate(relevance, MixedTable(renamed, KINDS, informative), y), expected)
    columns, rows = rng.permutation(8), rng.permutation(N)
    permuted = MixedTable(numbers[np.ix_(rows, columns)], KINDS[columns], informative)
    close(rate(relevance, permuted, y[rows]), expected[columns])


@EVERY
@INFORMATIVE
def test_whole_weights_repeat_samples(relevance, target, informative, numbers, targets, rng):
    y, weights = targets[target], rng.integers(1, 4, N)
    repeated = MixedTable(np.repeat(numbers, weights, axis=0), KINDS, informative)
    expected = rate(relevance, repeated, np.repeat(y, weights))
    close(rate(relevance, MixedTable(numbers, KINDS, informative, weights.astype(float)), y), expected)
    close(relevance(MixedTable(numbers, KINDS, informative), y, weights.astype(float)), expected)


@EVERY
@INFORMATIVE
def test_numbers_without_gaps_are_a_plain_table_to_the_bit(relevance, target, informative, targets, rng):
    X, weights, y = rng.normal(size=(N, 4)), rng.random(N) + 0.5, targets[target]
    expected = rate(relevance, DenseTable(X, weights), y)
    np.testing.assert_array_equal(rate(relevance, MixedTable(X, None, informative, weights), y), expected)


@pytest.mark.parametrize("relevance", BY_COLUMN, ids=repr)
def test_numbers_are_rated_by_the_samples_that_have_them(relevance, numbers, targets):
    y = targets["numbers" if relevance in OF_NUMBERS and relevance not in OF_CLASSES else "classes"]
    plain = np.flatnonzero(KINDS != "nominal")
    found = rate(relevance, MixedTable(numbers, KINDS), y)[plain]
    for column, rating in zip(plain, found, strict=True):
        there = ~np.isnan(numbers[:, column])
        if isinstance(relevance, MutualInformation):
            relevance = MutualInformation(5, normalized=False)
            rating = rate(relevance, MixedTable(numbers, KINDS), y)[column] / there.mean()
        alone = numbers[there][:, [column]]
        if isinstance(relevance, MutualInformation) and y.dtype.kind == "f":
            continue  # whose groups are those of all samples
        assert rating == pytest.approx(relevance(alone, y[there])[0])


@pytest.mark.parametrize("relevance", [one for one in BY_COLUMN if not getattr(one, "signed", False)], ids=repr)
def test_two_labels_are_two_numbers(relevance, targets, rng):
    y = targets["numbers" if relevance in OF_NUMBERS and relevance not in OF_CLASSES else "classes"]
    x = rng.integers(0, 2, (N, 2)).astype(float)
    x[:5, 0] = np.nan
    as_labels = rate(relevance, MixedTable(x, np.array(["nominal", "nominal"])), y)
    close(as_labels, rate(relevance, MixedTable(x, np.array(["boolean", "ordinal"])), y))


def test_concordance_of_gaps_and_labels_is_that_of_times(numbers, targets):
    y, table = targets["times"], MixedTable(numbers, KINDS)
    found = rate(Concordance(), table, y)
    for column in range(8):
        there = ~np.isnan(numbers[:, column])
        x, event, time = numbers[there, column], y["event"][there], y["time"][there]
        kept = 1.0
        if KINDS[column] == "nominal":
            x = np.where(np.isin(x, [k for k in set(x) if (x == k).sum() > 1]), x, 99)
            residuals = naive.martingale_residuals(event, time)
            explained = naive.eta_squared(residuals, x)
            kept = naive.beyond_chance(explained, len(x), len(set(x)) - 1) / explained
            x = [np.mean(residuals[x == label]) for label in x]
        expected = np.sqrt(kept) * abs(2 * naive.concordance(x, event, time) - 1)
        assert found[column] == pytest.approx(expected, abs=1e-12)


def test_labels_rate_by_their_definitions(numbers, targets):
    y, numeric = targets["classes"], targets["numbers"]
    there = ~np.isnan(numbers[:, 1])
    labels, n = numbers[there, 1], there.sum()
    table = MixedTable(numbers[:, [1, 0]], np.array(["nominal", "numeric"]))
    assert rate(AnovaF(), table, y)[0] == pytest.approx(naive.anova_of_labels(labels, y[there]))
    assert rate(AUC(), table, y)[0] == pytest.approx(naive.auc_of_labels(labels, y[there]))
    share = naive.beyond_chance(naive.eta_squared(numeric[there], labels), n, 3)
    assert rate(Correlation(), table, numeric)[0] == pytest.approx(np.sqrt(share))
    assert rate(SquaredCorrelation(), table, numeric)[0] == pytest.approx(max(share - 1 / (n - 1), 0))
    ranked = naive.beyond_chance(naive.eta_squared(naive.ranks(numeric[there]), labels), n, 3)
    assert rate(Correlation("spearman"), table, numeric)[0] == pytest.approx(np.sqrt(ranked))


def test_labels_that_decide_the_class_rate_as_a_perfect_number_does(rng):
    codes = rng.integers(0, 3, N)
    X = np.column_stack([codes, rng.normal(size=N)]).astype(float)
    X[0, 1] = np.nan
    table, y = MixedTable(X, np.array(["nominal", "numeric"])), np.array(["c", "a", "b"])[codes]
    perfect = AnovaF()(np.where(codes == 1, 5.0, codes)[:, np.newaxis], y)[0]
    assert rate(AnovaF(), table, y)[0] == pytest.approx(perfect)
    assert rate(AUC(), table, y)[0] == pytest.approx(1)


def test_soft_relief_by_differences(numbers, targets):
    y = targets["classes"]
    pooled = naive.with_pooled(numbers, KINDS == "nominal")
    differences = [naive.difference(x, kind == "nominal") for x, kind in zip(pooled.T, KINDS, strict=True)]
    found = rate(SoftRelief(), MixedTable(numbers, KINDS), y)
    np.testing.assert_allclose(found, naive.soft_relief_of_differences(differences, y, 0.5), atol=1e-12)


@pytest.mark.parametrize(("relevance", "target"), CASES, ids=str)
def test_a_label_a_sample_never_leads(relevance, target, numbers, targets, rng):
    """And neither does a column that is hardly there."""
    X, kinds = np.column_stack([numbers, np.arange(N), rng.permutation(N) // 2]), np.r_[KINDS, ["nominal"] * 2]
    X[:, 3] = targets["numbers"]
    found = rate(relevance, MixedTable(X, kinds), targets[target])
    assert np.argmax(found) == 3
    assert (found[8:] < 0.5 * found[3]).all()


@pytest.mark.parametrize("relevance", [one for one in BY_COLUMN if isinstance(one, AUC | AnovaF | MutualInformation)])
def test_gaps_count_where_they_are_informative(relevance, targets, rng):
    y, x = targets["classes"], rng.normal(size=(N, 2))
    x[(y == "a") & (rng.random(N) < 0.8), 0] = np.nan
    pairwise, informative = (rate(relevance, MixedTable(x, None, which), y) for which in (False, True))
    assert informative[0] > 2 * pairwise[0]
    assert informative[1] == pytest.approx(pairwise[1])


def test_every_relevance_is_known_here():
    kinds = {one for one in vars(relevances).values() if isinstance(one, type) and issubclass(one, Relevance)}
    concrete = {one for one in kinds if not getattr(one, "__abstractmethods__", None)}
    assert {type(one) for one, _ in CASES} | REFUSING | {Given} == concrete


@pytest.mark.parametrize("kind", sorted(REFUSING, key=lambda kind: kind.__name__))
def test_the_others_refuse_by_name_with_a_remedy(kind, numbers, targets):
    names = np.array(list("abcdefgh"))
    with pytest.raises(ValueError, match=rf"{kind.__name__}.*'b' holds labels.*OneHotEncoder.*'mutual-information'"):
        rate(kind(), MixedTable(numbers, KINDS, names=names), targets["classes"])


@pytest.mark.parametrize("kind", sorted(REFUSING, key=lambda kind: kind.__name__))
def test_the_others_take_numbers_without_gaps(kind, targets, rng):
    X = rng.normal(size=(N, 3))
    np.testing.assert_array_equal(kind()(MixedTable(X), targets["classes"]), kind()(X, targets["classes"]))
    np.testing.assert_array_equal(rate(kind(), MixedTable(X), targets["classes"]), kind()(X, targets["classes"]))


def test_given_weights_need_no_table_and_a_callable_needs_a_plain_one(numbers):
    table = MixedTable(numbers, KINDS, names=np.array(list("abcdefgh")))
    assert rate(["b", "h"], table, None).tolist() == [0, 1, 0, 0, 0, 0, 0, 1]
    assert rate(np.arange(8), table, None).tolist() == list(range(8))
    with pytest.raises(ValueError, match=r"Given.*holds labels.*OneHotEncoder"):
        rate(lambda X, y: X.mean(axis=0), table, None)


def test_a_target_that_is_the_same_wherever_a_column_is_says_nothing(rng):
    x, y = rng.normal(size=(N, 2)), np.arange(N) % 3
    x[y != 1, 0] = np.nan
    for relevance in (AUC(), AnovaF(), Fisher(), Wasserstein()):
        found = rate(relevance, MixedTable(x), y)
        assert found[0] == 0
        assert found[1] > 0


def test_halves_keep_equal_rows_together_also_with_gaps(numbers, targets):
    twice = MixedTable(np.repeat(numbers, 2, axis=0), KINDS)
    for half in relevances.halves(twice, np.repeat(targets["classes"], 2), n_splits=2):
        assert (half[::2] % 2 == 0).all()
        assert (half[1::2] == half[::2] + 1).all()
    fitted = relevances.cross_fitted("auc", MixedTable(numbers, KINDS), targets["classes"], n_splits=2)
    assert np.isfinite(fitted.given).all()


def test_correlations_with_a_target_that_is_constant_where_a_column_is_are_0(rng):
    x, y = rng.normal(size=(N, 2)), np.r_[np.full(N // 2, 1e3 + 0.1), rng.normal(size=N // 2)]
    x[N // 2 :, 0] = np.nan
    for relevance in (Correlation(), Correlation("spearman"), SquaredCorrelation()):
        found = rate(relevance, MixedTable(x), y)
        assert found[0] == 0
        assert np.isfinite(found).all()


@pytest.mark.parametrize(("relevance", "target"), CASES, ids=str)
@settings(max_examples=20)
@given(
    X=arrays(np.float64, (12, 4), elements=st.sampled_from([0.0, 1.0, 2.0, 7.0, np.nan])),
    kinds=arrays(np.dtype("U7"), 4, elements=st.sampled_from(["numeric", "nominal"])),
    informative=st.booleans(),
    single=st.booleans(),
)
def test_small_tables_full_of_gaps(relevance, target, X, kinds, informative, single):
    y = np.arange(12) % 3 if target == "classes" else np.array([0.5, 3.1, 2.2, 2.2, -1, 8, 0.5, 4.7, 1.1, 6.3, 2.9, 3])
    table = MixedTable(X.astype(np.float32) if single else X, kinds, informative)
    found = rate(relevance, table, y)
    assert np.isfinite(found).all()
    assert (found[~table.varying()] == 0).all()


@pytest.mark.parametrize("relevance", [one for one in BY_COLUMN if hasattr(one, "of_gaps")], ids=str)
@pytest.mark.parametrize("weighted", [False, True])
def test_where_gaps_are_rates_as_a_column_that_says_so(relevance, weighted, numbers, targets, rng):
    y = np.unique(targets["classes"], return_inverse=True)[1] if relevance.classes_only else targets["numbers"]
    weights = rng.integers(1, 4, N) / 2 if weighted else None
    table = MixedTable(numbers[:, :7], weights=weights)
    expected = rate(relevance, DenseTable(np.isnan(numbers[:, :7]) * 1.0, weights), y)
    close(relevance.of_gaps(table, times_of(y) if isinstance(relevance, Concordance) else y), expected)
    assert np.count_nonzero(expected)
