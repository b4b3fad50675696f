import codecs
import csv
import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activelabel.errors import BadData, WrongUse
from activelabel.project.readers import pieces
from activelabel.project.readers.source import open_source

cell = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8) | st.sampled_from(
    ['"', '""', "a,b", "\n", '",\n"', "007", " x ", "NA"]
)
names = st.lists(st.text("abcdef_ é;", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=4, unique=True)
on_disk = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path, **how):
    source = open_source(path, **how)
    rows = [
        row for batch in source.batches() for row in zip(*(each.to_pylist() for each in batch.columns), strict=True)
    ]
    return list(source.names), [list(row) for row in rows]


def written(tmp_path, content, name="data.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path, **how):
    with pytest.raises(BadData) as caught:
        read(path, **how)
    return str(caught.value).removeprefix(f"{path}: ")


@on_disk
@given(table=st.data(), header=names, ends=st.sampled_from(["\n", "\r\n"]), mark=st.sampled_from([",", ";", "\t", "|"]))
def test_any_table_that_the_csv_module_writes_is_read_back(tmp_path, table, header, ends, mark):
    rows = table.draw(st.lists(st.lists(cell, min_size=len(header), max_size=len(header)), min_size=1, max_size=6))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, lineterminator=ends).writerows([header, *rows])

    assert read(written(tmp_path, text.getvalue()), delimiter=mark) == (header, rows)


@pytest.mark.parametrize("piece_bytes", [16, 40, 64])
def test_a_row_may_lie_across_pieces_of_the_file(tmp_path, monkeypatch, piece_bytes):
    monkeypatch.setattr(pieces, "PIECE_BYTES", piece_bytes)
    rows = [[f"row {number}", 'said "so",\nand went\n' * (number % 4)] for number in range(30)]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["a", "b"], *rows])

    assert read(written(tmp_path, text.getvalue()), delimiter=",")[1] == rows


@on_disk
@given(
    parts=st.lists(st.sampled_from(['"', '""', ",", "\n", "\r\n", "a", "b ", "é", '","', '"\n']), max_size=15),
    piece_bytes=st.sampled_from([3, 7, 1 << 19]),
)
def test_any_text_is_read_as_the_strict_csv_module_reads_it_or_refused(tmp_path, parts, piece_bytes):
    text = "h,i\n" + "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE_BYTES", piece_bytes)
        try:
            header, rows = read(written(tmp_path, text), delimiter=",")
        except BadData:
            header, rows = ["h", "i"], None
    try:
        meant = [row for row in csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True) if row]
    except csv.Error:
        meant = [["h", "i"], []]

    assert header == ["h", "i"]
    assert rows == (meant[1:] if {len(row) for row in meant} == {2} else None)


def test_blank_lines_above_the_header_may_fill_whole_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 16)

    assert read(written(tmp_path, "\n" * 100 + "a,b\n1,2\n")) == (["a", "b"], [["1", "2"]])


def test_cells_stay_as_they_are_written(tmp_path):
    path = written(tmp_path, 'a,b,c\n007,NA,\n" x ",5" disk,null\n')

    assert read(path)[1] == [["007", "NA", ""], [" x ", '5" disk', "null"]]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,x\n2,y\n",
        b"a,b\r\n1,x\r\n2,y\r\n",
        b"a,b\r1,x\r2,y\r",
        b"a,b\n1,x\n2,y",
        b'"a","b"\n"1","x"\n"2","y"\n',
        b"\n\na,b\n1,x\n\n2,y\n\n\n",
        b"a;b\n1;x\n2;y\n",
        b"a\tb\n1\tx\n2\ty\n",
        b"a|b\n1|x\n2|y\n",
        codecs.BOM_UTF8 + b"a,b\n1,x\n2,y\n",
        "a,b\n1,x\n2,y\n".encode("utf-16"),
    ],
)
def test_line_ends_quotes_marks_blank_lines_and_delimiters_make_no_difference(tmp_path, content):
    assert read(written(tmp_path, content)) == (["a", "b"], [["1", "x"], ["2", "y"]])


def test_another_encoding_is_read_when_it_is_given(tmp_path):
    path = written(tmp_path, "name,n\ncafé,1\n".encode("latin-1"))

    assert read(path, encoding="latin-1")[1] == [["café", "1"]]


