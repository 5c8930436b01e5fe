import json
import os
import pty
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from sklearn.feature_selection import SelectKBest, f_classif, f_regression
from sklearn.naive_bayes import GaussianNB

from infsel import (
    AttentionSelector,
    CoverageSelector,
    CriterionSelector,
    DeflatedPopularity,
    InfFS,
    RecursiveElimination,
)
from infsel.cli import main
from infsel.cli._main import infsel
from infsel.cli._selectors import SELECTORS
from infsel.cli._show import print_table
from infsel.walks._presets import PRESETS


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def ranking(result):
    return json.loads(result.stdout)["ranking"]


def fails(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


class TestRank:
    def test_the_bundled_table_needs_no_argument(self):
        result = run("rank")
        assert result.exit_code == 0
        assert "breast_cancer (bundled): 569 rows, 30 features, target 'diagnosis'" in result.stdout
        assert "ranked by RecursiveElimination: first columns that predict the target together" in result.stdout
        assert "... and 10 more: --top 30 shows all." in result.stdout
        assert result.stderr == ""

    @pytest.mark.parametrize(
        ("options", "selector"),
        [
            ([], RecursiveElimination()),
            (["--task", "classification"], RecursiveElimination()),
            (["--selector", "elimination-linear"], RecursiveElimination(kernel="linear")),
            (["--selector", "coverage"], CoverageSelector(n_features_to_select=6)),
            (["--selector", "jmi"], CriterionSelector(n_features_to_select=6)),
            (["--selector", "popularity"], DeflatedPopularity(n_features_to_select=6)),
            (["--selector", "inf-fs"], InfFS()),
            (["--selector", "inf-fs", "--alpha", "0.2", "--hops", "3"], InfFS(alpha=0.2, n_hops=3)),
            (["--selector", "inf-fs", "--hops", "inf"], InfFS()),
            (["--selector", "attention"], AttentionSelector()),
        ],
    )
    def test_it_prints_what_the_estimator_says(self, csv, options, selector):
        path = csv()
        printed = ranking(run("rank", path, "--target", "y", "--json", *options))
        frame = pd.read_csv(path)
        expected = selector.fit(frame.drop(columns="y"), frame.y).to_frame()
        assert [row["feature"] for row in printed] == expected.feature.tolist()
        np.testing.assert_allclose([row["score"] for row in printed], expected.score, rtol=1e-12)

    def test_without_a_target_columns_that_stand_for_the_others_come_first(self, csv):
        path = csv()
        result = run("rank", path, "--drop", "y")
        assert "no target read\nranked by DeflatedPopularity: first columns that stand for all others" in result.stdout
        printed = ranking(run("rank", path, "--drop", "y", "--json"))
        best = DeflatedPopularity(n_features_to_select=6).fit(pd.read_csv(path).drop(columns="y")).to_frame()
        assert [row["feature"] for row in printed] == best.feature.tolist()

    def test_a_number_to_predict(self, csv):
        path = csv(lambda frame: frame.assign(y=3 * frame.d + frame.b))
        printed = ranking(run("rank", path, "--target", "y", "--json"))
        assert {row["feature"] for row in printed[:2]} == {"b", "d"}

    @pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
    def test_it_writes_every_format(self, csv, tmp_path, suffix):
        output = tmp_path / f"ranking.{suffix}"
        assert run("rank", csv(), "--target", "y", "--output", output).exit_code == 0
        written = getattr(pd, f"read_{suffix}")(output)
        assert written.columns.tolist() == ["rank", "feature", "score", "importance"]
        assert written["rank"].tolist() == [1, 2, 3, 4, 5, 6]
        assert sorted(path.name for path in tmp_path.iterdir()) == [output.name, "table.csv"]

    def test_top_limits_what_is_shown_and_written(self, csv, tmp_path):
        result = run("rank", csv(), "--drop", "y", "--top", 2, "--output", tmp_path / "best.csv")
        assert f"Written to {tmp_path / 'best.csv'}: 2 rows." in result.stdout
        assert result.stdout.count("\n") == 10
        assert len(pd.read_csv(tmp_path / "best.csv")) == 2

    def test_parquet_and_tsv_read_like_csv(self, csv, tmp_path):
        path = csv()
        frame = pd.read_csv(path)
        frame.to_parquet(tmp_path / "table.parquet")
        frame.to_csv(tmp_path / "table.tsv", sep="\t", index=False)
        expected = ranking(run("rank", path, "--target", "y", "--json"))
        for name in ("table.parquet", "table.tsv"):
            found = ranking(run("rank", tmp_path / name, "--target", "y", "--json"))
            # older pandas, which wrote these, may be off in the last digit
            pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(expected), rtol=1e-12)

    def test_warnings_are_one_line_each(self, csv):
        path = csv(lambda frame: frame.assign(**{c: (frame[c] - frame[c].mean()) / frame[c].std() for c in "abcdef"}))
        result = run("rank", path, "--target", "y", "--selector", "inf-fs")
        assert result.exit_code == 0
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith(f"infsel: warning: {path}: All columns have the same standard deviation")

    def test_names_with_markup_are_printed_as_they_are(self, csv):
        path = csv(lambda frame: frame.rename(columns={"f": "[bold]f[/bold]"}))
        assert "[bold]f[/bold]" in run("rank", path, "--target", "y").stdout


