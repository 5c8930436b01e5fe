"""The statistics of benchmarks/quality against numbers worked out by hand, and the program itself on two tables."""

import csv
import importlib.util
import math
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.metrics import mutual_info_score

KINDS = ("random", "corrupted", "products")
QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality"


def loaded(name):
    specification = importlib.util.spec_from_file_location(f"quality_{name}", QUALITY / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


summaries, results = loaded("summaries"), loaded("results")


def test_average_ranks_share_ties_and_give_the_best_rank_1():
    mean, error = summaries.average_ranks([[0.9, 0.8, 0.7], [0.5, 0.5, 0.9], [0.3, 0.2, 0.1]])
    np.testing.assert_allclose(mean, [(1 + 2.5 + 1) / 3, (2 + 2.5 + 2) / 3, (3 + 1 + 3) / 3])
    assert error[0] == pytest.approx(math.sqrt((0.5**2 + 1 + 0.5**2) / 2 / 3))


def test_equal_methods_are_not_told_apart():
    assert summaries.signed_rank([0.0, 0.0, 0.0]) == 1
    assert summaries.signed_rank([0.1, 0.2, 0.3, 0.4, 0.5]) == pytest.approx(2 / 2**5)


def test_a_journal_survives_a_line_cut_short(tmp_path):
    keys = [("wine", "jmi", 0, fold, False) for fold in range(3)]
    journal = results.Journal(tmp_path / "results.jsonl")
    journal.add(keys[0], {"cpu": 1, "fingerprint": 7})
    journal.add(keys[1], {"error": "ValueError"})
    with journal.path.open("a") as file:
        file.write('{"table": "wine", "meth')
    again = results.Journal(journal.path)
    assert [again.done(key, 7) for key in keys] == [True, False, False]
    assert not again.done(keys[0], 8)  # another table of the same name


@pytest.fixture
def quality(monkeypatch):
    """Import a module of benchmarks/quality the way its program does."""
    monkeypatch.syspath_prepend(QUALITY.parent)
    return lambda name: importlib.import_module(f"quality.{name}")


def test_conditional_information_is_that_of_joint_codes(rng, quality):
    codes, labels = rng.integers(0, 3, (40, 4)), rng.integers(0, 2, 40)
    pairs = quality("information").Pairs(codes, labels)
    alone = [mutual_info_score(codes[:, f], labels) for f in range(4)]
    joint = [mutual_info_score(codes[:, f] * 3 + codes[:, 2], labels) for f in range(4)]
    np.testing.assert_allclose(pairs.alone, alone, atol=1e-12)
    np.testing.assert_allclose(pairs.given(2), np.array(joint) - alone[2], atol=1e-12)


def test_columns_that_a_method_leaves_out_follow_and_constant_ones_come_last(rng, quality):
    X = rng.standard_normal((9, 5))
    X[:, 0] = 3
    method = SimpleNamespace(NAME="two", order=lambda X, y, k, seed: [2, 0])  # of the columns 1 to 4
    np.testing.assert_array_equal(quality("protocol").ranked(method, X, None, 2, 0), [3, 1, 2, 4, 0])


def test_the_model_sees_nothing_of_the_test_fold(rng, quality):
    protocol, seen = quality("protocol"), []
    X, y = rng.standard_normal((50, 12)), np.repeat([0, 1], 25)
    method = SimpleNamespace(
        NAME="spy", KIND="peer", order=lambda X, y, k, seed: seen.append(X) or np.arange(X.shape[1])
    )
    table = quality("sources").Table("t", "folder", X, y)
    record = protocol.measure(method, table, 0, 1, permuted=False)
    train, test = protocol.splits(table, y, 0)[1]
    np.testing.assert_array_equal(seen[0], X[train])
    assert len(test) == 10
    assert {"linear", "neighbors", "logistic"} <= set(record["scores"])
    assert all(len(values) == len(protocol.sizes(12)) == 3 for values in record["scores"].values())


def test_later_rows_and_other_subjects_are_the_test_rows(rng, quality):
    protocol, Table = quality("protocol"), quality("sources").Table
    X, y, units = rng.standard_normal((60, 3)), np.tile([0, 1], 30), np.repeat(np.arange(20), 3)
    days = Table("t", "folder", X, y, order="time")
    assert all(train.max() < test.min() for train, test in protocol.splits(days, y, 0))
    people = Table("t", "folder", X, y, order="subjects", units=units)
    assert not any(set(units[train]) & set(units[test]) for train, test in protocol.splits(people, y, 0))


def test_a_file_may_lack_targets_and_mark_the_relevant_columns(rng, quality, tmp_path):
    X, y = rng.integers(0, 2, (30, 3)), rng.standard_normal((30, 2))
    y[4, 1] = np.nan
    truth = [False, True, True]
    np.savez(tmp_path / "hiv_pi.npz", X=X, y=y, truth=truth, targets=["ATV", "APV"], subject=np.arange(30))
    table = quality("sources").load([tmp_path], ["hiv_pi"])[0]
    np.testing.assert_array_equal(table.y, np.delete(y[:, 1], 4))
    np.testing.assert_array_equal(table.X, np.delete(X, 4, axis=0))
    assert (table.task, table.order, table.groups.tolist(), len(table.units)) == (
        "regression",
        "subjects",
        [0, 2, 3],
        29,
    )


def test_appended_columns_are_what_their_kind_says_and_originals_are_marked(rng, quality):
    X, y = rng.uniform(1, 2, (40, 4)), np.tile([0, 1], 20)
    tables = quality("extended").tables(quality("sources").Table("t", "folder", X, y))
    assert {table.name: table.X.shape[1] for table in tables if table.name.startswith("t+products")} == {
        "t+products50": 8,
        "t+products75": 16,
    }
    for table in tables:
        original = table.groups > 0
        np.testing.assert_array_equal(table.X[:, original], X[:, table.groups[original] - 1])
    products = next(table for table in tables if table.name == "t+products50")
    pairs = [X[:, i] * X[:, j] for i in range(4) for j in range(i)]
    assert all(any(np.allclose(column, pair) for pair in pairs) for column in products.X[:, products.groups == 0].T)


def test_a_model_that_is_not_fitted_at_every_size_is_averaged_over_those_it_has(quality, tmp_path):
    cells, Table = quality("cells"), quality("sources").Table
    table = Table("t", "folder", np.zeros((4, 12)), np.array([0, 0, 1, 1]))
    record = {"table": "t", "method": "m", "permuted": False, "fingerprint": table.fingerprint, "cpu": 1}
    record |= {
        "repeat": 0,
        "order": list(range(10)),
        "scores": {"linear": [0.5, 0.6, 0.7], "boosting": [None, 0.8, None]},
    }
    rows = cells.summarized([record | {"fold": fold} for fold in range(2)], {"t": table}, 2)
    cells.write(rows, tmp_path / "quality.csv")
    splits = cells.read(tmp_path / "quality.csv")[0]["splits"]
    np.testing.assert_allclose(
        [splits[name] for name in ("linear", "boosting", "overall")], [[0.6] * 2, [0.8] * 2, [0.7] * 2]
    )


def test_rows_that_are_not_measured_again_stay(quality, tmp_path):
    cells, path = quality("cells"), tmp_path / "quality.csv"
    row = lambda method, cpu, permuted=0: dict.fromkeys(cells.FIELDS, "") | {  # noqa: E731
        "table": "t", "task": "regression", "method": method, "permuted": permuted, "cpu": cpu
    }  # fmt: skip
    cells.write([row("a", 1.0), row("b", 2.25), row("b", 3.0, 1)], path)
    cells.write(cells.among_others([row("b", 4.0), row("c", 5.0)], path), path)
    with path.open() as file:
        found = [(line["permuted"], line["method"], line["cpu"]) for line in csv.DictReader(file)]
    assert found == [("0", "a", "1"), ("0", "b", "4"), ("0", "c", "5"), ("1", "b", "3")]


def made_up(table, method, linear, neighbors):
    """A row of two models and two splits."""
    splits = {
        "linear": np.full(2, linear),
        "neighbors": np.full(2, neighbors),
        "overall": np.full(2, linear + neighbors) / 2,
    }
    return {
        "table": str(table),
        "method": method,
        "task": "classification",
        "origin": "folder",
        "permuted": 0,
        "splits": splits,
    }


def test_takeaways_say_where_the_default_is_first_and_where_behind_and_what_is_significant(quality):
    methods = {"elimination": SimpleNamespace(NAME="ours", KIND="new", SUPERVISED=True)}
    methods |= {name: SimpleNamespace(NAME=name, KIND="peer", SUPERVISED=True) for name in ("jmi", "random")}
    scores = {"elimination": (0.7, 0.9), "jmi": (0.8, 0.6), "random": (0.5, 0.5)}
    rows = [made_up(t, name, a + t / 1000, b) for t in range(9) for name, (a, b) in scores.items()]
    found = quality("by_model").comparisons(rows, methods, "classification")
    text = quality("takeaways").by_model(found, methods, "classification")
    assert "ours is number 1 of 3 by average rank, 1.0 ± 0.0; the best peers: jmi 2.0; random 3.0." in text
    assert "It is first with 5-NN (1.0); behind by more with linear SVM (2.0, jmi 1.0)." in text
    table = quality("by_model").standing(found, methods, "classification")
    assert "| linear SVM | peers | 2.00 | jmi | 1.00 | +1.00 ± 0.00 |" in table
    assert "| 5-NN | peers and new | 1.00 | jmi | 2.00 | -1.00 ± 0.00 |" in table
    assert "with linear SVM -0.100 to jmi and +0.200 to random; with 5-NN +0.300 to jmi and +0.400 to random." in text


def test_a_peer_on_few_tables_leaves_the_pool_and_is_ranked_in_turn(quality):
    methods = {name: SimpleNamespace(NAME=name, KIND="peer", SUPERVISED=True) for name in ("jmi", "random", "slow")}
    rows = [made_up(t, name, 0.5 + i / 10, 0.5) for t in range(5) for i, name in enumerate(methods) if i < 2 or t < 3]
    found = quality("comparison").Comparison(rows, methods, "classification")
    assert (found.peers, found.partial, len(found.tables)) == (["jmi", "random"], ["slow"], 5)
    assert {name: rank for name, (rank, _) in found.among_peers.items()} == {"random": 1, "jmi": 2, "slow": 1}


@pytest.mark.parametrize("name", ["hsic_lasso", "permutation_forest", "rfe_logistic_normal_scores"])
def test_peers_written_here_find_the_column_that_is_the_class(rng, quality, name):
    y = rng.integers(0, 2, 60)
    X = rng.standard_normal((60, 6))
    X[:, 4] = y + 0.1 * rng.standard_normal(60)
    method = quality(f"methods.{name}")
    order = method.order(X, y, 3, 0)
    assert order[0] == 4
    assert sorted(order) == list(range(6))


def run(*arguments, folder):
    command = [sys.executable, QUALITY / "run.py", *arguments, "--output", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_quick_run_ranks_and_writes_its_page(tmp_path):
    done = run("--quick", "--methods", "f_test,variance,random,no_such_method", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "quality.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {(row["table"], row["method"]) for row in rows} == {
        (table, method) for table in ("wine", "breast_cancer") for method in ("f_test", "variance", "random")
    } | {(f"wine+{kind}{share}", method) for kind in KINDS for share in (50, 75) for method in ("f_test", "random")}
    splits = [row["linear_splits"].split() for row in rows if "+" not in row["table"]]
    assert all(len(values) == 2 and 0.5 < float(values[0]) <= 1 for values in splits)
    assert "| F test | 1.00 ± 0.00 |" in (tmp_path / "quality.md").read_text(encoding="utf-8")
    assert "no_such_method: skipped" in done.stdout
