"""A manifest is read strictly, and each error names the file, the line and the remedy."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.course.manifest import read_manifest
from grader.errors import AssignmentError
from grader.model.assignment import Assignment, Kind
from grader.model.policy import Counted, LatePolicy
from tests.fakes.course import MANIFEST, write_course

LATE = """\
[late]
due = 2026-10-01T23:59:00+02:00
grace_minutes = 15
percent_per_day = 10
late_days = 2
cap_percent = 50

"""


def test_every_field_reaches_the_assignment(tmp_path: Path) -> None:
    assignment = _read(tmp_path, MANIFEST)
    assert (assignment.id, assignment.title, assignment.seed) == ("small", "Small", 7)
    assert assignment.modules == ("first", "second")
    double, halve = assignment.questions
    assert (double.points, double.difficulty, double.uses, double.all_or_nothing) == (60, 1, (), False)
    assert [(part.name, part.kind) for part in halve.returns] == [("out", Kind.ARRAY), ("cache", Kind.OPAQUE)]
    assert (halve.uses, halve.reading) == (("double",), ("A book, chapter 1",))


def test_a_due_date_and_what_counts_reach_the_assignment(tmp_path: Path) -> None:
    without = _read(tmp_path / "without", MANIFEST)
    assert (without.counted, without.late) == (Counted.LAST, None)
    with_policy = _read(tmp_path / "with", MANIFEST.replace("seed = 7\n", f'seed = 7\ncounted = "best"\n{LATE}'))
    assert with_policy.counted is Counted.BEST
    assert with_policy.late == LatePolicy(
        due=datetime(2026, 10, 1, 21, 59, tzinfo=UTC),
        grace_minutes=15,
        percent_per_day=10,
        late_days=2,
        cap_percent=50,
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("+02:00", "", 4, "has no offset from UTC", "+02:00"),
        ("grace_minutes = 15", 'grace_minutes = "long"', 6, "expected `float`, got `str`", "type"),
        ("grace_minutes = 15", "grace = 15", 6, "unknown field `grace`", "the keys of [late] are due, grace_minutes"),
        ("due = 2026-10-01T23:59:00+02:00\n", "", 4, "missing required field `due`", "the keys of [late] are due"),
        ("late_days = 2", "late_days = -2", 4, "0 or more", "leave a key out"),
        ("[late]", 'late = "tomorrow"\n[other]', 4, "expected `object | null`, got `str`", "type"),
    ],
)
def test_a_damaged_late_policy_names_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, message: str, hint: str
) -> None:
    assert LATE.count(old) == 1
    with pytest.raises(AssignmentError) as caught:
        _read(tmp_path, MANIFEST.replace("seed = 7\n", f"seed = 7\n\n{LATE.replace(old, new)}"))
    assert f"assignment.toml, line {line}: " in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("seed = 7", "seed = 7\nsed = 8", 3, "unknown field `sed`", "title, seed, counted, late, questions"),
        ("points = 60", "points = 60\npoint = 6", 9, "unknown field `point`", "returns, uses"),
        ('title = "Double a number"\n', "", 4, "missing required field `title`", "returns, uses"),
        ("points = 40", 'points = "many"', 16, "expected `float`, got `str`", "type"),
        ("points = 40", "points = -40", 12, "question halve has -40", "positive"),
        ("difficulty = 2", "difficulty = 9", 12, "difficulty 9", "1, 2 or 3"),
        ('"cache: opaque"', '"cache: thing"', 18, "'cache: thing' is not a returned value", "array, number"),
        ('"out: array"]\n\n', '"out"]\n\n', 10, "'out' is not a returned value", "name: kind"),
        ('module = "second"', 'module = "third"', 14, "there is no third.py", "third.py, or correct"),
        ("seed = 7", "seed = -7", 2, "seed is -7", "0 or more"),
        ("seed = 7", "seed = seven", 2, "not TOML", "quotes"),
        ('title = "Small"', 'title = "Small', 1, "not TOML", "quotes"),
    ],
)
def test_a_damaged_manifest_names_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, message: str, hint: str
) -> None:
    assert MANIFEST.count(old) == 1
    with pytest.raises(AssignmentError) as caught:
        _read(tmp_path, MANIFEST.replace(old, new))
    assert f"assignment.toml, line {line}: " in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("points = 60", "points = 50", "add up to 90"),
        ('uses = ["double"]', 'uses = ["triple"]', "unknown questions: triple"),
        ('id = "double"', 'id = "halve"', "named twice: halve"),
    ],
)
def test_questions_that_do_not_fit_together_name_the_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(AssignmentError, match=message) as caught:
        _read(tmp_path, MANIFEST.replace(old, new))
    assert "assignment.toml: " in caught.value.message


def test_a_manifest_that_ends_too_early_is_located_at_its_end(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match=r"line 3: not TOML"):
        _read(tmp_path, 'title = "Small"\n\nquestions = [')


def test_a_manifest_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="has no questions"):
        _read(tmp_path, 'title = "Small"\nquestions = []\n')


def test_a_manifest_that_is_not_utf8_says_where(tmp_path: Path) -> None:
    write_course(tmp_path)
    path = tmp_path / "assignments" / "small" / "assignment.toml"
    path.write_bytes(path.read_bytes().replace(b"Halve a", b"Halv\xe9"))
    with pytest.raises(AssignmentError, match=r"line 15: not UTF-8"):
        read_manifest(path.parent, tmp_path)


def test_a_missing_manifest_is_an_assignment_error(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="cannot read"):
        read_manifest(tmp_path, tmp_path)


def _read(folder: Path, manifest: str) -> Assignment:
    return write_course(folder, manifest=manifest).assignment("small")


def test_a_question_may_give_its_calls_more_time(tmp_path: Path) -> None:
    first = MANIFEST.index("returns")
    assignment = _read(tmp_path, MANIFEST[:first] + "call_seconds = 40\n" + MANIFEST[first:])
    assert [question.call_seconds for question in assignment.questions] == [40.0, None]
    assert assignment.longest_call_seconds == 40.0


@pytest.mark.parametrize("seconds", ["0", "-1", "3600"])
def test_a_call_gets_a_time_that_can_be_waited_for(tmp_path: Path, seconds: str) -> None:
    first = MANIFEST.index("returns")
    with pytest.raises(AssignmentError, match="call_seconds"):
        _read(tmp_path, MANIFEST[:first] + f"call_seconds = {seconds}\n" + MANIFEST[first:])
