"""Files as people have them: each is ranked in one command, or refused in one line that says what to do."""

import gzip
import io
import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from infsel.cli._main import infsel
from infsel.datasets import wine

NAMES = ["barolo", "grignolino", "barbera"]
BEST = ["flavanoids", "proline", "color_intensity"]  # of the plain table


@pytest.fixture(scope="module")
def frame():
    X, y = wine()
    X = X.rename(columns={"od280/od315_of_diluted_wines": "od280"})
    return X.assign(cultivar=y.map({f"class_{k}": name for k, name in enumerate(NAMES)}))


@pytest.fixture(scope="module")
def shuffled(frame):
    return frame.sample(frac=1, random_state=0).reset_index(drop=True)


def run(*arguments, **options):
    return CliRunner().invoke(infsel, [str(argument) for argument in arguments], **options)


def ranked(path, *arguments, target="cultivar"):
    """What is printed, the ranking in it, and what is on stderr."""
    target = [] if target is None else ["--target", target]
    result = run("rank", path, *target, *arguments, "--top", 400)
    assert result.exit_code == 0, result.stderr
    rows = result.stdout.split("\n\n")[1].splitlines()[2:]
    return result.stdout, [row.rsplit(maxsplit=2)[0] for row in rows], result.stderr


def refused(path, *arguments, target="cultivar"):
    result = run("rank", path, *([] if target is None else ["--target", target]), *arguments)
    assert result.exit_code == 2, result.stdout
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith(f"infsel: error: {path}: ")
    return result.stderr.removeprefix(f"infsel: error: {path}: ")


