"""Every selector that reads a target, against every kind of target."""

from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest
from readers import ALL, OF_BOTH, OF_CLASSES, OF_NUMBERS, READ_NO_TIMES, order, seeded
from sklearn.base import clone
from sklearn.datasets import load_diabetes
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import LogisticRegression, Ridge

from infsel import (
    CoverageSelector,
    CriterionSelector,
    InfFS,
    InfFSCV,
    KnockoffSelector,
    RecursiveElimination,
    StabilitySelector,
    inf_fs_path,
)
from infsel.criteria import Filter
from infsel.relevances import (
    RReliefF,
    SoftRelief,
)


@pytest.fixture
def X(rng):
    return rng.standard_normal((60, 6))


@pytest.fixture
def numbers(X, rng):
    return X[:, 3] + 0.5 * X[:, 1] + 0.3 * rng.standard_normal(60)


@pytest.fixture
def codes(X, numbers):
    return np.digitize(numbers, np.quantile(numbers, [1 / 3, 2 / 3]))


@pytest.mark.parametrize("selector", [*OF_BOTH, *OF_NUMBERS[:-1]], ids=repr)
def test_whole_numbers_are_numbers(selector):
    X, y = load_diabetes(return_X_y=True)
    expected = order(selector, X, y)
    assert order(selector, X, y * 2 if "Integer" in repr(selector) else y / 8) == expected
    assert order(selector, X, y.astype(np.int32)) == expected
    assert order(selector, X, y.astype(int).astype(object)) == expected


@pytest.mark.parametrize("selector", OF_CLASSES, ids=repr)
def test_numbers_are_no_classes_whole_or_not(selector):
    X, y = load_diabetes(return_X_y=True)
    for target, what in ((y, "214 different whole numbers"), (y + 0.5, r"y holds 151\.5")):
        with pytest.raises(ValueError, match=f"{what}|compares classes and y holds numbers"):
            clone(selector).fit(X, target)
    if not isinstance(selector, CriterionSelector):
        with pytest.raises(
            ValueError, match=r"read as numbers \(regression\), not as class labels: use .*astype\(str\)"
        ):
            clone(selector).fit(X, y)


TYPES_OF_NUMBERS = [
    lambda y: y.astype(object),
    lambda y: np.array([Decimal(repr(v)) for v in y.tolist()], dtype=object),
    lambda y: pd.Series(y, dtype="Float64"),
    lambda y: pl.Series(y),
    lambda y: y[:, np.newaxis],
    lambda y: pd.DataFrame({"price": y}),
]


@pytest.mark.parametrize("selector", [*OF_BOTH, *OF_NUMBERS], ids=repr)
def test_numbers_of_any_type(selector, X, numbers):
    expected = order(selector, X, numbers)
    for kind in TYPES_OF_NUMBERS:
        assert order(selector, X, kind(numbers)) == expected


TYPES_OF_LABELS = [
    lambda y: np.array([7, 2**60, 2**60 + 1])[y],
    lambda y: np.array([7, 2**63, 2**63 + 1], dtype=np.uint64)[y],
    lambda y: np.array([2.0**52, 2.0**52 + 1, 2.0**52 + 2])[y],
    lambda y: np.array(["a", "b", "c"])[y],
    lambda y: pd.Series(["a", "b", "c"], dtype="category")[y],
    lambda y: pd.Series([7, 2**60, 2**60 + 1], dtype="Int64")[y],
    lambda y: pl.Series(np.array(["a", "b", "c"])[y]),
    lambda y: np.array([Decimal(1), Decimal(2), Decimal(3)])[y],
    lambda y: y[:, np.newaxis],
]


@pytest.mark.parametrize("selector", [*OF_BOTH, *OF_CLASSES], ids=repr)
def test_labels_of_any_type(selector, X, codes):
    expected = order(selector, X, codes)
    for kind in TYPES_OF_LABELS:
        assert order(selector, X, kind(codes)) == expected


