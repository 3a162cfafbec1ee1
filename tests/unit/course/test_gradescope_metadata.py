"""What Gradescope says of one submission."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from grader.course.gradescope_metadata import read_metadata
from grader.errors import SubmissionError

METADATA: dict[str, Any] = {
    "id": 123456,
    "created_at": "2026-10-03T10:00:00.365935+02:00",
    "assignment": {
        "due_date": "2026-10-01T23:59:00.000000+02:00",
        "group_size": 4,
        "group_submission": True,
        "late_due_date": None,
        "title": "Homework",
        "total_points": "100.0",
    },
    "submission_method": "upload",
    "users": [{"email": "a@example.org", "id": 1, "name": "Alice"}, {"email": "b@example.org", "id": 2, "name": None}],
    "previous_submissions": [{"submission_time": "2026-10-01T10:00:00+02:00", "score": 0.0, "results": {}}],
}


def _written(tmp_path: Path, **changes: Any) -> Path:
    path = tmp_path / "submission_metadata.json"
    path.write_text(json.dumps({**METADATA, **changes}), encoding="utf-8")
    return path


def test_the_time_the_due_date_and_the_students_are_read(tmp_path: Path) -> None:
    found = read_metadata(_written(tmp_path))
    assert found.submitted_at == datetime.fromisoformat("2026-10-03T10:00:00.365935+02:00")
    assert found.due == datetime.fromisoformat("2026-10-01T23:59:00+02:00")
    assert found.students == ("Alice", "b@example.org")


def test_an_extension_of_one_student_counts_for_the_group(tmp_path: Path) -> None:
    users = [*METADATA["users"], {"name": "Carol", "assignment": {"due_date": "2026-10-05T12:00:00+02:00"}}]
    assert read_metadata(_written(tmp_path, users=users)).due == datetime.fromisoformat("2026-10-05T12:00:00+02:00")


def test_an_assignment_without_a_due_date_has_none(tmp_path: Path) -> None:
    assert read_metadata(_written(tmp_path, assignment={"due_date": None})).due is None


@pytest.mark.parametrize(
    "changes",
    [{"created_at": None}, {"created_at": "yesterday"}, {"created_at": "2026-10-03T10:00:00"}, {"users": "Alice"}],
)
def test_what_does_not_say_when_it_came_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(SubmissionError, match=r"submission_metadata\.json"):
        read_metadata(_written(tmp_path, **changes))


def test_a_missing_or_cut_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError):
        read_metadata(tmp_path / "submission_metadata.json")
    (tmp_path / "submission_metadata.json").write_text('{"created_at": "2026', encoding="utf-8")
    with pytest.raises(SubmissionError):
        read_metadata(tmp_path / "submission_metadata.json")
