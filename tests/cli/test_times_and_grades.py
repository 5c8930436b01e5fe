"""Targets of times and of grades on the command line."""

import html
import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from infsel import RecursiveElimination
from infsel.cli._main import infsel

LEVELS = ["poor", "fair", "good"]


def run(*arguments):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments])


def fails(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    return result.stderr


@pytest.fixture
def frame(rng):
    X = pd.DataFrame(rng.standard_normal((60, 3)), columns=list("abc"))
    time = np.exp(X["a"] + 0.3 * rng.standard_normal(60)).round(3)
    grade = pd.Categorical.from_codes(np.digitize(X["b"], [-0.5, 0.5]), LEVELS, ordered=True)
    return X.assign(time=time, status=rng.integers(0, 2, 60), grade=grade)


@pytest.fixture
def saved(frame, tmp_path):
    frame.drop(columns="grade").to_csv(tmp_path / "times.csv", index=False)
    frame.drop(columns=["time", "status"]).to_parquet(tmp_path / "grades.parquet")
    return tmp_path


class TestTimes:
    @pytest.mark.parametrize("event", ["status", "status=1"])
    def test_rank_says_what_the_estimator_does(self, frame, saved, event):
        result = run("rank", saved / "times.csv", "--target", "time", "--event", event, "--json")
        found = json.loads(result.stdout)
        y = pd.DataFrame({"event": frame["status"] == 1, "time": frame["time"]})
        expected = RecursiveElimination().fit(frame[["a", "b", "c"]], y).to_frame()
        assert [row["feature"] for row in found["ranking"]] == expected["feature"].tolist()
        assert (found["task"], found["target"], found["alerts"]) == ("survival", "time", [])
        n = frame["status"].sum()
        assert found["said"] == [f"task: survival, {n} events among 60 times of 'time'; the others are censored"]

    def test_words_for_an_event(self, frame, saved):
        words = frame.drop(columns="grade").assign(status=np.where(frame["status"] == 1, "dead", "alive"))
        words.to_csv(saved / "words.csv", index=False)
        asked = ("rank", saved / "words.csv", "--target", "time", "--json", "--event")
        same = run("rank", saved / "times.csv", "--target", "time", "--event", "status", "--json")
        assert json.loads(run(*asked, "status=dead").stdout)["ranking"] == json.loads(same.stdout)["ranking"]
        assert "column 'status' has 'alive', 'dead': say what stands for an event, --event status=dead" in fails(
            *asked, "status"
        )
        assert "column 'status' has no 'died'; it has 'alive', 'dead'" in fails(*asked, "status=died")
        assert "no column named 'state'" in fails(*asked, "state")

    def test_all_times_may_end_in_an_event_but_some_have_to(self, frame, saved):
        frame.drop(columns="grade").assign(status=1).to_csv(saved / "all.csv", index=False)
        asked = ("--target", "time", "--event")
        assert "60 events among 60 times" in run("rank", saved / "all.csv", *asked, "status=1").stdout
        assert "60 events among 60 times" in run("rank", saved / "all.csv", *asked, "status").stdout
        assert "'time' is the target, the times" in fails("rank", saved / "all.csv", *asked, "time")
        frame.drop(columns="grade").assign(status=0).to_csv(saved / "none.csv", index=False)
        assert "column 'status' has no event: every time is censored" in fails(
            "rank", saved / "none.csv", *asked, "status"
        )

    def test_a_negative_time_is_told_by_its_data_row(self, frame, saved):
        frame.drop(columns="grade").assign(time=frame["time"].where(frame.index != 3, -1.0)).to_csv(
            saved / "negative.csv", index=False
        )
        assert "first in data row 4 (-1.0)" in fails(
            "rank", saved / "negative.csv", "--target", "time", "--event", "status"
        )

    def test_rows_without_a_flag_are_refused_or_left_out(self, frame, saved):
        frame.drop(columns="grade").assign(status=frame["status"].where(frame.index != 3)).to_csv(
            saved / "gap.csv", index=False
        )
        asked = ("rank", saved / "gap.csv", "--target", "time", "--event", "status")
        assert "'status' is missing in data row 4" in fails(*asked)
        assert "left out: 1 row without 'status'" in run(*asked, "--drop-missing-target").stdout

    def test_explain_takes_them_and_what_judges_refuses_them(self, saved):
        asked = (saved / "times.csv", "--target", "time", "--event", "status")
        explained = run("explain", saved / "times.csv", "a", *asked[1:])
        assert "task: survival" in explained.stdout
        assert "by itself, by the F test, it is number 1 of 3" in explained.stdout
        for command in ("compare", "report"):
            assert "no model of scikit-learn predicts censored times" in fails(command, *asked)

    def test_options_that_contradict_it(self, saved):
        table = saved / "times.csv"
        assert "--event needs --target" in fails("rank", table, "--event", "status")
        asked = ("rank", table, "--target", "time", "--event", "status")
        assert "leave out --task regression" in fails(*asked, "--task", "regression")
        assert "leave out --selector inf-fs" in fails(*asked, "--selector", "inf-fs")


class TestGrades:
    def test_every_command_says_how_they_are_judged(self, saved):
        asked = (saved / "grades.parquet", "--target", "grade")
        said = "task: ordinal, 3 grades of 'grade'"
        assert said in run("rank", *asked).stdout
        found = json.loads(run("compare", *asked, "--selectors", "coverage", "--model", "linear", "--json").stdout)
        assert (found["task"], found["metric"]) == ("ordinal", "quadratic_weighted_kappa")
        assert found["results"][0]["score_mean"] > 0.8
        page = run("report", *asked, "-o", saved / "page.html")
        assert "reaches quadratic weighted kappa" in page.stdout
        assert "task='ordinal'" in html.unescape((saved / "page.html").read_text())

    def test_numbers_are_grades_by_request_and_text_has_no_order(self, frame, saved):
        coded = frame[["a", "b", "c"]].assign(grade=frame["grade"].cat.codes + 1)
        coded.to_csv(saved / "coded.csv", index=False)
        asked = ("--target", "grade", "--json")
        found = json.loads(run("rank", saved / "coded.csv", *asked, "--task", "ordinal").stdout)
        same = json.loads(run("rank", saved / "grades.parquet", *asked).stdout)
        assert found["ranking"] == same["ranking"]
        frame[["a", "b", "c", "grade"]].to_csv(saved / "words.csv", index=False)
        message = fails("rank", saved / "words.csv", "--target", "grade", "--task", "ordinal")
        assert "target 'grade' is text, and nothing says in which order" in message