def missing(y):
    labels = np.array(["a", "b", "c"])[y]
    gone = np.arange(len(y)) % 20 == 5
    return {
        "float": np.where(gone, np.nan, y),
        "string": pd.Series(labels, dtype="string").mask(gone),
        "object": pd.Series(labels, dtype=object).mask(gone),
        "category": pd.Series(labels, dtype="category").mask(gone),
        "Int64": pd.Series(y, dtype="Int64").mask(gone),
        "list": [None if g else label for g, label in zip(gone, labels.tolist(), strict=True)],
        "polars": pl.Series([None if g else label for g, label in zip(gone, labels.tolist(), strict=True)]),
    }


META = [
    KnockoffSelector(SelectKBest(k=2)),
    StabilitySelector(SelectKBest(k=2), n_pairs=2),
    StabilitySelector(RecursiveElimination(), n_pairs=2),
    InfFSCV(LogisticRegression(), alphas=[0.5]),
]


@pytest.mark.parametrize("selector", [*ALL, *META], ids=repr)
def test_missing_and_infinite_values_have_one_message(selector, X, codes):
    for y in missing(codes).values():
        with pytest.raises(ValueError, match=r"y contains .*: y has 3 missing values, the first in row 5; drop those"):
            clone(selector).fit(X, y)
    with pytest.raises(
        ValueError, match=r"y contains infinity: y has 3 infinite values, the first in row 5; drop those"
    ):
        clone(selector).fit(X, np.where(np.arange(60) % 20 == 5, np.inf, codes))


def test_missing_values_in_a_batch_and_on_a_path(X, codes):
    y = missing(codes)["float"]
    with pytest.raises(ValueError, match="y has 3 missing values, the first in row 5"):
        seeded("fisher").set_params(correlation="pearson").partial_fit(X, y)
    with pytest.raises(ValueError, match="y has 3 missing values, the first in row 5"):
        inf_fs_path(X, y, start="fisher", readout="seeded")


@pytest.mark.parametrize("selector", [CoverageSelector(), CriterionSelector(), RecursiveElimination()], ids=repr)
def test_of_several_outputs_the_column_is_named(selector, X, codes, numbers):
    y = pd.DataFrame({"kind": codes, "price": np.where(np.arange(60) > 50, np.nan, numbers)})
    for table, name in ((y, "'price'"), (y.to_numpy(), "1")):
        with pytest.raises(ValueError, match=f"column {name} of y has 9 missing values, the first in row 51"):
            selector.fit(X, table)


@pytest.mark.parametrize("selector", READ_NO_TIMES, ids=repr)
def test_what_compares_classes_takes_no_times(selector, X, codes):
    y = np.array([(code > 0, code) for code in codes], dtype=[("event", bool), ("time", float)])
    with pytest.raises(ValueError, match="y holds events and times, which are no class labels: use Concordance"):
        clone(selector).fit(X, y)


def test_what_no_part_reads_may_be_anything(X):
    expected = InfFS().fit(X).scores_
    survival = np.array([(True, 1.0)] * 60, dtype=[("event", bool), ("time", float)])
    for y in ([None] * 60, np.full(60, np.nan), survival, np.ones(60), [object()] * 60):
        np.testing.assert_array_equal(InfFS().fit(X, y).scores_, expected)
        StabilitySelector(InfFS(), n_pairs=1).fit(X, y)


@pytest.mark.parametrize("selector", [*OF_BOTH, *OF_NUMBERS], ids=repr)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_unit_of_the_target_does_not_matter(selector, dtype, X, numbers):
    X = X.astype(dtype)
    y = np.floor(16 * numbers) if "Integer" in repr(selector) else numbers
    expected = order(selector, X, y)
    for unit in (1e155, 1e300) if "Integer" in repr(selector) else (1e155, 1e-165, 1e300):
        assert order(selector, X, y * unit) == expected


@pytest.mark.parametrize("exponent", [600, -600])
def test_the_unit_of_features_does_not_matter_to_knockoffs(exponent, rng):
    X = rng.standard_normal((80, 6)) + 3
    y = X[:, 0] + rng.standard_normal(80)
    selector = InfFS(readout="seeded", start="spearman", affinity="attention")
    for covariance, scale in ((None, 1.0), (np.eye(6), 2.0 ** (2 * -300))):
        power = exponent if covariance is None else -300
        options = {"fdr": 0.5, "random_state": 0}
        expected = KnockoffSelector(selector, covariance=covariance, **options).fit(X, y).scores_
        given = None if covariance is None else covariance * scale
        scores = KnockoffSelector(selector, covariance=given, **options).fit(np.ldexp(X, power), y).scores_
        np.testing.assert_array_equal(scores, expected)