@pytest.fixture
def saved(tmp_path):
    def save(content, name="t.csv"):
        path = tmp_path / name
        if isinstance(content, pd.DataFrame):
            content = content.to_csv(index=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


class TestAPlainTable:
    def test_it_is_ranked_and_the_task_is_said(self, frame, saved):
        printed, names, errors = ranked(saved(frame))
        assert "178 rows, 13 features, target 'cultivar'\ntask: classification, 3 classes of 'cultivar'\n" in printed
        assert names[:3] == BEST
        assert errors == ""
        assert "read " not in printed.split("\n\n")[0].replace("no target read", "")
        assert "Look at" not in printed

    def test_without_a_target_the_likely_one_is_asked_for(self, frame, saved):
        printed, names, _ = ranked(saved(frame), target=None)
        assert "is 'cultivar' the target? Then --target cultivar; it is ranked with the others" in printed
        assert "cultivar" in names

    def test_digits_and_diabetes_say_their_task(self):
        printed, _, _ = ranked("digits", "--selector", "coverage", target=None)
        assert "task: classification, 10 classes of 'digit'" in printed
        assert "'pixel_0_0', 'pixel_4_0', 'pixel_4_7' are constant" in printed
        printed, _, _ = ranked("diabetes", "--selector", "coverage", target=None)
        assert "task: regression, numbers of 'progression'" in printed
        assert "--task classification if they are names of classes, not amounts" in printed

    @pytest.mark.parametrize("name", ["breast_cancer", "Breast-Cancer", "iris", "wine"])
    def test_bundled_tables_have_names(self, name):
        assert "(bundled): " in ranked(name, "--selector", "jmi", target=None)[0]

    def test_a_wide_table_finds_what_matters(self, saved):
        rng = np.random.default_rng(0)
        X = pd.DataFrame(rng.standard_normal((100, 300)), columns=[f"gene_{k}" for k in range(300)])
        y = np.where(X.gene_0 + X.gene_1 - X.gene_2 > 0, "ill", "well")
        names = ranked(saved(X.assign(state=y)), target="state")[1]
        assert set(names[:3]) == {"gene_0", "gene_1", "gene_2"}

    def test_the_target_may_come_first(self, frame, saved):
        assert ranked(saved(frame[["cultivar", *frame.columns.drop("cultivar")]]))[1][:3] == BEST

    def test_truth_values_are_ranked(self, frame, saved):
        assert "strong" in ranked(saved(frame.assign(strong=frame.alcohol > 13)))[1]


class TestRowNumbersAndLeaks:
    def test_an_unnamed_index_is_labels_of_rows(self, frame, saved):
        printed, names, _ = ranked(saved(frame.to_csv()))
        assert "row labels: 'Unnamed: 0' (0, 1, ...)" in printed
        assert names[:3] == BEST
        assert len(names) == 13

    def test_a_number_that_counts_the_rows_is_warned_of(self, frame, shuffled, saved):
        printed, names, _ = ranked(saved(frame.assign(id=range(1000, 1178))))
        text = "'id' goes on from row to row, as an id or a row number does"
        assert f"{text}, and so does 'cultivar': rows are in its order" in printed
        assert names[0] == "id"  # the file is in the order of the classes, so it does tell
        printed, names, _ = ranked(saved(shuffled.assign(id=range(1000, 1178))))
        assert f"{text}\n" in printed
        assert names[0] != "id"

    def test_an_id_of_letters_is_left_out(self, frame, saved):
        printed, names, _ = ranked(saved(frame.assign(id=[f"S{k:04}" for k in range(178)])))
        assert "left out: 'id' (178 in 178 rows), text that differs in most rows: --nominal id ranks it" in printed
        assert names[:3] == BEST

    def test_a_copy_of_the_target_is_suspected(self, frame, shuffled, saved):
        for table in (frame, shuffled):
            code = table.cultivar.map({"barolo": 2, "grignolino": 0, "barbera": 1})
            printed, names, _ = ranked(saved(table.assign(cultivar_code=code)))
            assert "'cultivar_code' alone tells 'cultivar': is it known before 'cultivar' is?" in printed
            assert names[0] == "cultivar_code"

    def test_copies_and_constants_are_named(self, frame, saved):
        printed, *_ = ranked(saved(frame.assign(one=1, ash_g=frame.ash / 1000)))
        assert "'one' is constant" in printed
        assert "'ash_g' is a copy of 'ash', up to scale" in printed

    def test_a_class_of_one_row_is_named(self, frame, saved):
        printed, *_ = ranked(saved(frame.assign(cultivar=frame.cultivar.where(frame.index != 7, "unique"))))
        assert "class 'unique' of 'cultivar' has 1 row: nothing can be learned of it" in printed


class TestMissingAndText:
    @pytest.mark.parametrize("mark", ["", "NA", "?", "-", "null"])
    def test_gaps_are_counted_and_ranked(self, frame, saved, mark):
        ash = frame.ash.astype(object).where(frame.index % 23 != 3, mark)
        printed, names, _ = ranked(saved(frame.assign(ash=ash, hue=frame.hue.where(frame.index != 5))))
        assert "2 columns with gaps: 'ash' (8 of 178), 'hue' (1 of 178)" in printed
        assert (f"'{mark}' as missing: 'ash' (8)" in printed) == (mark in ("?", "-"))
        assert len(names) == 13

    def test_gaps_may_say_something(self, frame, saved):
        noise = np.random.default_rng(0).standard_normal(178)
        path = saved(
            frame[["ash", "hue", "cultivar"]].assign(noise=np.where(frame.cultivar == "barbera", np.nan, noise))
        )
        assert ranked(path)[1][0] == "hue"
        assert ranked(path, "--missing", "informative")[1][0] == "noise"

    def test_texts_are_categories(self, frame, saved):
        color = np.where(frame.color_intensity > 5, "dark", "light")
        printed, names, _ = ranked(saved(frame.assign(color=color, soil=["clay", "lime"] * 89)))
        assert "text as categories: 'color' (2 levels), 'soil' (2 levels)" in printed
        assert {"color", "soil"} <= {*names}

    def test_dates_are_left_out_or_days(self, frame, saved):
        path = saved(frame.assign(when=pd.date_range("2024-01-01", periods=178).astype(str), end="31.12.2024"))
        printed, names, _ = ranked(path)
        assert "left out: 'when', 'end', dates: --dates ranks days" in printed
        assert len(names) == 13
        printed, names, _ = ranked(path, "--dates")
        assert "dates as numbers of days: 'when', 'end'" in printed
        assert len(names) == 15

    def test_numbers_that_are_labels_by_request(self, frame, saved):
        printed, *_ = ranked(saved(frame.assign(zone=[1, 2, 3, 4] * 44 + [1, 2])), "--nominal", "zone")
        assert "text as categories: 'zone' (4 levels)" in printed

    def test_infinite_columns_are_all_named(self, frame, saved):
        table = frame.assign(
            ash=frame.ash.where(frame.index != 3, np.inf), hue=frame.hue.where(frame.index != 5, np.inf)
        )
        said = refused(saved(table))
        assert "2 columns infinite, or too large to compute with: 'ash' (data row 4), 'hue' (data row 6)" in said
        assert "--drop ash,hue" in said
        assert len(ranked(saved(table), "--drop", "ash,hue")[1]) == 11

    def test_a_missing_target_is_named_by_row_or_left_out(self, frame, saved):
        path = saved(frame.assign(cultivar=frame.cultivar.where(~frame.index.isin([3, 8]))))
        assert "target 'cultivar' is missing in data row 4, 9: fill it in, or" in refused(path)
        printed, *_ = ranked(path, "--drop-missing-target")
        assert "176 rows" in printed
        assert "left out: 2 rows without 'cultivar'" in printed

    def test_whole_numbers_of_any_length_are_ids_where_they_lose_digits(self, frame, saved):
        printed, names, _ = ranked(saved(frame.assign(key=[str(10**25 + k) for k in range(178)])))
        assert "whole numbers too long for double precision, read as text: 'key'" in printed
        assert "left out: 'key' (178 in 178 rows)" in printed
        assert names[:3] == BEST


class TestDialects:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"sep": ";", "decimal": ","}, "read with ';' and decimal ','"),
            ({"sep": ";"}, "read with ';'"),
            ({"sep": "\t"}, "read with tabs"),
            ({"sep": "|"}, "read with '|'"),
        ],
    )
    def test_separators_and_decimal_signs(self, frame, saved, options, said):
        for name in ("t.csv", "t.txt", "t.dat", "T.CSV", "t"):
            printed, names, errors = ranked(saved(frame.to_csv(index=False, **options), name))
            assert f"\n{said}\n" in printed
            assert names[:3] == BEST
            assert errors == ""

    def test_encodings(self, frame, saved):
        text = frame.rename(columns={"ash": "Asche (für Öfen)"}).to_csv(index=False)
        for encoding, said in [("utf-16", "read as UTF-16"), ("latin-1", "read as cp1252"), ("utf-8-sig", None)]:
            printed, names, _ = ranked(saved(text.encode(encoding)))
            assert said is None or f"\n{said}\n" in printed
            assert "Asche (für Öfen)" in names

    def test_blanks_around_names_and_cells(self, frame, saved):
        text = frame.to_csv(index=False).replace(",", " , ")
        assert ranked(saved(text))[1][:3] == BEST
        assert ranked(saved(text), target="cultivar")[1] == ranked(saved(frame))[1]

    def test_comments_and_separators_at_the_ends_of_lines(self, frame, saved):
        printed, names, _ = ranked(saved("# measured by hand, in May\n" + frame.to_csv(index=False)))
        assert "read without lines that begin with '#'" in printed
        assert names[:3] == BEST
        printed, names, _ = ranked(saved(frame.to_csv(index=False, lineterminator=",\n")))
        assert "left out: an empty column without a name, as lines end in separators" in printed
        assert names[:3] == BEST

    def test_thousands_and_percent_signs(self, frame, saved):
        table = frame.assign(proline=frame.proline.map("{:,.0f}".format), alcohol=frame.alcohol.map("{:.2f}%".format))
        printed, names, _ = ranked(saved(table))
        assert "numbers with ',' between thousands: 'proline'" in printed
        assert "numbers with '%' beside them: 'alcohol'" in printed
        assert names == ranked(saved(frame))[1]

    def test_formats(self, frame, tmp_path):
        expected = ranked_names(frame, tmp_path / "t.csv")
        (tmp_path / "t.csv.gz").write_bytes(gzip.compress((tmp_path / "t.csv").read_bytes()))
        frame.to_parquet(tmp_path / "t.parquet")
        frame.to_feather(tmp_path / "t.feather")
        frame.to_excel(tmp_path / "t.xlsx", index=False)
        frame.to_json(tmp_path / "t.json", orient="records", double_precision=15)
        for name in ("t.csv.gz", "t.parquet", "t.feather", "t.xlsx", "t.json"):
            printed, names, _ = ranked(tmp_path / name)
            assert "\nread " in printed
            assert names == expected

    def test_standard_input(self, frame):
        data = gzip.compress(frame.to_csv(index=False).encode())
        result = run("rank", "-", "--target", "cultivar", input=io.BytesIO(data))
        assert result.exit_code == 0, result.stderr
        assert "standard input: 178 rows, 13 features" in result.stdout


