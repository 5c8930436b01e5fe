import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

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
        assert written.columns.tolist() == ["rank", "feature", "score"]
        assert written["rank"].tolist() == [1, 2, 3, 4, 5, 6]
        assert sorted(path.name for path in tmp_path.iterdir()) == [output.name, "table.csv"]

    def test_top_limits_what_is_shown_and_written(self, csv, tmp_path):
        result = run("rank", csv(), "--drop", "y", "--top", 2, "--output", tmp_path / "best.csv")
        assert f"Written to {tmp_path / 'best.csv'}: 2 rows." in result.stdout
        assert result.stdout.count("\n") == 9
        assert len(pd.read_csv(tmp_path / "best.csv")) == 2

    def test_parquet_and_tsv_read_like_csv(self, csv, tmp_path):
        path = csv()
        frame = pd.read_csv(path)
        frame.to_parquet(tmp_path / "table.parquet")
        frame.to_csv(tmp_path / "table.tsv", sep="\t", index=False)
        expected = ranking(run("rank", path, "--target", "y", "--json"))
        for name in ("table.parquet", "table.tsv"):
            assert ranking(run("rank", tmp_path / name, "--target", "y", "--json")) == expected

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
        result = run("compare", "--features", "5")
        assert result.exit_code == 0
        for text in (*SELECTORS, "2 hops", "f-test", "no selection", "Behind it", "Clearly behind", "choosing.md"):
            assert text in result.stdout
        assert result.stderr == ""

    def test_json_holds_every_pipeline(self, csv):
        report = json.loads(run("compare", csv(), "--target", "y", "--features", "2,4", "--folds", 3, "--json").stdout)
        assert (report["task"], report["metric"], report["folds"]) == ("classification", "balanced_accuracy", 3)
        assert len(report["results"]) == 9 * 2 + 1
        by_name = {(row["selector"], row["n_features"]): row for row in report["results"]}
        assert by_name["inf-fs", 4]["kendall"] == pytest.approx(1)
        assert by_name["no selection", 6]["kendall"] is None
        assert by_name["elimination", 2]["reads_target"]
        assert not by_name["popularity", 2]["reads_target"]
        assert report["best"] in {row["selector"] for row in report["results"]} - {
            "no selection",
            *report["clearly_behind"],
        }
        assert set(report["clearly_behind"]) <= set(report["behind"])
        assert all(row["fit_seconds"] > 0 and 0 <= row["score_mean"] <= 1 for row in report["results"])

    def test_a_score_is_what_scikit_learn_measures(self, csv):
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold, cross_val_score
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import MinMaxScaler

        path = csv()
        report = json.loads(run("compare", path, "--target", "y", "--features", "3", "--json").stdout)
        frame = pd.read_csv(path)
        pipeline = make_pipeline(MinMaxScaler(), InfFS(n_features_to_select=3), LogisticRegression(max_iter=5000))
        scores = cross_val_score(
            pipeline,
            frame.drop(columns="y"),
            frame.y,
            cv=StratifiedKFold(5, shuffle=True, random_state=0),
            scoring="balanced_accuracy",
        )
        row = next(row for row in report["results"] if row["selector"] == "inf-fs")
        np.testing.assert_allclose(row["scores"], scores)
        assert row["score_mean"] == pytest.approx(scores.mean())
        assert row["score_standard_error"] == pytest.approx(scores.std(ddof=1) / 5**0.5)

    def test_a_continuous_target_is_regression(self, csv):
        path = csv(lambda frame: frame.assign(y=frame.a - 2 * frame.b))
        report = json.loads(run("compare", path, "--target", "y", "--json").stdout)
        assert (report["task"], report["metric"]) == ("regression", "r2")
        assert {row["n_features"] for row in report["results"]} == {1, 2, 3, 6}

    def test_the_task_can_be_named(self, csv):
        path = csv(lambda frame: frame.assign(y=(frame.a > 0).astype(int)))
        for task in ("classification", "regression"):
            report = json.loads(run("compare", path, "--target", "y", "--task", task, "--json").stdout)
            assert report["task"] == task

    def test_equal_scores_have_no_agreement(self, csv):
        path = csv(lambda frame: pd.DataFrame({"a": frame.a, "b": frame.a, "y": frame.y}))
        report = json.loads(run("compare", path, "--target", "y", "--features", "1", "--json").stdout)
        assert {row["kendall"] for row in report["results"]} == {None}


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
    with pytest.raises(SystemExit, match=r"needs click: pip install 'infsel\[cli\]'"):
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
    command = [sys.executable, "-m", "infsel.cli", "compare", csv(), "--target", "y", "--folds", "2"]
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