@pytest.mark.parametrize("selector", [CoverageSelector(), CriterionSelector(), RecursiveElimination()], ids=repr)
def test_the_task_is_said(selector, X, codes, numbers):
    assert selector.fit(X, codes).task_ == "classification"
    assert selector.fit(X, numbers).task_ == "regression"
    assert selector.fit(X, np.c_[codes, numbers]).task_ == ("classification", "regression")
    assert clone(selector).set_params(task="regression").fit(X, codes).task_ == "regression"


def test_counts_are_ranked_as_numbers(rng):
    X = rng.standard_normal((500, 12))
    y = rng.poisson(np.exp(2.3 + 0.35 * (X[:, :4] @ [1, -1, 1, 1]) / 2))
    assert 10 < len(np.unique(y)) < 100
    fitted = RecursiveElimination(n_features_to_select=4).fit(X, y)
    assert fitted.task_ == "regression"
    np.testing.assert_array_equal(fitted.ranking_, RecursiveElimination(task="regression").fit(X, y).ranking_)
    assert fitted.support_.tolist() == [True] * 4 + [False] * 8


def test_a_filter_reads_what_the_selector_decided(X, rng):
    y = rng.permutation(np.arange(60) % 20)
    with pytest.raises(ValueError, match="compares classes and y holds numbers"):
        CriterionSelector("irelief").fit(X, y)
    as_text = CriterionSelector("relieff").fit(X, [f"{label:02}" for label in y])
    np.testing.assert_array_equal(CriterionSelector("relieff", task="classification").fit(X, y).gains_, as_text.gains_)
    np.testing.assert_array_equal(CriterionSelector("relieff").fit(X, y).gains_, RReliefF()(X, y / 8))
    few = np.arange(60.0) % 3
    told = CriterionSelector(Filter(SoftRelief()), task="regression").fit(X, few)
    np.testing.assert_allclose(told.gains_, SoftRelief()(X, few / 4))


@pytest.mark.parametrize("selector", [*OF_BOTH[:-1], *OF_CLASSES], ids=repr)
def test_a_class_of_one_row_is_named(selector, X, codes):
    labels = np.array(["a", "b", "rare"])[codes % 2]
    labels[7] = "rare"
    with pytest.warns(UserWarning, match="class 'rare' of y has one sample, whose noise the ranking follows") as found:
        clone(selector).fit(X, labels)
    assert {warning.filename for warning in found} == {__file__}