def ranked_names(frame, path):
    frame.to_csv(path, index=False)
    return ranked(path)[1]


class TestTargets:
    def test_whole_numbers_of_many_values_are_asked_about(self, frame, saved):
        years = np.random.default_rng(0).integers(1985, 2015, 178)
        path = saved(frame.assign(year=years).drop(columns="cultivar"))
        printed, *_ = ranked(path, target="year")
        assert "task: classification, 30 classes of 'year'" in printed
        assert "30 different whole numbers: --task regression if they are amounts, not names of classes" in printed
        printed, *_ = ranked(path, "--task", "regression", target="year")
        assert "task: regression, numbers of 'year'\n" in printed
        assert "different whole numbers" not in printed
        found = run("compare", path, "--target", "year")
        assert found.exit_code == 2
        assert "of target 'year' has 2 rows, fewer than --folds 5" in found.stderr
        assert "or predict numbers with --task regression" in found.stderr
        assert "np." not in found.stderr

    @pytest.mark.parametrize("wanted", ["cultivr", "CULTIVAR", "Cultivar "])
    def test_a_near_name_is_offered(self, frame, saved, wanted):
        said = refused(saved(frame), target=wanted)
        assert f"no column named {wanted!r}; it has" in said
        assert said.endswith("did you mean 'cultivar'?\n")

    def test_truth_values_are_classes_also_with_gaps(self, frame, saved):
        strong = (frame.alcohol + frame.hue > 14).astype(object).where(frame.index > 2)
        path = saved(frame.assign(strong=strong))
        assert "target 'strong' is missing in data row 1, 2, 3" in refused(path, target="strong")
        printed, *_ = ranked(path, "--drop-missing-target", "--drop", "cultivar", target="strong")
        assert "task: classification, 2 classes of 'strong'" in printed

    def test_a_constant_target_is_refused(self, frame, saved):
        path = saved(frame.assign(cultivar="barolo"))
        assert "target 'cultivar' has one value, barolo: there is nothing to predict." in refused(path)

    def test_columns_are_dropped_together_or_one_by_one(self, frame, saved):
        path = saved(frame.assign(**{"a,b": frame.ash**2}))
        names = ranked(path, "--drop", "ash,hue", "--drop", "a,b", "--drop", "proline")[1]
        assert {*names} == {*frame.columns} - {"ash", "hue", "proline", "cultivar"}
        assert "no column named 'nope', 'mope'" in refused(path, "--drop", "nope,ash,mope")

    def test_a_reader_of_no_target_says_so(self, frame, saved):
        path, options = saved(frame), ["--selector", "inf-fs"]
        assert "features, no target read\n" in ranked(path, *options, "--drop", "cultivar", target=None)[0]
        printed, names, _ = ranked(path, *options)
        assert "features, target 'cultivar' is not read\n" in printed
        assert "cultivar" not in names

    def test_genes_in_rows(self, saved):
        rng = np.random.default_rng(0)
        table = pd.DataFrame(rng.standard_normal((6, 9)), [*(f"gene_{k}" for k in range(5)), "cultivar"])
        said = refused(saved(table.to_csv()))
        assert "A row is labeled so: are rows and columns exchanged? pandas.DataFrame.T turns the table." in said


