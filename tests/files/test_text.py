"""A text is the same table in every dialect."""

import io
import itertools

import numpy as np
import pandas as pd
import pytest

from infsel.files import read_table

NAMES = ["länge", "x 2", "count", "site", "big"]


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(3)
    sites = np.array(["Köln, Rhein", "Bad; Tölz", "A|B", "tab\there"])
    columns = {
        "länge": rng.standard_normal(30).round(4),
        "x 2": rng.standard_normal(30).round(2) * 100,
        "count": rng.integers(0, 90, 30),
        "site": sites[rng.integers(0, 4, 30)],
        "big": rng.integers(1000, 10**7, 30),
    }
    return pd.DataFrame(columns)


def read(text, encoding="utf-8", **options):
    return read_table(io.BytesIO(text.encode(encoding) if isinstance(text, str) else text), **options)


def check(found, frame):
    assert found.columns.tolist() == frame.columns.tolist()
    for name in frame:
        if frame[name].dtype == float:  # older readers are off by a unit in the last place
            np.testing.assert_allclose(found[name], frame[name], rtol=1e-14)
        else:
            np.testing.assert_array_equal(found[name].astype(frame[name].dtype), frame[name])


DIALECTS = itertools.product(
    ",;\t|", ".,", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"], ["\n", "\r\n", "\r"]
)


@pytest.mark.parametrize(("separator", "decimal", "encoding", "end"), DIALECTS)
def test_every_dialect_is_the_same_table(frame, separator, decimal, encoding, end):
    text = frame.to_csv(index=False, sep=separator, decimal=decimal, lineterminator=end)
    table = read(text, encoding)
    check(table.frame, frame)
    assert not table.warned
    said = " ".join(table.said)
    assert ("decimal ','" in said) == (decimal == ",")
    assert ({";": "with ';'", "|": "with '|'", "\t": "with tabs", ",": ""}[separator]) in said
    assert ("UTF-16" in said, "cp1252" in said) == ("16" in encoding, encoding == "cp1252")


@pytest.mark.parametrize("quoting", [0, 1, 2])
def test_quotation_marks_change_nothing(frame, quoting):
    check(read(frame.to_csv(index=False, sep=";", decimal=",", quoting=quoting)).frame, frame)


def test_blanks_in_any_number_separate_where_nothing_else_does(frame):
    numbers = frame[["länge", "count", "big"]]
    table = read(numbers.to_string(index=False))
    check(table.frame, numbers)
    assert table.said == ["read with blanks"]


def test_a_text_of_one_column_needs_no_separator():
    assert read("note\nthree small words\nthree other words\n").frame["note"].tolist() == [
        "three small words",
        "three other words",
    ]
    assert read("a\n1.5\n2\n").frame.a.tolist() == [1.5, 2]


def test_blank_separated_words_are_no_columns_where_commas_are():
    table = read("first name,last name\nA B,C D\nE F,G H\n")
    assert table.frame.columns.tolist() == ["first name", "last name"]


@pytest.mark.parametrize("mark", ["#", "%"])
def test_lines_of_comments_are_no_rows(frame, mark):
    lines = frame.to_csv(index=False).splitlines(keepends=True)
    text = "".join([f"{mark} by hand, in May\n", f"{mark}\n", *lines[:4], f"{mark} more, and, more\n", *lines[4:]])
    table = read(text)
    check(table.frame, frame)
    assert table.said == [f"read without lines that begin with {mark!r}"]


def test_names_behind_a_comment_mark_are_the_header(tmp_path):
    X = np.arange(12.0).reshape(4, 3)
    np.savetxt(tmp_path / "t.txt", X, header="a b c")
    np.testing.assert_array_equal(read_table(tmp_path / "t.txt").frame[list("abc")], X)
    np.savetxt(tmp_path / "t.txt", X, header="a,b,c", delimiter=",")
    np.testing.assert_array_equal(read_table(tmp_path / "t.txt").frame[list("abc")], X)
    assert read("# a,b\na,b\n1,2\n").frame.columns.tolist() == ["a", "b"]  # the first row is the header itself


