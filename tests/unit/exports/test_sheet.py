"""A downloaded file is read as its platform wrote it, and only the cells that are filled change."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.exports.sheet import parse_sheet, read_sheet

TEXT = st.text(st.sampled_from('ab ,;\t"\r\n=é€'), max_size=6)
TABLES = st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=5)


@given(TABLES, st.sampled_from(["\r\n", "\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_file_is_read_as_the_csv_module_reads_it_and_is_kept_byte_by_byte(
    rows: list[list[str]], line_end: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows([["one", "two"], *rows])
    content = text.getvalue().encode(encoding)
    sheet = parse_sheet(content, "file")
    found = [[cell.text for cell in row] for row in sheet.rows]
    expected = csv.reader(io.StringIO(text.getvalue(), newline=""), strict=True)
    assert found == [row for row in expected if any(cell.strip() for cell in row)]
    assert sheet.filled({}) == content


@given(TABLES, st.text(st.sampled_from('ab ,;\t"\r\n=é'), max_size=6))
def test_a_filled_cell_is_read_back_and_the_others_are_as_before(rows: list[list[str]], value: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["one", "two"], *rows])
    sheet = parse_sheet(text.getvalue().encode(), "file")
    last = sheet.rows[-1][-1]
    filled = list(csv.reader(io.StringIO(sheet.filled({last: value}).decode(), newline=""), strict=True))
    expected = [[cell.text for cell in row] for row in sheet.rows]
    expected[-1][-1] = value
    assert [row for row in filled if any(cell.strip() for cell in row)] == [
        row for row in expected if any(cell.strip() for cell in row)
    ]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (b"a,b\n1,2\n", ","),
        (b"a;b\n1,5;2\n", ";"),
        (b'"a, with, commas";b\n1;2', ";"),
        (b"a\tb\r\n1\t2\r\n", "\t"),
    ],
)
def test_the_separator_is_that_of_the_headings(content: bytes, delimiter: str) -> None:
    assert parse_sheet(content, "file").delimiter == delimiter


def test_lines_are_counted_through_quoted_line_ends() -> None:
    sheet = parse_sheet(b'a,b\r\n"x\ny\r\nz",1\r\n\r\nlast,2', "file")
    assert [row[0].line for row in sheet.rows] == [1, 2, 6]


def test_a_file_of_windows_stays_one() -> None:
    sheet = parse_sheet("name,grade\nÜnal,\n".encode("cp1252"), "file")
    assert sheet.rows[1][0].text == "Ünal"
    assert sheet.filled({sheet.rows[1][1]: "5"}) == "name,grade\nÜnal,5\n".encode("cp1252")
    with pytest.raises(UsageError, match="cp1252, which cannot hold '字'"):
        sheet.filled({sheet.rows[1][1]: "字"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "file is empty"),
        (b"\xef\xbb\xbf\r\n,,\r\n", "file is empty"),
        (b'a,b\n"open,1\n', 'line 2: a " that is not closed'),
        (b'a,b\n"x"y,1\n', 'line 2: a " that is not closed'),
        (b"PK\x03\x04\x00", "not a text file"),
        (b"a,b\n\x81\x8d,1\n", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea", "neither UTF-8"),
    ],
)
def test_what_is_no_csv_is_refused_with_the_line(content: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_sheet(content, "file")


def test_a_row_that_is_too_short_is_named() -> None:
    sheet = parse_sheet(b"a,b,c\n1,2\n", "file")
    with pytest.raises(UsageError, match="line 2: this row has 2 cells, the first row has 3"):
        sheet.cell(sheet.rows[1], 2)


def test_a_file_that_is_not_there_or_too_large_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*: no such file"):
        read_sheet(tmp_path / "nothing.csv")
    (tmp_path / "large.csv").write_bytes(b"a" * 50_000_001)
    with pytest.raises(UsageError, match="larger than 50 MB"):
        read_sheet(tmp_path / "large.csv")