class TestCompare:
    def test_the_bundled_table_shows_every_selector(self):
        result = run("compare", "--features", "5", "--folds", 2)
        assert result.exit_code == 0
        for text in (*SELECTORS, "no selection", "linear", "boosting", "choosing.md"):
            assert text in result.stdout
        assert len(re.findall("(?m)^Best: ", result.stdout)) == 1
        assert "best" not in result.stdout.replace("Best: ", "", 1).lower()
        assert result.stderr == ""

    def test_json_holds_every_pipeline(self, csv):
        report = json.loads(run("compare", csv(), "--target", "y", "--features", "2,4", "--folds", 2, "--json").stdout)
        assert (report["task"], report["metric"], report["folds"]) == ("classification", "balanced_accuracy", 2)
        assert len(report["results"]) == 2 * (len(SELECTORS) * 2 + 1)
        assert {row["selector"] for row in report["results"]} == {*SELECTORS, "no selection"}
        by_name = {(row["selector"], row["n_features"]): row for row in report["results"]}
        assert by_name["elimination", 2]["reads_target"]
        assert not by_name["popularity", 2]["reads_target"]
        assert not by_name["no selection", 6]["reads_target"]
        assert report["best"] in {*SELECTORS} - {*report["clearly_behind"]}
        assert all(row["fit_seconds"] > 0 and 0 <= row["score_mean"] <= 1 for row in report["results"])

    def test_a_score_is_what_scikit_learn_measures(self, csv):
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import GridSearchCV, RepeatedStratifiedKFold, cross_val_score
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import MinMaxScaler

        path, asked = csv(), ["--folds", 3, "--repeats", 2, "--seed", 4, "--metric", "roc_auc", "--features", 3]
        report = json.loads(run("compare", path, "--target", "y", *asked, "--selectors", "inf_fs", "--json").stdout)
        frame = pd.read_csv(path)
        tuned = GridSearchCV(LogisticRegression(max_iter=5000), {"C": [0.01, 0.1, 1, 10, 100]}, scoring="roc_auc", cv=3)
        boosted = HistGradientBoostingClassifier(max_iter=50, early_stopping=False, random_state=4)
        for name, model in {"linear": tuned, "boosting": boosted}.items():
            scores = cross_val_score(
                make_pipeline(MinMaxScaler(), InfFS(n_features_to_select=3), model),
                frame.drop(columns="y"),
                frame.y,
                cv=RepeatedStratifiedKFold(n_splits=3, n_repeats=2, random_state=4),
                scoring="roc_auc",
            )
            row = next(row for row in report["results"] if (row["selector"], row["model"]) == ("inf-fs", name))
            np.testing.assert_allclose(row["scores"], scores)
            assert row["score_mean"] == pytest.approx(scores.mean())
            assert row["score_standard_error"] == pytest.approx(scores.std(ddof=1) / 6**0.5)

    @pytest.mark.parametrize(("task", "scores"), [("classification", f_classif), ("regression", f_regression)])
    def test_the_f_test_is_that_of_scikit_learn(self, csv, task, scores):
        path = csv(lambda frame: frame.assign(y=(3 * frame.d + frame.b).round()))
        printed = ranking(run("rank", path, "--target", "y", "--selector", "f-test", "--task", task, "--json"))
        frame = pd.read_csv(path)
        X = frame.drop(columns="y")
        expected = pd.Series(scores(X, frame.y)[0], X.columns).sort_values(ascending=False)
        assert [row["feature"] for row in printed] == expected.index.tolist()

    def test_what_to_type_next_can_be_typed(self, csv, tmp_path):
        path = csv(lambda frame: frame.assign(extra=frame.a, w=1 + frame.index % 3).rename(columns={"y": "the target"}))
        given = [path, "--target", "the target", "--weight", "w", "--missing", "informative", "--drop", "extra"]
        options = ["--selectors", "jmi,f-test", "--features", "2,3", "--model", "linear", "--folds", 2]
        report = json.loads(run("compare", *given, *options, "--json").stdout)
        words = shlex.split(report["next"])
        assert words[:2] == ["infsel", "rank"]
        assert words[words.index("--selector") + 1] == report["best"]
        assert words[2 : 2 + len(given)] == given
        assert len(ranking(run(*words[1:], "--json"))) in (2, 3)

    def test_a_flag_is_typed_again(self, csv):
        path = csv(lambda frame: frame.rename(columns={"y": "7"}).set_axis([*"1234567"], axis=1))
        options = ["--target", "column 7", "--no-header", "--selectors", "coverage", "--folds", 2, "--json"]
        Path(path).write_text(Path(path).read_text().split("\n", 1)[1])
        report = json.loads(run("compare", path, *options).stdout)
        assert "--no-header" in shlex.split(report["next"])
        assert run(*shlex.split(report["next"])[1:]).exit_code == 0

    def test_whole_weights_are_repeated_rows(self, csv):
        from infsel.studies import compare as compared

        frame = pd.read_csv(csv())
        X, y = frame.drop(columns="y").to_numpy(), frame.y.to_numpy()
        weights, n = 1 + np.arange(len(y)) % 2, len(y)
        rows, cut = np.repeat(np.arange(n), weights), n // 2
        split, again = (
            [(np.arange(cut), np.arange(cut, n))],
            [(np.flatnonzero(rows < cut), np.flatnonzero(rows >= cut))],
        )
        options = {"selectors": {"coverage": CoverageSelector()}, "models": GaussianNB(), "sizes": [2, 4]}
        one = compared(**options, X=X, y=y, cv=split, sample_weight=weights)
        other = compared(**options, X=X[rows], y=y[rows], cv=again)
        np.testing.assert_allclose(one.scores, other.scores)
        assert not np.array_equal(one.scores, compared(**options, X=X, y=y, cv=split).scores)

    def test_what_takes_no_weights_is_named(self):
        from infsel.studies import compare as compared

        X, y = np.random.default_rng(0).standard_normal((20, 3)), np.arange(20) % 2
        with pytest.raises(TypeError, match=r"SelectKBest.*takes no sample_weight"):
            compared({"F": SelectKBest()}, GaussianNB(), X, y, sizes=[1], cv=2, sample_weight=np.ones(20))

    def test_scores_are_written(self, csv, tmp_path):
        output = tmp_path / "scores.csv"
        options = ["--selectors", "jmi,popularity", "--features", "2,4", "--folds", 2, "--output", output]
        assert "Written to" in run("compare", csv(), "--target", "y", *options).stdout
        written = pd.read_csv(output)
        assert len(written) == 3 * 2 * 2
        assert {*written.selector} == {"jmi", "popularity", "no selection"}

    def test_a_continuous_target_is_regression(self, csv):
        path = csv(lambda frame: frame.assign(y=frame.a - 2 * frame.b))
        report = json.loads(run("compare", path, "--target", "y", "--json").stdout)
        assert (report["task"], report["metric"]) == ("regression", "r2")
        assert {row["n_features"] for row in report["results"]} == {1, 2, 3, 6}

    def test_the_task_can_be_named(self, csv):
        path = csv(lambda frame: frame.assign(y=(frame.a > 0).astype(int)))
        for task in ("classification", "regression"):
            options = ["--task", task, "--selectors", "coverage", "--folds", 2, "--model", "linear", "--json"]
            assert json.loads(run("compare", path, "--target", "y", *options).stdout)["task"] == task

    def test_gaps_text_and_grades_are_judged(self, csv, tmp_path):
        frame = pd.read_csv(csv())
        grades = pd.cut(frame.a + frame.b, 3, labels=["low", "middle", "high"])
        frame = frame.assign(y=grades, c=frame.c.where(frame.index % 7 > 0), text=np.where(frame.d > 0, "u", "v"))
        frame.to_parquet(tmp_path / "t.parquet")
        options = ["--target", "y", "--features", "3", "--folds", 2, "--model", "linear", "--json"]
        report = json.loads(run("compare", tmp_path / "t.parquet", *options).stdout)
        scores = {row["selector"]: row["score_mean"] for row in report["results"]}
        assert scores.keys() == {*SELECTORS, "no selection"}
        assert scores["elimination"] > 0.5


