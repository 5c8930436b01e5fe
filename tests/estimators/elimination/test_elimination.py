"""Recursive elimination as users meet it."""

import naive
import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, make_multilabel_classification
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline

from infsel import RecursiveElimination
from infsel.eliminations import deal, distinct
from infsel.relevances import SoftRelief
from infsel.tables import as_table, normal_scores

KERNELS = ["sum", "attention", "linear"]


@pytest.fixture(params=KERNELS)
def kernel(request):
    return request.param


@pytest.fixture
def iris():
    return load_iris(return_X_y=True)


@pytest.fixture
def problem(rng):
    """Two columns that matter, one of them with a noisy twin, and 27 that do not."""
    X = rng.standard_normal((80, 30)) * np.arange(1, 31)
    X[:, 20] = X[:, 4] + 0.5 * rng.standard_normal(80)
    return X, np.where(X[:, 4] / 5 + X[:, 11] / 12 > 0, "up", "down")


def xor(rng, n_samples, n_features, n_parts, binary):
    X = rng.integers(0, 2, (n_samples, n_features)) - 0.5 if binary else rng.standard_normal((n_samples, n_features))
    return X, (X[:, :n_parts].prod(axis=1) > 0).astype(int)


@pytest.mark.compiled
@pytest.mark.parametrize("binary", [True, False])
@pytest.mark.parametrize(("n_parts", "n_features"), [(2, 60), (3, 30)])
def test_it_finds_interactions_of_columns_that_say_nothing_alone(n_parts, n_features, binary):
    for seed in range(3):
        X, y = xor(np.random.default_rng(seed), 400, n_features, n_parts, binary)
        assert RecursiveElimination(n_features_to_select=n_parts).fit(X, y).support_[:n_parts].all()


def test_what_matters_comes_first(kernel, problem):
    ranking = RecursiveElimination(kernel=kernel).fit(*problem).ranking_
    assert set(ranking[[4, 11]]) <= {1, 2, 3}


@pytest.mark.parametrize("scaling", ["standard", "normal-scores"])
@pytest.mark.parametrize(("groups", "keep"), [([], []), ([[0, 7], [3, 4, 9]], []), ([[0, 7], [3, 4, 9], [2]], [5, 7])])
def test_the_order_is_that_of_its_definition(kernel, scaling, groups, keep, problem):
    X, y = problem
    Z = (X - X.mean(axis=0)) / X.std(axis=0) if scaling == "standard" else normal_scores(as_table(X).positions()).T
    X, Z = X[:, :12], Z[:, :12].T
    Y = naive.class_targets(y)
    margins = np.sqrt(np.maximum(SoftRelief()(X, y), 0))

    def importance(alive):
        if kernel == "linear":
            return naive.linear_importance(Z[alive], Y, 10.0)
        if kernel == "sum":
            return naive.sum_importance(Z[alive], Y, 5.0, 1.0, 0.3)
        return naive.attention_importance(Z[alive], Y, 3.0, 1.0)

    wishes = {"feature_groups": groups, "keep": keep}
    selector = RecursiveElimination(kernel=kernel, scaling=scaling, information_power=0, **wishes).fit(X, y)
    assert np.argsort(selector.ranking_).tolist() == naive.eliminate(importance, 12, 0.2, margins, groups, keep)


@pytest.mark.parametrize("weights", [None, np.arange(80) % 3 + 1])
@pytest.mark.parametrize("part_size", [1000, 20])
def test_a_sum_that_is_all_one_kernel_is_that_kernel(part_size, weights, problem):
    fit = lambda **settings: RecursiveElimination(part_size=part_size, **settings).fit(*problem, weights).ranking_  # noqa: E731
    alone = fit(kernel="attention", bandwidth=0.6)
    np.testing.assert_array_equal(fit(kernel="sum", linear_share=0, regularization=3, bandwidth=0.6), alone)
    if part_size == 1000:  # kernel="linear" knows no parts
        linear = fit(kernel="linear", scaling="normal-scores")
        np.testing.assert_array_equal(fit(kernel="sum", linear_share=1, regularization=10), linear)