def test_a_tsv_is_split_at_tabs_even_where_commas_are_more(tmp_path):
    path = written(tmp_path, "a,b,c\td\n1,2,3\t4\n", "data.tsv")

    assert read(path) == (["a,b,c", "d"], [["1,2,3", "4"]])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n3\n4,5\n", "line 3: expected 2 cells, found 1"),
        (b"a,b\n1,2\n3,4,5\n", "line 3: expected 2 cells, found 3"),
        (b'a,b\n"x\ny",2\n3,4,5\n', "line 4: expected 2 cells, found 3"),
        (b'a,b\n1,"two\n3,4\n', "line 2: a quote opens here and is never closed"),
        (b'a,b\n1,2\n3,"cut of', "line 3: a quote opens here and is never closed"),
        (b'a,b\n1,"two"x\n3,4\n', "line 2: text after a closing quote"),
        (b"a,b\n1,2\n3,\0\n", "line 3: a NUL byte"),
        (b"a,b\n1,2\n3,caf\xe9\n", "line 3: byte 0xe9 is not UTF-8"),
        (b"caf\xe9,b\n1,2\n", "line 1: byte 0xe9 is not UTF-8"),
        (b"a,b,a\n1,2,3\n", "columns 1 and 3 are both named 'a'"),
        (b"a,,c\n1,2,3\n", "column 2 has no name in the header"),
        (b"a,b\x1b[2J\n1,2\n", "column 2 has a control character in its name: 'b\\x1b[2J'"),
        (b"", "the file is empty"),
        (b"\n\n\n", "no header, every line is blank"),
    ],
)
def test_what_cannot_be_read_without_guessing_is_refused_by_line(tmp_path, content, said):
    assert refusal(written(tmp_path, content), delimiter=",") == said


def test_the_line_is_right_far_down_the_file(tmp_path):
    rows = "".join(f"{number},x\n" for number in range(200_000))

    assert refusal(written(tmp_path, f"a,b\n{rows}1,2,3\n")) == "line 200002: expected 2 cells, found 3"


def test_a_cut_off_utf16_file_is_refused_near_the_line(tmp_path):
    path = written(tmp_path, "a,b\n1,2\n3,4\n".encode("utf-16")[:-1])

    assert refusal(path).startswith("near line 3: not utf-16")


def test_a_wrong_delimiter_is_answered_with_the_right_one(tmp_path):
    path = written(tmp_path, "a;b\n1;2,5\n")

    with pytest.raises(BadData) as caught:
        read(path, delimiter=",")
    assert "try --delimiter ';'" in caught.value.hint


def test_a_row_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 64)
    monkeypatch.setattr(pieces, "LONGEST_ROW_BYTES", 1000)

    assert refusal(written(tmp_path, f"a,b\n1,{'x' * 5000}\n2,y\n")).startswith("line 2: a row of more than")


@pytest.mark.parametrize("encoding", ["utf-9", "hex", ""])
def test_an_encoding_that_does_not_exist_is_wrong_use(tmp_path, encoding):
    with pytest.raises(WrongUse, match="no encoding named"):
        read(written(tmp_path, "a,b\n1,2\n"), encoding=encoding)


@pytest.mark.parametrize("delimiter", ["ab", '"', "\n", "é"])
def test_a_delimiter_that_cannot_be_one_is_wrong_use(tmp_path, delimiter):
    with pytest.raises(WrongUse, match="cannot be a delimiter"):
        read(written(tmp_path, "a,b\n1,2\n"), delimiter=delimiter)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    path = written(tmp_path, "a,b\n1,2\n")
    batches = open_source(path).batches()
    next(batches)
    path.write_text("a,b\n1,2\n3,4\n")

    with pytest.raises(BadData, match="changed while it was being read"):
        next(batches)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    path = tmp_path / "data.csv"
    os.mkfifo(path)

    assert refusal(path) == "not a regular file"


@pytest.mark.parametrize("name", ["data.xlsx", "data", "data.csv.gz", "data.images"])
def test_an_unknown_format_is_named_with_those_known(tmp_path, name):
    with pytest.raises(BadData, match="not a format this reads") as caught:
        read(written(tmp_path, "a,b\n1,2\n", name))
    assert "parquet" in caught.value.hint


def test_a_missing_file_is_not_found(tmp_path):
    assert refusal(tmp_path / "none.csv") == "not found"


def test_a_last_row_beyond_the_limit_is_refused_too(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 64)
    monkeypatch.setattr(pieces, "LONGEST_ROW_BYTES", 1000)

    assert refusal(written(tmp_path, f'a,b\n1,"{"x" * 1100}')).startswith("line 2: a row of more than")
