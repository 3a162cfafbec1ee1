"""Without names, nothing is left of who it is; what the checks say stays."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from grader.model.gradebook import Member
from grader.model.result import CheckResult, Frame, Outcome, Traceback
from grader.reports.class_report import NameScrubber, without_names
from tests.fakes.class_records import HELP, LATE, class_record, eventful, student
from tests.fakes.graded import check, environment, graded, half_right, question

ADA = Member(id="ada_l", name="Ada Lovelace", email="countess@example.org", on_roster=True)
BOB = Member(id="1234567", name="Bob du Bois", email="b.bois@example.org", on_roster=True)


def scrubbed(**fields: Any) -> CheckResult:
    """Return what is left of a failed check of Ada's."""
    failed = check("module.test_it", "It is right.", Outcome.ERRORED, **fields)
    result = graded([question("it", "module", "It", [failed])], submission="ada_l")
    shown = NameScrubber([ADA, BOB]).result_without_names(result, ADA, "s-7k3m")
    return shown.questions[0].checks[0]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("ValueError: lovelace was here", "ValueError: [name] was here"),
        ("written by ADA and Bob", "written by [name] and [name]"),
        ("my_lovelace_matrix", "my_[name]_matrix"),
        ("mail countess@example.org", "mail [name]@example.org"),
        ("student 1234567", "student [name]"),
        ("the matrix bobbles", "the matrix bobbles"),
        ("expected 0.123, got 12 (l = 3)", "expected 0.123, got 12 (l = 3)"),
    ],
)
def test_names_are_taken_out_of_messages(message: str, shown: str) -> None:
    assert scrubbed(message=message).message == shown


def test_what_the_student_wrote_is_left_out() -> None:
    frame = Frame(filename="ada_l.py", line=3, function="f", code="x = 1  # me")
    left = scrubbed(
        traceback=Traceback(error="KeyError: 'Ada'", frames=(frame,)), stdout="it was me", call="it({'ada': 1})"
    )
    assert left.traceback == Traceback(error="KeyError: '[name]'", frames=())
    assert (left.stdout, left.call) == ("", "it({'[name]': 1})")


def test_what_the_assignment_says_stays() -> None:
    left = scrubbed(hint="The module defines ada_helper.", points=1.0)
    assert left.hint == "The module defines [name]_helper."
    assert (left.title, left.points, left.outcome) == ("It is right.", 1.0, Outcome.ERRORED)


def test_a_submission_has_neither_its_name_nor_its_digest_nor_the_reason_of_a_failure() -> None:
    result = graded([], submission="ada_l", environment=environment(), errors=("ada_l.zip is not a ZIP archive",))
    shown = NameScrubber([ADA]).result_without_names(result, ADA, "s-7k3m")
    assert (shown.submission, shown.errors, shown.environment.submission_digest) == ("s-7k3m", (), "")
    assert shown.environment.assignment_digest == result.environment.assignment_digest


def test_the_class_is_in_the_order_of_its_pseudonyms_and_says_no_more() -> None:
    record = eventful(40)
    numbers = {each.member.id: f"s-{(7 * n) % 43:04}" for n, each in enumerate(record.students)}
    hidden = without_names(record, numbers)
    ids = [each.member.id for each in hidden.students]
    assert ids == sorted(numbers.values())
    told = repr(replace(hidden, hints={}, students=tuple(replace(each, attempts=()) for each in hidden.students)))
    for each in record.students:
        for text in (each.member.id, each.member.name):
            assert not text or repr(text)[1:-1] not in told
    for text in ("Explained it well", "TA", "alert(3)", "weights:"):
        assert text not in told
    attempts = [each.attempt for student in hidden.students for each in student.attempts]
    assert {each.submitted_at for each in attempts} == {None}
    assert {(each.submission, each.digest) for each in attempts} == {(each.student, "") for each in attempts}


def test_marks_and_lateness_stay() -> None:
    record = eventful(40)
    hidden = without_names(record, {each.member.id: f"s-{n:04}" for n, each in enumerate(record.students)})
    for before, after in zip(record.students, hidden.students, strict=True):
        assert (after.mark.points, after.mark.days_late) == (before.mark.points, before.mark.days_late)
        assert len(after.attempts) == len(before.attempts)


def test_nobody_is_known_by_a_due_date_of_their_own() -> None:
    more = replace(HELP, due=LATE.due + timedelta(days=1))
    record = class_record([student("helped", half_right(), adjustments=[more], days=2)], late=LATE)
    (hidden,) = without_names(record, {"helped": "s-1"}).students
    assert (hidden.mark.due, [each.due for each in hidden.adjustments]) == (None, [None])
    assert hidden.mark.days_late == 1