class TestHalves:
    def test_a_rare_class_is_in_each(self, rng):
        X = rng.standard_normal((40, 8))
        y = np.array(["common", "rare"])[(np.arange(40) < 2).astype(int)]
        X[:2, 0] += 9
        fitted = StabilitySelector(SelectKBest(k=2), random_state=0).fit(X, y)
        assert fitted.scores_[0] == 1
        stratified = StabilitySelector(SelectKBest(k=2), stratify=True, random_state=0).fit(X, y)
        np.testing.assert_array_equal(fitted.scores_, stratified.scores_)

    @pytest.mark.parametrize("sizes", [(2, 39), (2, 2, 37), (3, 2, 5, 31), (2, 3, 36), (2,) * 9 + (23,)])
    def test_every_class_of_two_is_in_both_halves(self, sizes, rng, monkeypatch):
        y = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
        seen = []
        monkeypatch.setattr(SelectKBest, "fit", _remember(seen, SelectKBest.fit))
        StabilitySelector(SelectKBest(k=1), n_pairs=10, random_state=0).fit(rng.standard_normal((len(y), 2)), y)
        assert len(seen) == 20
        for half in seen:
            counts = np.bincount(half, minlength=len(sizes))
            assert (counts >= np.array(sizes) // 2).all()
            assert (counts <= np.array(sizes) // 2 + 1).all()

    def test_a_class_of_one_is_named(self, rng):
        X, y = rng.standard_normal((20, 3)), ["a"] * 10 + ["b"] * 9 + ["c"]
        for stratify in ("auto", True):
            with pytest.raises(ValueError, match=r"class 'c' of y has 1 sample.*stratify=False"):
                StabilitySelector(SelectKBest(k=1), stratify=stratify).fit(X, y)
        StabilitySelector(SelectKBest(k=1), stratify=False, n_pairs=2).fit(X, y)

    def test_numbers_are_not_stratified(self, rng):
        X, y = rng.standard_normal((40, 5)), np.arange(40)
        plain = StabilitySelector(SelectKBest(f_regression, k=1), stratify=False, n_pairs=5, random_state=0).fit(X, y)
        auto = StabilitySelector(SelectKBest(f_regression, k=1), n_pairs=5, random_state=0).fit(X, y)
        np.testing.assert_array_equal(auto.scores_, plain.scores_)


def _remember(seen, fit):
    def wrapped(self, X, y):
        seen.append(np.asarray(y))
        return fit(self, X, y)

    return wrapped


@pytest.mark.parametrize("make", [np.asarray, pd.DataFrame, pl.DataFrame])
def test_ids_that_double_precision_merges_are_refused_by_name(make, rng):
    values = rng.integers(0, 1000, (30, 3))
    for ids in (np.uint64(2**63) + values[:, 1].astype(np.uint64) % np.uint64(5), values[:, 1] % 3 + 2**60):
        table = values.astype(ids.dtype)
        table[:, 1] = ids
        X = make(table) if make is np.asarray else make({name: table[:, i] for i, name in enumerate("abc")})
        name = "x1" if make is np.asarray else "b"
        for selector in (InfFS(), CoverageSelector(), RecursiveElimination()):
            with pytest.raises(
                ValueError, match=f"column '{name}' holds whole numbers from {ids.min()} to {ids.max()}, "
            ):
                selector.fit(X, values[:, 0])
            clone(selector).set_params(exclude=[name]).fit(X, values[:, 0])
    table[:, 1] = 2**60
    assert InfFS().fit(table).scores_[1] == 0  # constant indeed
    far = values.astype(np.int64)
    far[:, 1] += 2**53
    assert InfFS().fit(far).scores_[1] > 0


def test_batches_of_whole_numbers_are_labels_or_numbers(rng):
    X = rng.standard_normal((120, 4))
    letters = rng.permutation(np.arange(120) % 24)
    batches = seeded("fisher").set_params(correlation="pearson")
    for start in (0, 60):
        batches.partial_fit(X[start : start + 60], letters[start : start + 60])
    whole = seeded("fisher").set_params(correlation="pearson").fit(X, letters)
    np.testing.assert_allclose(batches.scores_, whole.scores_)
    with pytest.raises(ValueError, match="different whole numbers and is read as numbers"):
        seeded("fisher").set_params(correlation="pearson").partial_fit(X, rng.integers(0, 400, 120))


def test_searches_take_text_and_decimals(X, codes, numbers):
    price = np.array([Decimal(repr(v)) for v in numbers.tolist()], dtype=object)
    assert InfFSCV(Ridge(), alphas=[0.5], n_features_to_select=[2]).fit(X, price.astype(float)).n_features_ == 2
    labels = np.array(["a", "b", "c"])[codes]
    assert InfFSCV(LogisticRegression(), alphas=[0.5], n_features_to_select=[2]).fit(X, labels).n_features_ == 2


@pytest.mark.parametrize("kind", ["datetime64[ns]", "period[D]", object])
def test_a_target_of_dates_is_told_from_classes(kind):
    X, days = np.random.default_rng(0).standard_normal((30, 3)), pd.Series(pd.date_range("2020", periods=30))
    y = days.dt.to_period("D") if kind == "period[D]" else days.astype(kind)
    with pytest.raises(ValueError, match=r"30 classes of one sample each: they are dates or times, pass numbers"):
        CoverageSelector().fit(X, y)