def test_lines_above_the_header_are_left_out():
    table = read("Report of May\n\na;b;c\n1;2,5;x\n2;3,5;y\n3;1;x\n")
    assert table.frame.shape == (3, 3)
    assert table.said == ["read with ';', decimal ',' and without 2 lines above the header"]
    assert read("sep=;\na;b\n1;2\n3;4\n").frame.columns.tolist() == ["a", "b"]


def test_a_wide_table_and_a_long_cell():
    wide = pd.DataFrame(np.arange(15_000.0).reshape(3, -1) / 8, columns=[f"gene_{k}" for k in range(5000)])
    check(read(wide.to_csv(index=False)).frame, wide)
    assert read("a;b\n1;2\n3;" + 200_000 * "x" + "\n").frame.b.str.len().max() == 200_000


def test_signs_of_money_and_thousands_tell_the_decimal_sign():
    table = read("day;amount\n01.02.2024;1.234,50 €\n02.02.2024;-12,00 €\n")
    assert table.frame.amount.tolist() == [1234.5, -12]
    assert read("a;b\n1 000,50;x\n2 000,25;y\n").frame.a.tolist() == [1000.5, 2000.25]


def test_a_header_with_one_name_is_no_line_above():
    assert read("a,,\n1,x,y\n2,z,w\n").frame.columns.tolist() == ["a", "Unnamed: 1", "Unnamed: 2"]
    table = read("Sales of 2024,,\nregion,amount,x\nN,10,1\nS,20,2\n")
    assert table.frame.columns.tolist() == ["region", "amount", "x"]


def test_lines_that_all_end_in_a_separator_make_no_column():
    for text in ("a,b,\n1,2,\n3,4,\n", "a,b\n1,2,\n3,4,\n"):
        table = read(text)
        assert table.frame.columns.tolist() == ["a", "b"]
        assert table.said == ["left out: an empty column without a name, as lines end in separators"]


def test_rows_of_nothing_are_left_out():
    table = read("a,b\n1,2\n,\n3,4\n,\n")
    assert table.frame.a.tolist() == [1, 3]
    assert table.said == ["left out: 2 empty rows"]


def test_a_header_of_one_name_less_has_labels_in_front(frame):
    numbers = frame[["länge", "count"]].set_axis([f"s{k}" for k in range(30)])
    text = numbers.to_csv(sep=" ").replace(" länge", "länge", 1)  # as R writes
    table = read(text)
    check(table.frame, numbers)
    assert table.frame.index.tolist() == numbers.index.tolist()
    assert any("row labels" in sentence for sentence in table.said)


def test_a_saved_index_is_labels_also_when_saved_twice(frame, tmp_path):
    frame.to_csv(tmp_path / "once.csv")
    pd.read_csv(tmp_path / "once.csv").to_csv(tmp_path / "twice.csv")
    for name, labels in [("once", ["Unnamed: 0"]), ("twice", ["Unnamed: 0", "Unnamed: 0.1"])]:
        table = read_table(tmp_path / f"{name}.csv")
        check(table.frame, frame)
        assert len(table.labels) == len(labels)
        assert "row labels" in table.said[0]


def test_what_may_be_a_measurement_is_no_label():
    assert read("index,b\n1.3,1\n1.5,2\n1.4,3\n").labels == []  # of refraction
    assert read("index,b\n0,1\n1,2\n2,3\n").labels == ["index"]
    assert read(",b\n0.5,1\n0.7,2\n").frame.columns.tolist() == ["Unnamed: 0", "b"]


def test_a_column_can_be_named_as_labels(frame):
    text = frame.assign(key=[f"k{i}" for i in range(30)]).to_csv(index=False)
    table = read(text, index="key")
    assert table.frame.index[2] == "k2"
    assert "key" not in table.frame
    with pytest.raises(ValueError, match=r"--index: no column is named 'keys'.*did you mean 'key'\?"):
        read(text, index="keys")


