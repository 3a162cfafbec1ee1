"""Whether what students read is complete, kind and plain."""

import re
from collections.abc import Iterator

import pytest

from grader.harness.proof import ProofMaterial
from grader.model.assignment import Assignment, Group

# A quoted "wrong" is a value that a function returns.
UNKIND = re.compile(
    r"(?<![\"'])\b(wrong|obvious|obviously|simply|trivial|trivially|just|clearly|of course|easy)\b|!(?!=)",
    re.IGNORECASE,
)
STUDY_NOTES = re.compile(r"\bS\d:\d+")
CODE = re.compile(r"\bnp\.|\*\*|\bdef\b|\breturn [a-z]+\(|\w\[:|->|keepdims=|axis=")
HINT_LENGTH = 200
HINT_SENTENCES = 3


@pytest.fixture(scope="session")
def handout(assignment: Assignment) -> str:
    return (assignment.folder / "README.md").read_text(encoding="utf-8")


def test_the_handout_has_a_section_for_every_question(assignment: Assignment, handout: str) -> None:
    headings = [line for line in handout.splitlines() if line.startswith("#")]
    for question in assignment.questions:
        assert any(f"`{question.id}(" in heading for heading in headings), question.id


def test_the_handout_states_points_and_module_as_the_manifest_does(assignment: Assignment, handout: str) -> None:
    rows = [line for line in handout.splitlines() if line.startswith("|")]
    for question in assignment.questions:
        row = next((row for row in rows if f"`{question.id}`" in row), "")
        cells = [cell.strip() for cell in row.split("|")]
        assert f"`{question.module}.py`" in cells, f"{question.id}: {row}"
        assert f"{question.points:g}" in cells, f"{question.id}: {row}"
        assert "★" * question.difficulty in cells, f"{question.id}: {row}"


def test_the_handout_says_how_to_grade_and_where_to_read(assignment: Assignment, handout: str) -> None:
    assert f"grade {assignment.id}\n" in handout or f"grade {assignment.id} " in handout
    assert "\n## Where to read\n" in handout


def test_every_question_says_where_to_read(assignment: Assignment) -> None:
    for question in assignment.questions:
        assert question.reading, question.id


def test_every_check_has_a_title_and_a_hint(material: ProofMaterial) -> None:
    for check in (graded.check for graded in material.checks):
        assert check.title == check.title.rstrip("."), check.id
        assert check.hint, check.id


def test_no_two_checks_of_a_question_share_a_title(material: ProofMaterial) -> None:
    titles = [(graded.check.question, graded.check.title) for graded in material.checks]
    assert sorted(titles) == sorted(set(titles))


def test_every_question_has_a_core_check(material: ProofMaterial) -> None:
    with_core = {graded.check.question for graded in material.checks if graded.check.group is Group.CORE}
    assert with_core == {question.id for question in material.assignment.questions}


def test_every_misconception_says_what_differs(material: ProofMaterial) -> None:
    for misconception in material.misconceptions:
        assert misconception.summary, misconception.id


def test_a_hint_is_short_and_gives_no_code_away(material: ProofMaterial) -> None:
    for where, hint in _hints(material):
        assert len(hint) <= HINT_LENGTH, where
        assert len(re.findall(r"[.?](?=\s|$)", hint)) <= HINT_SENTENCES, where
        assert not CODE.search(hint), where


def test_the_words_are_kind_and_point_to_what_students_can_open(material: ProofMaterial, handout: str) -> None:
    for where, text in (*_texts(material), ("README.md", handout)):
        assert not UNKIND.search(text), f"{where}: {UNKIND.findall(text)}"
        assert not STUDY_NOTES.search(text), where


def _hints(material: ProofMaterial) -> Iterator[tuple[str, str]]:
    yield from ((graded.check.id, graded.check.hint) for graded in material.checks)
    yield from ((misconception.id, misconception.hint) for misconception in material.misconceptions)


def _texts(material: ProofMaterial) -> Iterator[tuple[str, str]]:
    yield from _hints(material)
    yield from ((graded.check.id, graded.check.title) for graded in material.checks)
    for question in material.assignment.questions:
        yield from ((question.id, text) for text in (question.title, *question.reading))
    yield from ((source.filename, source.text) for source in material.solution.sources)