class TestWhatIsNoTable:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("", "the file is empty."),
            ("a,cultivar\n", "has 0 rows and 1 column to rank: at least 5 rows and 1 column."),
            ("a,b,cultivar\n1,2,x\n", "has 1 row and 2 columns to rank: at least 5 rows and 1 column."),
            ("a,b,cultivar\n1,2,x\n1,2,3,x\n1,2,y\n", "line 3: up to 4 cells, but there are 3 columns."),
            ("ash,ash,cultivar\n1,2,x\n", "more than one column is named 'ash': give each its own name."),
            ("3.06,5.64,barolo\n1.5,2.5,x\n2.5,3.1,y\n", "no column named 'cultivar'"),
        ],
    )
    def test_it_is_refused_in_words(self, saved, content, message):
        result = run("rank", path := saved(content), "--target", "cultivar")
        assert result.exit_code == 2
        assert f"infsel: error: {path}: {message}" in result.stderr

    def test_a_missing_header_is_asked_for(self, frame, saved):
        path = saved(frame.to_csv(index=False, header=False))
        result = run("rank", path, "--target", "barolo")
        assert "is a header missing? --no-header reads it as data" in result.stderr
        printed, names, _ = ranked(path, "--no-header", target="column 14")
        assert "task: classification, 3 classes of 'column 14'" in printed
        assert names[0] == "column 7"

    def test_a_file_that_is_not_there(self, tmp_path):
        (tmp_path / "wines.csv").write_text("")
        assert refused(tmp_path / "wine.csv") == "no such file; did you mean 'wines.csv'?\n"
        assert refused("wyne", target=None).endswith("digits, iris, penguins, wine); did you mean 'wine'?\n")


