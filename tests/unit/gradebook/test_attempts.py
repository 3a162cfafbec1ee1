"""Each text that a student hands in is one attempt, however often it is graded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from grader.gradebook import Gradebook, attempts_at, begin_run, hints_of, note_unchanged, record, results_of
from grader.model.assignment import Assignment
from grader.model.gradebook import Attempt, Run
from tests.fakes.class_results import result
from tests.fakes.graded import EXAMPLES, HOSTILE

MOMENT = datetime(2026, 10, 1, 21, 59, tzinfo=UTC)


@pytest.fixture
def run(gradebook: Gradebook, assignment: Assignment) -> Run:
    return begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)


def again(gradebook: Gradebook, assignment: Assignment, digest: str = "sha256:two") -> Run:
    return begin_run(gradebook, assignment, assignment_digest=digest, seed=7)


def attempts_of(gradebook: Gradebook, student: str = "alice") -> tuple[Attempt, ...]:
    return attempts_at(gradebook, "small").get(student, ())


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "hostile"])
def test_a_result_comes_back_as_it_was_recorded(gradebook: Gradebook, run: Run, name: str) -> None:
    graded = replace(EXAMPLES[name](), assignment="small", title="Small", seed=7)
    record(gradebook, run, "alice", graded)
    (attempt,) = attempts_of(gradebook)
    found = results_of(gradebook, [attempt])
    assert found == ({attempt.id: graded} if graded.gradable else {})
    assert attempt.errors == graded.errors


def test_hostile_text_comes_back_whole_but_for_what_databases_cannot_hold_in_titles(
    gradebook: Gradebook, run: Run
) -> None:
    graded = replace(EXAMPLES["hostile"](), assignment="small")
    record(gradebook, run, HOSTILE, graded)
    (attempt,) = attempts_of(gradebook, _storable(HOSTILE))
    (check, more) = results_of(gradebook, [attempt])[attempt.id].questions[0].checks
    before, after = graded.questions[0].checks
    assert check == before
    assert more == replace(after, title=_storable(HOSTILE))


def test_not_a_number_survives(gradebook: Gradebook, run: Run) -> None:
    example = replace(EXAMPLES["half_right"](), assignment="small", title="Small", seed=7)
    picture = next(check for question in example.questions for check in question.checks if check.evidence)
    assert picture.evidence is not None
    odd = replace(picture, evidence=replace(picture.evidence, name="W"), seconds=float("inf"))
    graded = replace(example, questions=(replace(example.questions[0], checks=(odd,)),))
    record(gradebook, run, "alice", graded)
    (attempt,) = attempts_of(gradebook)
    assert results_of(gradebook, [attempt])[attempt.id] == graded


def test_another_text_is_another_attempt_and_the_same_is_the_same(gradebook: Gradebook, run: Run) -> None:
    for text, points in (("one", 20.0), ("two", 40.0), ("one", 30.0)):
        record(gradebook, run, "alice", result(points, text=text))
    assert [(attempt.digest, attempt.points) for attempt in attempts_of(gradebook)] == [
        ("sha256:one", 30.0),
        ("sha256:two", 40.0),
    ]


def test_what_was_handed_in_last_was_seen_last(gradebook: Gradebook, assignment: Assignment, run: Run) -> None:
    record(gradebook, run, "alice", result(text="one"))
    second = again(gradebook, assignment)
    record(gradebook, second, "alice", result(text="two"))
    third = again(gradebook, assignment, "sha256:three")
    note_unchanged(gradebook, third, [("alice", "sha256:one", MOMENT)])
    one, two = attempts_of(gradebook)
    assert one.last_seen > two.last_seen > run.id
    assert (one.submitted_at, two.submitted_at) == (MOMENT, None)


def test_a_moment_comes_back_as_the_same_moment(gradebook: Gradebook, run: Run) -> None:
    there = MOMENT.astimezone(timezone(timedelta(hours=-7)))
    record(gradebook, run, "alice", result(), submitted_at=there)
    (attempt,) = attempts_of(gradebook)
    assert attempt.submitted_at == MOMENT
    assert attempt.graded_at.utcoffset() == timedelta(0)


def test_a_failed_grading_is_no_zero_and_is_forgotten_once_there_is_another(
    gradebook: Gradebook, assignment: Assignment, run: Run
) -> None:
    record(gradebook, run, "alice", result(gradable=False))
    (ungraded,) = attempts_of(gradebook)
    assert (ungraded.points, ungraded.errors) == (None, ("the check raised",))
    record(gradebook, again(gradebook, assignment), "alice", result(50.0))
    (graded,) = attempts_of(gradebook)
    assert (graded.points, graded.errors) == (50.0, ())


@pytest.mark.parametrize("same_run", [True, False])
def test_a_failed_grading_does_not_take_away_earlier_points(
    gradebook: Gradebook, assignment: Assignment, run: Run, same_run: bool
) -> None:
    record(gradebook, run, "alice", result(50.0))
    later = run if same_run else again(gradebook, assignment)
    record(gradebook, later, "alice", result(gradable=False))
    (attempt,) = attempts_of(gradebook)
    assert attempt.points == 50.0
    assert attempt.errors == (() if same_run else ("the check raised",))
    assert results_of(gradebook, [attempt])[attempt.id].points == 50.0


def test_a_submission_that_could_not_be_read_gives_way_to_one_that_could(gradebook: Gradebook, run: Run) -> None:
    record(gradebook, run, "alice", result(text="", gradable=False))
    record(gradebook, run, "bob", result(text="", gradable=False))
    record(gradebook, run, "alice", result(text="one"))
    assert [attempt.digest for attempt in attempts_of(gradebook)] == ["sha256:one"]
    assert [attempt.digest for attempt in attempts_of(gradebook, "bob")] == [""]


def test_assignments_and_students_are_kept_apart(gradebook: Gradebook, assignment: Assignment, run: Run) -> None:
    other = begin_run(gradebook, replace(assignment, id="other"), assignment_digest="sha256:one", seed=7)
    record(gradebook, run, "alice", result(10.0))
    record(gradebook, run, "bob", result(20.0))
    record(gradebook, other, "alice", replace(result(30.0), assignment="other"))
    assert {name: made[0].points for name, made in attempts_at(gradebook, "small").items()} == {
        "alice": 10.0,
        "bob": 20.0,
    }
    assert {name: made[0].points for name, made in attempts_at(gradebook, "other").items()} == {"alice": 30.0}


def test_nothing_of_a_result_is_kept_when_it_cannot_be_recorded_whole(gradebook: Gradebook, run: Run) -> None:
    good = result()
    broken = replace(good, questions=(*good.questions, replace(good.questions[0], points="many")))  # type: ignore[arg-type] # on purpose
    with pytest.raises(Exception, match="many"):
        record(gradebook, run, "alice", broken)
    assert attempts_of(gradebook) == ()


def _storable(text: str) -> str:
    return text.replace("\ud800", "\\ud800").replace("\x00", "\\x00")


def test_without_details_a_result_keeps_what_is_counted(gradebook: Gradebook, run: Run) -> None:
    graded = replace(EXAMPLES["half_right"](), assignment="small", title="Small", seed=7)
    record(gradebook, run, "alice", graded)
    whole = results_of(gradebook, attempts_of(gradebook))
    short = results_of(gradebook, attempts_of(gradebook), details=False)
    told: dict[str, Any] = {"message": "", "hint": "", "call": "", "traceback": None, "stdout": "", "evidence": None}
    assert short == {
        attempt: replace(
            result,
            questions=tuple(
                replace(question, checks=tuple(replace(check, **told) for check in question.checks))
                for question in result.questions
            ),
        )
        for attempt, result in whole.items()
    }


def test_the_hint_of_a_misconception_is_the_last_one_given(gradebook: Gradebook, run: Run) -> None:
    for student, hint in (("alice", "Look."), ("bob", "Look closer."), ("carol", "")):
        graded = result(0.0, text=student)
        (question,) = graded.questions
        (check,) = question.checks
        named = replace(check, hint=hint, misconception="double.adds" if hint else None)
        record(gradebook, run, student, replace(graded, questions=(replace(question, checks=(named,)),)))
    assert hints_of(gradebook, "small") == {"double.adds": "Look closer."}
    assert hints_of(gradebook, "another") == {}


def test_what_is_known_of_an_attempt_that_could_not_be_graded_is_there_on_request(
    gradebook: Gradebook, assignment: Assignment, run: Run
) -> None:
    record(gradebook, run, "alice", result(text="a"))
    record(gradebook, again(gradebook, assignment), "alice", result(text="a", gradable=False))
    record(gradebook, run, "bob", result(text="b", gradable=False))
    chosen = [*attempts_of(gradebook), *attempts_of(gradebook, "bob")]
    assert [each.gradable for each in results_of(gradebook, chosen).values()] == [True]
    alice, bob = (results_of(gradebook, chosen, ungraded=True)[attempt.id] for attempt in chosen)
    assert (alice.gradable, alice.points) == (True, 60.0)
    assert (bob.gradable, bob.errors) == (False, ("the check raised",))