def test_long_rows_are_named_by_line():
    with pytest.raises(ValueError, match=r"^line 5, line 8: up to 4 cells, but there are 2 columns\."):
        read('# c\na,b\n"1\n1",2\n1,2,3,4\n\n1,2\n1,2,3\n1,2\n')


def test_short_rows_are_named_by_line():
    table = read("a,b,c\n1,2,3\n1,2\n4,5,\n7\n8,9,1\n")
    assert table.warned == ["line 3 has 2 of 3 cells and 1 more line: what lacks counts as missing."]
    assert table.frame.b.isna().sum() == 1
    assert read("a,b,c\n1,2,3\n4,5,\n").warned == []


def test_a_missing_header_is_asked_for():
    assert "is a header missing? --no-header" in read("3.1,5.2,u\n2.5,1.5,v\n2.7,1.3,u\n").warned[0]
    with pytest.raises(ValueError, match="is a header missing"):
        read("1,1,0\n2,3,1\n")
    table = read("3.1,5.2,u\n2.5,1.5,v\n", header=False)
    assert table.frame.columns.tolist() == ["column 1", "column 2", "column 3"]
    assert len(table.frame) == 2
    labels = read("39,clerk,yes\n50,clerk,no\n28,clerk,yes\n")
    assert "is a header missing?" in labels.warned[0]
    assert read("400,402.5,405,y\n1,2,3,a\n4,4,3,b\n").warned == []  # wavelengths


def test_names_that_repeat_are_all_named():
    with pytest.raises(ValueError, match=r"more than one column is named 'a', 'b': give each its own name\."):
        read("a,b,a,b,c\n1,2,3,4,5\n")


def test_what_the_user_says_goes_before_what_is_guessed():
    assert read("a,b;c\n1,2;3\n4,5;6\n", separator=",").frame.columns.tolist() == ["a", "b;c"]
    assert read("a;b\n1.065;2\n2.100;4\n", decimal=",").frame.a.tolist() == [1065, 2100]
    assert read("a;b\n1,065;2\n2,100;4\n", decimal=".").frame.a.tolist() == [1065, 2100]
    assert read("a;b\n1,065;2\n2,100;4\n").frame.a.tolist() == [1.065, 2.1]
    cyrillic = io.BytesIO("ключ,b\n1,2\n3,4\n".encode("koi8-r"))
    assert read_table(cyrillic, encoding="koi8-r").frame.columns[0] == "ключ"
    assert read("a b\n1 2\n3 4\n", separator="space").frame.shape == (2, 2)
    with pytest.raises(ValueError, match="there is no encoding 'utf-9'"):
        read_table(io.BytesIO(b"a,b\n1,2\n"), encoding="utf-9")
    with pytest.raises(ValueError, match="is no text in ascii: leave --encoding out"):
        read_table(io.BytesIO("ä,b\n1,2\n".encode()), encoding="ascii")


@pytest.mark.parametrize("content", [b"", b" \n", "\ufeff".encode()])
def test_nothing_is_said_to_be_nothing(content):
    with pytest.raises(ValueError, match="the file is empty"):
        read(content)


def test_what_is_no_text_is_refused():
    with pytest.raises(ValueError, match="NUL characters"):
        read("a,b\n1,2\n" * 900 + "\0")
    with pytest.raises(ValueError, match="no text in cp1252"):
        read(bytes(range(128, 256)))


@pytest.mark.parametrize("above", ["Report 2024;;;\n;;;\n", "", "Report\n"])
def test_merged_cells_above_the_names(above):
    text = f"{above}client;;values;\nnumber;size;share;kind\n" + "".join(f"{k};{k}.5;3;a\n" for k in range(5))
    table = read_table(io.BytesIO(text.encode()))
    assert table.frame.columns.tolist() == ["number", "size", "share", "kind"]
    assert "above the header" in table.said[0]
    assert len(table.frame) == 5


def test_an_unnamed_column_is_no_merged_cell():
    text = ";town;kind\nbob;Rome;a\nann;Oslo;b\njim;Oslo;b\n"
    assert read_table(io.BytesIO(text.encode())).frame.columns.tolist() == ["town", "kind"]