def test_weights_are_rows_repeated(frame, saved):
    counts = np.random.default_rng(0).integers(0, 3, 178)
    _, weighted, _ = ranked(saved(frame.assign(count=counts)), "--weight", "count")
    assert weighted == ranked(saved(frame.loc[frame.index.repeat(counts)]))[1]
    assert "count" not in weighted
    assert weighted != ranked(saved(frame))[1]


def test_json_says_what_it_is_about(frame, saved, tmp_path):
    path = saved(frame.assign(one=1))
    result = run("rank", path, "--target", "cultivar", "--json", "--top", 2, "--output", tmp_path / "r.csv")
    printed = json.loads(result.stdout)
    best = printed.pop("ranking")[0]
    assert 0.5 < best.pop("importance") < 0.6  # of the page on elimination: .557
    assert best == {"rank": 1, "feature": "flavanoids", "score": 1.0}
    assert printed == {
        "table": str(path),
        "n_samples": 178,
        "n_features": 14,
        "target": "cultivar",
        "task": "classification",
        "selector": "elimination",
        "said": ["task: classification, 3 classes of 'cultivar'"],
        "alerts": [{"kind": "constant", "columns": ["one"], "text": "'one' is constant"}],
        "output": str(tmp_path / "r.csv"),
    }


@pytest.fixture(scope="module")
def titanic():
    """Passengers of which only the sex decides; names, tickets and cabins as on the real list."""
    rng = np.random.default_rng(1)
    n = 300
    sex = rng.choice(["male", "female"], n, p=[0.65, 0.35])
    survived = (rng.random(n) < np.where(sex == "female", 0.9, 0.1)).astype(int)
    return pd.DataFrame(
        {
            "PassengerId": range(1, n + 1),
            "Survived": survived,
            "Pclass": rng.integers(1, 4, n),
            "Name": [f'Passenger, {s} "No. {k}"' for k, s in enumerate(sex)],
            "Sex": sex,
            "Age": np.where(rng.random(n) < 0.2, np.nan, rng.integers(1, 80, n)),
            "Ticket": [f"A/5 {k}" for k in rng.integers(1000, 9999, n)],
            "Fare": rng.exponential(30, n).round(2),
            "Cabin": np.where(rng.random(n) < 0.8, None, [f"C{k}" for k in rng.integers(1, 150, n)]),
            "Embarked": rng.choice(["S", "C", "Q"], n),
        }
    )


def test_a_list_of_passengers_is_one_command(titanic, saved):
    printed, names, errors = ranked(saved(titanic), target="Survived")
    assert names[0] == "Sex"
    assert not {"Name", "Ticket", "Cabin"} & {*names}
    assert "left out: 'Name' (300 in 300 rows), 'Ticket' (" in printed
    assert "1 column with gaps: 'Age' (" in printed
    assert "text as categories: 'Sex' (2 levels), 'Embarked' (3 levels)" in printed
    assert "'PassengerId' goes on from row to row" in printed
    assert errors == ""


def test_a_list_of_passengers_is_compared(titanic, saved):
    options = ["--target", "Survived", "--features", 1, "--folds", 3, "--json"]
    report = json.loads(run("compare", saved(titanic), *options).stdout)
    scores = {row["selector"]: row["score_mean"] for row in report["results"]}
    assert scores["elimination"] > 0.85
    assert scores["f-test"] > 0.85


def test_a_target_of_dates_is_days_or_refused(shuffled, tmp_path):
    path = tmp_path / "dates.csv"
    when = pd.Timestamp("2020-01-01") + pd.to_timedelta((shuffled["proline"]).round(), unit="D")
    shuffled.assign(when=when.dt.strftime("%Y-%m-%d")).to_csv(path, index=False)
    assert "target 'when' is a date: --dates predicts numbers of days" in refused(path, target="when")
    said, names, _ = ranked(path, "--dates", target="when")
    assert "task: regression" in said
    assert names[0] == "proline"


def test_a_file_in_place_of_a_command_and_a_wrong_separator_lead_on(shuffled, tmp_path):
    path = tmp_path / "plain.csv"
    shuffled.to_csv(path, index=False)
    result = run(path)
    assert result.exit_code == 2
    assert f"To rank the columns of a file: infsel rank {path}" in result.stderr
    assert "All cells are in one column: is another separator meant (--sep)?" in refused(path, "--sep", ";")