class TestExplain:
    def reasons(self, *arguments):
        result = run("explain", *arguments, "--json")
        assert result.exit_code == 0, result.output
        return {row["part"]: row["reason"] for row in json.loads(result.stdout)["reasons"]}

    def test_a_copy_names_what_it_repeats_and_that_one_what_repeats_it(self, csv):
        path = csv(lambda frame: frame.assign(y=frame.d > 0, e=2 * frame.d))
        assert "it is a copy of 'd', which ranks higher" in self.reasons(path, "e", "--target", "y")["copies"]
        told = self.reasons(path, "d", "--target", "y")
        assert told["rank"].startswith("1 of 6")
        assert "number 1 of 6" in told["relevance"]
        assert "'e' (1)" in told["copied"]
        assert "the last" in told["round"]

    def test_rounds_and_importance_are_the_attributes(self, csv):
        path = csv()
        frame = pd.read_csv(path)
        selector = RecursiveElimination().fit(frame.drop(columns="y"), frame.y)
        row = selector.to_frame().set_index("feature").loc["c"]
        told = self.reasons(path, "c", "--target", "y")
        assert told["rank"].startswith(f"{row['rank']} of 6")
        assert f"round {int(row['round'])} of {len(selector.path_['n_features'])}" in told["round"]
        moves = "rises" if row["importance"] < 0 else "falls"
        assert f"{moves} by {abs(row['importance']):.3g} without" in told["importance"]

    @pytest.mark.parametrize(("name", "selector"), [("inf-fs", InfFS()), ("attention", AttentionSelector())])
    def test_walks_come_from_the_neighbors_of_the_estimator(self, csv, name, selector):
        path = csv()
        told = selector.fit(pd.read_csv(path).drop(columns="y")).explain("b")
        best = told[told.part == "neighbor"].iloc[0]
        reasons = self.reasons(path, "b", "--drop", "y", "--selector", name)
        assert f"{best['name']} {100 * best['share']:.3g} %" in reasons["neighbors"]
        assert "relevance" not in reasons  # its walks start nowhere in particular
        assert "hops" in reasons

    def test_picks_constants_and_weights(self, csv):
        path = csv(lambda frame: frame.assign(f=1, w=2))
        assert (
            "picked as number" in self.reasons(path, "a", "--target", "y", "--selector", "jmi", "--weight", "w")["step"]
        )
        assert "constant" in self.reasons(path, "f", "--target", "y")["relevance"]

    def test_it_prints_a_table(self):
        result = run("explain", "wine", "flavanoids")
        assert "why 'flavanoids' ranks where it does by RecursiveElimination" in result.stdout
        assert result.stderr == ""

    def test_a_column_that_is_not_ranked_is_named(self, csv):
        assert "no column 'flavanoid' is ranked; did you mean 'flavanoids'" in fails("explain", "wine", "flavanoid")
        assert "it was left out" in fails("explain", csv(), "a", "--target", "y", "--drop", "a")
        named = csv(lambda frame: frame.assign(name=[f"n{row}" for row in range(len(frame))]))
        assert "--nominal name ranks it" in fails("explain", named, "name", "--target", "y")


