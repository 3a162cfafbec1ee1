"""Whatever bytes are handed in, each reader gives its result or a `GraderError` of one line, and nothing else.

`--hypothesis-profile=long` looks a hundred times longer.
"""

import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.course.archive import archive_tree
from grader.course.download_names import parse_download_name, without_copy_number
from grader.course.entry_names import entry_path
from grader.course.files import source_text
from grader.course.gradescope import METADATA, read_submitters
from grader.course.manifest import read_manifest
from grader.course.notebook import read_notebook
from grader.course.selection import select
from grader.errors import GraderError, SubmissionError
from grader.model.assignment import Assignment
from tests.fakes.archives import tarred, zipped
from tests.fakes.course import MANIFEST, write_course

CODE = b"def double(x): return 2 * x\n"
ENTRIES = [("work/first.py", CODE), ("work/second.py", b"x = 1\n"), ("notes.txt", b"hello")]
ARCHIVES = [zipped(*ENTRIES), tarred(*ENTRIES, packed=False), tarred(*ENTRIES)]
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# A heading"]},
            {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "source": CODE.decode()},
        ],
    }
).encode()
EXPORT = b"submission_1:\n  :submitters:\n  - :name: Jane\n    :sid: '7'\n  :score: 1.0\n"

EDITS = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 3), st.binary(max_size=6)), max_size=6)
"""Places, how many bytes go there, and what comes in their place."""

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("code")
KEYS = st.sampled_from(
    [
        "nbformat",
        "nbformat_minor",
        "metadata",
        "cells",
        "worksheets",
        "cell_type",
        "source",
        "input",
        "code",
        "language",
    ]
)
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner), max_leaves=12)

WORDS = ["def", "class", "async", "import", "from", "as", "lambda", "double", "if", "else", "x", "np", "1", "1e5", "0x"]
MARKS = ["!ls", "%time", "%%bash", "'''", "f'", "\n", "\t", "\r", "\x0c", "\u2028", *"'\"#\\@=:,;()[]{}.*$?\u00e9"]
SOURCES = st.lists(st.sampled_from(WORDS + MARKS), max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course")).assignment("small")


@given(st.sampled_from(ARCHIVES), EDITS, st.integers(0, 200))
def test_a_damaged_archive(assignment: Assignment, archive: bytes, edits: list[Any], missing: int) -> None:
    content = _edited(archive, edits)
    _read_archive(content[: len(content) - missing], assignment)


@given(st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\x00", b""]), st.binary(max_size=200))
def test_bytes_that_begin_like_an_archive(assignment: Assignment, start: bytes, rest: bytes) -> None:
    _read_archive(start + rest, assignment)


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), st.just(CODE)), max_size=4))
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_of_any_names(assignment: Assignment, entries: list[tuple[str, bytes]]) -> None:
    for content in (zipped(*entries), tarred(*entries)):
        _read_archive(content, assignment)


@given(EDITS)
def test_a_damaged_notebook(assignment: Assignment, edits: list[Any]) -> None:
    _read_notebook(_edited(NOTEBOOK, edits), assignment)


@given(TREES)
def test_json_that_is_hardly_a_notebook(assignment: Assignment, tree: Any) -> None:
    _read_notebook(json.dumps(tree).encode(), assignment)


@given(st.lists(SOURCES, max_size=4))
def test_cells_of_anything(assignment: Assignment, sources: list[str]) -> None:
    cells = [{"cell_type": "code", "source": source} for source in [*sources, CODE.decode()]]
    source = read_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode(), "work.ipynb", assignment)
    assert "def double(x)" in source.text


@given(st.sampled_from([b"", b"# coding: latin-1\n", b"# coding: ", b"\xef\xbb\xbf"]), st.binary(max_size=60))
def test_source_of_any_bytes(start: bytes, rest: bytes) -> None:
    try:
        assert "\0" not in source_text(start + rest, "first.py")
    except SubmissionError as error:
        _assert_clear(error)


@given(EDITS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_manifest(assignment: Assignment, edits: list[Any]) -> None:
    path = assignment.folder / "assignment.toml"
    path.write_bytes(_edited(MANIFEST.encode(), edits))
    try:
        assert read_manifest(assignment.folder, assignment.solution_folder).questions
    except GraderError as error:
        _assert_clear(error)


@given(EDITS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_list_of_submitters(tmp_path: Path, edits: list[Any]) -> None:
    (tmp_path / METADATA).write_bytes(_edited(EXPORT, edits))
    assert all(name.startswith("submission_") for name in read_submitters(tmp_path))


@given(st.text(max_size=40) | st.from_regex(r"\w{0,5}_(LATE_)?\d{1,3}_\d{1,3}_.{0,5}(-1)?\.py", fullmatch=True))
def test_any_name_of_a_file(name: str) -> None:
    says = parse_download_name(name)
    assert says is None or says.student.id
    assert without_copy_number(name)[1] >= 0
    try:
        path = entry_path(name)
    except ValueError:
        return
    assert not path.is_absolute()
    assert ".." not in path.parts


def _read_archive(content: bytes, assignment: Assignment) -> None:
    try:
        tree = archive_tree(content, "alice.zip")
        assert all(not path.is_absolute() and ".." not in path.parts for path in tree.files)
        select(tree, assignment, name="alice", place=Path("alice.zip"))
    except SubmissionError as error:
        _assert_clear(error)
        return
    assert PurePosixPath() not in tree.files


def _read_notebook(content: bytes, assignment: Assignment) -> None:
    try:
        assert read_notebook(content, "work.ipynb", assignment).text
    except SubmissionError as error:
        _assert_clear(error)


def _assert_clear(error: GraderError) -> None:
    assert error.message
    assert "\n" not in error.message
    assert len(error.message) < 600


def _edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in edits:
        start = place % (len(content) + 1)
        content = content[:start] + piece + content[start + length :]
    return content