def test_parts_are_judged_by_themselves_and_add_up(problem):
    X, y = problem
    X = X[:, :10]
    order, _ = distinct(as_table(X), [np.unique(y, return_inverse=True)[1]])
    X, y = X[order], y[order]
    Z, Y = normal_scores(as_table(X).positions()), naive.class_targets(y)
    parts = deal(as_table(X).positions(), np.unique(y, return_inverse=True)[1], 3)
    margins = np.sqrt(np.maximum(sum(len(part) / 80 * SoftRelief()(X[part], y[part]) for part in parts), 0))

    def importance(alive):
        models = ((Z[np.ix_(alive, part)], Y[part] - Y[part].mean(axis=0)) for part in parts)
        return np.sum([naive.sum_importance(*model, 5.0, 1.0, 0.3) for model in models], axis=0)

    selector = RecursiveElimination(information_power=0, part_size=25, tol=0).fit(X, y)
    assert np.argsort(selector.ranking_).tolist() == naive.eliminate(importance, 10, 0.2, margins)


@pytest.mark.parametrize("tol", [0.5, 3.0])
def test_a_round_reads_the_parts_that_its_definition_asks_for(tol, rng):
    X = rng.standard_normal((200, 8))
    y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int)
    X, y = (values[distinct(as_table(X), [y])[0]] for values in (X, y))
    Z, Y = normal_scores(as_table(X).positions()), naive.class_targets(y)
    parts, turn, read = deal(as_table(X).positions(), y, 40), 0, []
    margins = np.array([len(part) / 200 * SoftRelief()(X[part], y[part]) for part in parts])
    known = margins[: naive.parts_known(margins.tolist(), tol)]
    prior = np.sqrt(np.maximum(known.mean(axis=0) * 40, 0))

    def importance(alive):
        nonlocal turn
        turns = np.roll(parts, -turn, axis=0)
        models = ((Z[np.ix_(alive, part)], Y[part] - Y[part].mean(axis=0)) for part in turns)
        shares = np.array([naive.attention_importance(*model, 3.0, 1.0) for model in models])

        def goes(means):
            weighed = np.where(means > 0, means, means / np.maximum(prior[alive], 1e-150) ** 2)
            return np.argsort(weighed)[: max(1, len(alive) // 5)].tolist()

        m = naive.parts_needed((shares * prior[alive]).tolist(), tol, lambda means: goes(np.array(means)))
        turn = (turn + m) % 40
        read.append(m)
        return shares[:m].sum(axis=0)

    selector = RecursiveElimination(information_power=0, part_size=5, tol=tol, kernel="attention").fit(X, y)
    assert np.argsort(selector.ranking_).tolist() == naive.eliminate(importance, 8, 0.2, prior)
    assert tol < 1 or len(known) < 40
    assert min(read) < 40


def test_scores_fall_with_the_rank_and_one_ranking_serves_every_number(kernel, problem):
    rankings = [
        RecursiveElimination(kernel=kernel, n_features_to_select=k).fit(*problem).ranking_ for k in (1, 7, 0.5, 30)
    ]
    for ranking in rankings:
        np.testing.assert_array_equal(ranking, rankings[0])
    scores = RecursiveElimination(kernel=kernel).fit(*problem).scores_
    np.testing.assert_allclose(scores, (31 - rankings[0]) / 30)


def test_one_of_each_group_of_copies_comes_before_any_second_copy(kernel, problem, rng):
    X, y = problem
    order = rng.permutation(90)
    tripled = np.hstack([X, 5 - 2 * X, X])[:, order]
    ranking = RecursiveElimination(kernel=kernel).fit(tripled, y).ranking_
    groups = (order % 30)[np.argsort(ranking)]
    assert len(set(groups[:30])) == 30
    np.testing.assert_array_equal(groups[30::2], groups[:30])
    alone = np.argsort(RecursiveElimination(kernel=kernel).fit(X, y).ranking_)
    np.testing.assert_array_equal(groups[:30], alone)


def test_what_a_copy_is_depends_on_the_scaling(problem):
    X, y = problem
    bent = np.c_[X, np.exp(X[:, 4] / 5)]
    assert RecursiveElimination(scaling="normal-scores").fit(bent, y).ranking_[-1] == 31
    assert RecursiveElimination(scaling="standard").fit(bent, y).ranking_[-1] < 10


def test_constant_columns_come_last(kernel, problem):
    X, y = problem
    X = np.insert(X, [0, 10], 3.0, axis=1)
    selector = RecursiveElimination(kernel=kernel).fit(X, y)
    assert selector.ranking_[[0, 11]].tolist() == [31, 32]
    assert selector.scores_[[0, 11]].tolist() == [0, 0]


def test_the_order_of_rows_and_columns_does_not_matter(kernel, problem, rng):
    X, y = problem
    rows, columns = rng.permutation(80), rng.permutation(30)
    ranking = RecursiveElimination(kernel=kernel).fit(X, y).ranking_
    shuffled = RecursiveElimination(kernel=kernel).fit(X[rows][:, columns], y[rows]).ranking_
    np.testing.assert_array_equal(shuffled, ranking[columns])


def test_normal_scores_ignore_monotone_changes(problem):
    X, y = problem
    plain = {"scaling": "normal-scores", "relief_power": 0}
    ranking = RecursiveElimination(**plain).fit(X, y).ranking_
    np.testing.assert_array_equal(RecursiveElimination(**plain).fit(np.exp(X / 10), y).ranking_, ranking)


def test_columns_that_do_not_enter_rank_behind_by_information(problem):
    X, y = problem
    inside = RecursiveElimination(screen=0, min_screened=6).fit(X, y)
    by_itself = RecursiveElimination(screen=0, min_screened=1).fit(X, y)
    assert set(np.argsort(inside.ranking_)[:6]) == set(np.argsort(by_itself.ranking_)[:6])
    np.testing.assert_array_equal(np.argsort(inside.ranking_)[6:], np.argsort(by_itself.ranking_)[6:])


def test_groups_and_kept_columns_at_the_screen(problem):
    X, y = problem
    strict = {"screen": 0, "min_screened": 4}
    alone = np.argsort(RecursiveElimination(screen=0, min_screened=1).fit(X, y).ranking_)
    information = dict(zip(alone, range(30, 0, -1), strict=True))  # only the order of single columns is used
    weak = int(alone[-1])
    kept = RecursiveElimination(**strict, keep=[weak]).fit(X, y)
    assert kept.ranking_[weak] == 1
    assert set(np.argsort(kept.ranking_)[1:4]) == set(alone[:3])
    group = [int(alone[0]), weak]
    together = RecursiveElimination(**strict, feature_groups=[group]).fit(X, y)
    others = [f for f in np.argsort(together.ranking_) if f not in group]
    assert abs(np.diff(together.ranking_[group])) == 1
    assert sorted(others[4:], key=lambda f: -information[f]) == others[4:]
    many = RecursiveElimination(**strict, keep=range(10)).fit(X, y)
    assert set(many.ranking_[:10]) == set(range(1, 11))


@pytest.mark.parametrize("weigh", [np.arange, lambda n: np.arange(n) % 3])
def test_weights_act_like_repeated_rows(kernel, weigh, problem):
    X, y = problem
    X, y = X[:40, :12], y[:40]
    times = weigh(40)
    weighted = RecursiveElimination(kernel=kernel).fit(X, y, sample_weight=times).ranking_
    repeated = RecursiveElimination(kernel=kernel).fit(np.repeat(X, times, axis=0), np.repeat(y, times)).ranking_
    np.testing.assert_array_equal(weighted, repeated)


def test_labels_of_any_kind_mean_the_same(kernel, iris):
    X, y = iris
    ranking = RecursiveElimination(kernel=kernel).fit(X, y).ranking_
    for labels in (np.array(["c", "a", "b"])[y], y * 10.0 - 7, pd.Series(y).astype("category"), y.tolist()):
        np.testing.assert_array_equal(RecursiveElimination(kernel=kernel).fit(X, labels).ranking_, ranking)


def test_multilabel_targets_ask_for_the_columns_of_every_label(kernel, rng):
    X = rng.standard_normal((120, 20))
    Y = np.c_[X[:, 3] > 0, X[:, 8] + 0.1 * rng.standard_normal(120) > 0.3].astype(int)
    for labels in (Y, sp.csr_array(Y), pd.DataFrame(Y, columns=["p", "q"])):
        assert set(RecursiveElimination(kernel=kernel).fit(X, labels).ranking_[[3, 8]]) == {1, 2}
    X, Y = make_multilabel_classification(n_samples=60, random_state=0)
    assert RecursiveElimination(kernel=kernel).fit(X, Y).scores_.max() == 1


def test_numbers_are_predicted_one_or_several(kernel, rng):
    X = rng.standard_normal((100, 15))
    y = X[:, 2] - 0.5 * X[:, 9] + 0.1 * rng.standard_normal(100)
    assert RecursiveElimination(kernel=kernel).fit(X, y).ranking_[[2, 9]].tolist() == [1, 2]
    several = np.c_[y, 1000 * X[:, 5] + 7]
    assert set(RecursiveElimination(kernel=kernel).fit(X, several).ranking_[[2, 5]]) == {1, 2}


def test_whole_numbers_are_read_as_the_task_says():
    X, y = load_diabetes(return_X_y=True)
    rankings = {task: RecursiveElimination(task=task).fit(X, y).ranking_.tolist() for task in ("auto", "regression")}
    assert rankings["auto"] == rankings["regression"]
    assert RecursiveElimination(task="regression").fit(X, y).ranking_[2] == 1  # the body mass index


def test_single_precision_ranks_alike(kernel, problem):
    X, y = problem
    double, single = (RecursiveElimination(kernel=kernel).fit(X.astype(t), y).ranking_ for t in ("f8", "f4"))
    assert (np.argsort(double)[:5] == np.argsort(single)[:5]).all()
    assert RecursiveElimination(kernel=kernel).fit_transform(X.astype("f4"), y).dtype == np.float32


def test_auto_takes_the_linear_kernel_for_counts(rng):
    X = rng.poisson(0.06, (60, 40)).astype(float)
    y = (X[:, 3] + X[:, 8] > 0).astype(int)
    auto = RecursiveElimination().fit(X, y)
    assert auto.kernel_ == "linear"
    linear = RecursiveElimination(kernel="linear", scaling="normal-scores").fit(X, y)
    np.testing.assert_array_equal(auto.ranking_, linear.ranking_)
    assert RecursiveElimination(kernel="attention").fit(X, y).kernel_ == "attention"
    assert RecursiveElimination().fit(X + rng.random(X.shape), y).kernel_ == "sum"
    assert RecursiveElimination().fit(X + (rng.random(X.shape) < 0.1), y).kernel_ == "sum"
    assert RecursiveElimination().fit(X, y, sample_weight=1 + 40 * (X[:, ::2].sum(axis=1) > 2)).kernel_ == "linear"


def test_auto_takes_the_linear_kernel_for_numbers_of_few_rows(rng):
    X = rng.standard_normal((20, 61))
    y = X[:, 3] + X[:, 8] + 0.1 * rng.standard_normal(20)
    Z, Y = (X - X.mean(axis=0)) / X.std(axis=0), (y - y.mean()) / (y.std() * np.sqrt(20))
    auto = RecursiveElimination(information_power=0, relief_power=0).fit(X, y)
    defined = naive.eliminate(lambda alive: naive.linear_importance(Z.T[alive], Y[:, None], 3.0), 61, 0.2)
    assert np.argsort(auto.ranking_).tolist() == defined
    assert auto.kernel_ == "linear"
    given = RecursiveElimination(kernel="linear", regularization=3.0, scaling="standard").fit(X, y)
    np.testing.assert_array_equal(RecursiveElimination().fit(X, y).ranking_, given.ranking_)
    others = {"rows": (X[:, 1:], y), "labels": (X, y > 0), "labels beside": (X, np.c_[y > 0, y > 1])}
    assert {name: RecursiveElimination().fit(*one).kernel_ for name, one in others.items()} == dict.fromkeys(
        others, "sum"
    )
    counted = RecursiveElimination().fit(X, y, sample_weight=np.r_[2, np.ones(19)])  # as 21 rows
    assert counted.kernel_ == "sum"
    assert RecursiveElimination(metric="l1", n_starts=1).fit(X, y).kernel_ == "attention"


@pytest.mark.compiled
def test_parts_stand_for_many_rows():
    X, y = xor(np.random.default_rng(0), 1500, 20, 2, binary=False)
    y = np.where(y, np.where(X[:, 5] > 0.5, "a", "b"), "c")
    for part_size in (1000, 300, 150):
        ranking = RecursiveElimination(part_size=part_size).fit(X, y).ranking_
        assert set(np.argsort(ranking)[:3]) == {0, 1, 5}


@pytest.mark.parametrize("frame", [pd.DataFrame, lambda X: pl.DataFrame(X, schema=list("abcd"))])
def test_frames_stay_frames(frame, iris):
    X, y = iris
    table = frame(X)
    selected = RecursiveElimination(n_features_to_select=2).set_output(transform="default").fit(table, y)
    assert type(selected.transform(table)) in (type(table), np.ndarray)
    assert list(selected.to_frame()["rank"]) == [1, 2, 3, 4]


def test_a_stored_table_is_read(problem, tmp_path):
    X, y = problem
    np.save(tmp_path / "table.npy", X)
    stored = np.load(tmp_path / "table.npy", mmap_mode="r")
    np.testing.assert_array_equal(
        RecursiveElimination().fit(stored, y).ranking_, RecursiveElimination().fit(X, y).ranking_
    )


def test_threads_do_not_change_the_ranking(problem):
    for n_jobs in (1, 2, -1):
        ranking = RecursiveElimination(n_jobs=n_jobs).fit(*problem).ranking_
        np.testing.assert_array_equal(ranking, RecursiveElimination().fit(*problem).ranking_)


def test_it_works_in_a_pipeline(problem):
    X, y = problem
    pipeline = make_pipeline(RecursiveElimination(n_features_to_select=2), KNeighborsClassifier())
    assert cross_val_score(clone(pipeline), X, y).mean() > 0.8


def test_one_column_is_ranked_first(kernel, iris):
    X, y = iris
    assert RecursiveElimination(kernel=kernel, n_features_to_select=1).fit(X[:, :1], y).ranking_.tolist() == [1]


@pytest.mark.parametrize(
    ("parameters", "error", "message"),
    [
        ({"kernel": "rbf"}, ValueError, "kernel='rbf': choose one of 'auto', 'sum', 'attention'"),
        ({"kernel": None}, ValueError, "kernel=None"),
        ({"kernel": "attentionn"}, ValueError, "choose one of .*; did you mean 'attention'?"),
        ({"scaling": "min-max"}, ValueError, "scaling='min-max': choose 'normal-scores' or 'standard', or None"),
        ({"regularization": 0}, ValueError, "regularization=0: pass a finite number above 0, or None"),
        ({"regularization": "auto"}, TypeError, "regularization='auto': pass a finite number"),
        ({"bandwidth": np.inf}, ValueError, "bandwidth=inf"),
        ({"linear_share": 1.1}, ValueError, "linear_share=1.1: pass a number .*share of the linear kernel"),
        ({"kernel": "sum", "metric": "l1"}, ValueError, "metric='l1' is not read by kernel='sum'"),
        ({"kernel": "attention", "linear_share": 0.5}, ValueError, "linear_share=0.5 is not read by kernel"),
        ({"drop": 1}, ValueError, "drop=1: pass a number between 0 and 1; 0.2 drops"),
        ({"screen": 1.2}, ValueError, "screen=1.2.*share of the columns"),
        ({"min_screened": 0}, ValueError, "min_screened=0"),
        ({"bins": 1}, ValueError, "bins=1: pass a whole number from 2 up"),
        ({"bins": 2.5}, ValueError, "bins=2.5"),
        ({"information_power": -1}, ValueError, "information_power=-1.*0 leaves it out"),
        ({"relief_power": np.nan}, ValueError, "relief_power=nan"),
        ({"temperature": 0}, ValueError, "temperature=0"),
        ({"part_size": 4}, ValueError, "part_size=4: pass a whole number from 5 up"),
        ({"task": "ranking"}, ValueError, "task='ranking'"),
        ({"n_features_to_select": 5}, ValueError, "n_features_to_select=5: X has 4 features"),
        ({"n_jobs": 0}, ValueError, "n_jobs=0"),
    ],
)
def test_wrong_parameters_are_named(parameters, error, message, iris):
    with pytest.raises(error, match=message):
        RecursiveElimination(**parameters).fit(*iris)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda X, y: (X, None), "requires y to be passed"),
        (lambda X, y: (X, np.zeros(150)), "y is 0.0 everywhere: pass a target that varies"),
        (lambda X, y: (X, y[:-1]), "inconsistent numbers of samples"),
        (lambda X, y: (X[:4], y[48:52]), "4 sample.s. .*while a minimum of 5"),
        (lambda X, y: (np.ones((150, 3)), y), "every column of X is constant"),
        (lambda X, y: (X, np.arange(150).astype(str)), "150 classes of one sample each"),
    ],
)
def test_wrong_data_is_named(change, message, iris):
    X, y = change(*iris)
    with pytest.raises(ValueError, match=message):
        RecursiveElimination().fit(X, y)


def test_weights_are_checked(iris):
    X, y = iris
    with pytest.raises(ValueError, match=r"sample_weight\[0\] is negative"):
        RecursiveElimination().fit(X, y, sample_weight=-np.ones(150))
    with pytest.raises(ValueError, match="sample_weight is positive for 4 samples: at least 5 must count"):
        RecursiveElimination().fit(X, y, sample_weight=np.arange(150) < 4)


def test_weights_may_be_shares_of_a_whole(kernel, problem, rng):
    X, y = problem
    weights = rng.integers(1, 4, 80)
    weights = weights / weights.mean()
    ranking = RecursiveElimination(kernel=kernel).fit(X, y, sample_weight=weights).ranking_
    shares = RecursiveElimination(kernel=kernel).fit(X, y, sample_weight=weights / 80).ranking_
    np.testing.assert_array_equal(shares, ranking)