class TestCompletion:
    def complete(self, *words, kind="bash_complete"):
        environment = os.environ | {
            "_INFSEL_COMPLETE": kind,
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
        }
        command = [sys.executable, "-m", "infsel.cli"]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    def test_the_script_of_a_shell_is_printed(self):
        assert "complete -o nosort -F _infsel_completion infsel" in self.complete(kind="bash_source")

    def test_names_complete(self):
        assert self.complete("infsel", "ex").split() == ["plain,explain"]
        assert self.complete("infsel", "rank", "--selector", "elimination-").split() == ["plain,elimination-linear"]
        assert self.complete("infsel", "compare", "--selectors", "jmi,cov").split() == ["plain,jmi,coverage"]


class TestPresets:
    def test_every_preset_is_listed(self):
        printed = run("presets").stdout
        for name in PRESETS:
            assert name in printed
        assert max(map(cell_len, printed.splitlines())) <= 100

    def test_json_holds_the_notes(self):
        report = {row["name"]: row for row in json.loads(run("presets", "--json").stdout)}
        assert report.keys() == PRESETS.keys()
        assert "single hop" in report["tpami2020-unsupervised-released"]["note"]


BAD_TABLES = {
    "dup.csv": ("a,b,a,b\n1,2,3,4\n4,5,7,8\n", "more than one column is named 'a', 'b'"),
    "empty.csv": ("", "the file is empty"),
    "blank.csv": (" \n\n", "the file is empty"),
    "comments.csv": ("# nothing\n# else\n", "holds no rows"),
    "header.csv": ("a,b\n", "has 0 rows and 2 columns to rank: at least 5 rows"),
    "one.csv": ("a,b\n1,2\n", "has 1 row and 2 columns to rank: at least 5 rows"),
    "ragged.csv": ("a,b\n1,2\n3,4,5\n1,2\n", "line 3: up to 3 cells, but there are 2 columns"),
    "wide.csv": ("a,b\n1,2,3,4\n3,4,5,6\n", "line 2, line 3: up to 4 cells, but there are 2 columns"),
    "quote.csv": ('a,b\n1,"2\n3,4\n', "a quotation mark may not be closed"),
    "infinite.csv": ("a,b\n1,2\n3,inf\ninf,2\n", "2 columns infinite, or too large"),
    "constant.csv": ("a,b\n" + 5 * "1,2\n", "every column of X is constant"),
    "bytes.csv": (bytes(range(128, 256)), "byte 0x81 at position 1 is no text in cp1252: --encoding says"),
    "bad.parquet": ("PAR1 nothing", "it begins like Parquet, but is not readable"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_bad_tables_are_named_in_one_line(tmp_path, name):
    content, message = BAD_TABLES[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    printed = fails("rank", path)
    assert printed.startswith(f"infsel: error: {path}: ")
    assert message in printed
    assert printed.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rank", "absent.csv"], "absent.csv: no such file"),
        (["rank", "{csv}", "--target", "nope"], "no column named 'nope'; it has 'a', 'b'"),
        (["rank", "{csv}", "--drop", "nope"], "no column named 'nope'"),
        (["rank", "{csv}", *(f"--drop={c}" for c in "abcdefy")], "0 columns to rank"),
        (["rank", "{csv}", "--target", "y", "--hops", "3"], "belong to --selector inf-fs, not to elimination"),
        (["rank", "{csv}", "--drop", "y", "--selector", "jmi"], "--selector jmi needs --target"),
        (["rank", "{csv}", "--drop", "y", "--task", "regression"], "popularity reads none"),
        (["rank", "{csv}", "--target", "y", "--task", "regression"], "no number"),
        (["rank", "{csv}", "--target", "y", "--hops", "0"], "not a whole number from 1 up"),
        (["rank", "{csv}", "--target", "y", "--hops", "2.5"], "not a whole number from 1 up"),
        (["rank", "{csv}", "--target", "y", "--alpha", "1.5"], "--alpha"),
        (["rank", "{csv}", "--target", "y", "--top", "0"], "--top"),
        (["rank", "{csv}", "--selector", "attention", "--hops", "2"], "belong to --selector inf-fs, not to attention"),
        (["rank", "{csv}", "--target", "y", "--output", "ranking.txt"], "must end in .csv, .json, .parquet"),
        (["rank", "{csv}", "--target", "y", "--output", "no/such/r.csv"], "there is no folder"),
        (["rank", "{csv}", "--target", "nope", "--drop", "b,mope"], "no column named 'nope', 'mope'"),
        (["rank", "{csv}", "--target", "y", "--weight", "nope"], "no column named 'nope'"),
        (["rank", "{csv}", "--target", "y", "--weight", "a"], "weights are numbers from 0 up"),
        (["rank", "{csv}", "--weight", "y"], "'y' is not numeric: weights are numbers from 0 up"),
        (["compare", "{csv}"], "--target"),
        (["compare", "{csv}", "--target", "y", "--features", "9"], "--features asks for 9, but there are 6"),
        (["compare", "{csv}", "--target", "y", "--features", "2,x"], "not a list of whole numbers"),
        (["compare", "{csv}", "--target", "y", "--features", "0"], "not a list of whole numbers"),
        (
            ["compare", "{csv}", "--target", "y", "--metric", "roc_au"],
            "no score of scikit-learn; did you mean 'roc_auc'",
        ),
        (["compare", "{csv}", "--target", "y", "--selectors", "jmi,cove"], "did you mean 'coverage'"),
        (["compare", "{csv}", "--target", "y", "--folds", "50"], "fewer than --folds 50"),
        (["compare", "{csv}", "--target", "y", "--task", "regression"], "target 'y' is not numeric"),
        (["compare", "{csv}", "--target", "a", "--drop", "y", "--folds", "31"], "60 rows are too few"),
    ],
)
def test_bad_usage_exits_with_2(csv, arguments, message):
    assert message in fails(*(argument.replace("{csv}", csv()) for argument in arguments))


def test_bad_targets(csv):
    path = csv(lambda frame: frame.assign(y=np.where(frame.index == 3, None, frame.y)))
    assert "target 'y' is missing in data row 4" in fails("compare", path, "--target", "y")
    path = csv(lambda frame: frame.assign(y="yes"))
    for command in ("rank", "compare"):
        assert "target 'y' has one value, yes" in fails(command, path, "--target", "y")


def test_many_columns_are_not_all_listed(csv):
    path = csv(lambda frame: frame.assign(**{f"extra{k}": 1.0 * frame.index for k in range(20)}))
    assert "and 19 more" in fails("rank", path, "--target", "nope")


def test_an_unnamed_column_has_a_name_to_drop(tmp_path):
    (tmp_path / "t.csv").write_text("\ufeffa,,b\n1,0,5\n2,1,2\n3,2,9\n3,3,4\n1,4,1\n")
    printed = ranking(run("rank", tmp_path / "t.csv", "--drop", "Unnamed: 1", "--json"))
    assert {row["feature"] for row in printed} == {"a", "b"}


def test_a_failed_write_leaves_nothing(csv, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.undo()
    path = csv()
    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    assert "cannot be written: No space left" in fails("rank", path, "--target", "y", "--output", folder / "r.csv")
    assert list(folder.iterdir()) == []


def test_a_path_that_cannot_be_written_or_read_is_named(csv, tmp_path, monkeypatch):
    path = csv()
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be written" in fails("rank", path, "--target", "y", "--output", tmp_path / "folder.csv")
    assert "cannot be read" in fails("rank", tmp_path / "folder.csv")
    locked = tmp_path / "locked"
    locked.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "locked")  # root may write anywhere
    assert "cannot be written" in fails("rank", path, "--target", "y", "--output", locked / "r.csv")


def test_without_its_packages_the_command_says_which(monkeypatch):
    monkeypatch.delitem(sys.modules, "infsel.cli._main")
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit, match=r'needs click: pip install "infsel\[cli\]"'):
        main()


def test_the_installed_command_answers():
    output = subprocess.run(
        [sys.executable, "-m", "infsel.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert output.stdout.startswith("infsel, version ")


@pytest.mark.parametrize("columns", [40, 80])
def test_a_narrow_terminal_cuts_no_number_off(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_table("head", ["selector", "3", "8", "15"], [["elimination-linear", *3 * ["0.123 ±0.456"]]])
    assert capsys.readouterr().out.count("0.123 ±0.456") == 3


@pytest.mark.compiled
def test_progress_shows_on_a_terminal_only(csv):
    leader, follower = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "infsel.cli",
        "compare",
        csv(),
        "--target",
        "y",
        "--folds",
        "2",
        "--selectors",
        "jmi",
    ]
    environment = os.environ | {"TERM": "xterm"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=environment)
    os.close(follower)
    seen = b""
    while True:
        try:
            part = os.read(leader, 4096)
        except OSError:  # the other end closed
            break
        if not part:
            break
        seen += part
    output, _ = process.communicate()
    os.close(leader)
    assert process.returncode == 0
    assert b"cross-validating" in seen
    assert b"cross-validating" not in output
