"""A class is graded into the gradebook: once each, whatever interrupts it."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.errors import AssignmentError, UsageError
from grader.gradebook import attempts_at, list_members, open_gradebook
from grader.model.class_run import ClassRun, Ungraded
from grader.model.gradebook import Attempt, Member
from grader.workflows.grade_class import ClassOptions, ClassProgress, grade_class
from grader.workflows.schedulers.jobs import Answer, Job
from tests.fakes.class_results import result
from tests.fakes.course import FIRST, SECOND, write_course
from tests.fakes.scheduler import FakeScheduler


class Stage:
    """A course, a folder of submissions and a gradebook."""

    def __init__(self, folder: Path) -> None:
        self.course: Course = write_course(folder / "course")
        self.folder = folder / "submissions"
        self.folder.mkdir()
        self.place = str(folder / "gradebook.sqlite")
        self.asked: list[str] = []
        self.points = 60.0
        self.answers: dict[str, Answer] = {}
        self.progress: list[ClassProgress] = []

    def hand_in(self, student: str, text: str = "") -> None:
        folder = self.folder / student
        folder.mkdir(exist_ok=True)
        (folder / "first.py").write_text(FIRST + f"# {student} {text}\n")
        (folder / "second.py").write_text(SECOND)

    def grade(self, *, interrupt_after: int | None = None, **options: Any) -> ClassRun:
        scheduler = FakeScheduler(self._answer)
        try:
            return grade_class(
                self.course,
                "small",
                self.folder,
                self.place,
                ClassOptions(**options),
                lambda _: scheduler if interrupt_after is None else _Interrupted(scheduler, interrupt_after),
                self.progress.append,
            )
        finally:
            self.asked = scheduler.asked

    def attempts(self) -> dict[str, tuple[Attempt, ...]]:
        with open_gradebook(self.place) as gradebook:
            return dict(attempts_at(gradebook, "small"))

    def _answer(self, job: Job) -> Answer:
        name = job.submission.name
        if name in self.answers:
            return replace(self.answers[name], job=job)
        graded = result(self.points)
        digest = replace(graded.environment, submission_digest=job.submission.digest)
        return Answer(job=job, graded=replace(graded, submission=name, environment=digest))


class _Interrupted:
    def __init__(self, scheduler: FakeScheduler, after: int) -> None:
        self._scheduler = scheduler
        self._after = after

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        for number, answer in enumerate(self._scheduler.grade(jobs)):
            if number == self._after:
                raise KeyboardInterrupt
            yield answer


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    made = Stage(tmp_path)
    for student in ("alice", "bob", "carol"):
        made.hand_in(student)
    return made


def test_everyone_is_recorded_once(stage: Stage) -> None:
    run = stage.grade()
    assert (run.submissions, run.graded, run.unchanged, run.ungraded) == (3, 3, 0, ())
    assert run.points == (60.0, 60.0, 60.0)
    assert {student: len(made) for student, made in stage.attempts().items()} == {"alice": 1, "bob": 1, "carol": 1}
    assert stage.progress[-1] == ClassProgress(done=3, total=3, ungraded=0)


def test_what_is_unchanged_is_not_graded_again(stage: Stage) -> None:
    stage.grade()
    stage.hand_in("bob", "changed")
    run = stage.grade()
    assert stage.asked == ["bob"]
    assert (run.graded, run.unchanged) == (1, 2)
    assert len(stage.attempts()["bob"]) == 2
    stage.grade(seed=8)
    assert len(stage.asked) == 3


def test_a_changed_assignment_is_graded_anew_and_the_difference_shown(stage: Stage) -> None:
    stage.grade()
    (stage.course.folder / "solutions" / "small" / "first.py").write_text(FIRST + "# changed\n")
    stage.points = 70.0
    run = stage.grade()
    assert len(stage.asked) == 3
    assert [(change.student, change.gained) for change in run.changes] == [("alice", 10), ("bob", 10), ("carol", 10)]
    assert {len(made) for made in stage.attempts().values()} == {1}


@pytest.mark.parametrize("regrade", [False, True])
def test_after_an_interruption_only_the_rest_is_graded(stage: Stage, regrade: bool) -> None:
    if regrade:
        stage.grade()
    with pytest.raises(KeyboardInterrupt):
        stage.grade(interrupt_after=2, regrade=regrade)
    assert stage.asked == ["alice", "bob", "carol"]
    run = stage.grade(regrade=regrade)
    assert stage.asked == ["carol"]
    assert run.points == (60.0, 60.0, 60.0)


def test_a_regrade_grades_everyone_and_tells_the_difference_of_the_whole_run(stage: Stage) -> None:
    stage.grade()
    stage.points = 50.0
    with pytest.raises(KeyboardInterrupt):
        stage.grade(interrupt_after=1, regrade=True)
    run = stage.grade(regrade=True)
    assert [(change.student, change.gained) for change in run.changes] == [("alice", -10), ("bob", -10), ("carol", -10)]
    assert stage.grade(regrade=True).changes == ()


def test_what_could_not_be_graded_is_told_with_its_reason_and_tried_again(stage: Stage) -> None:
    (stage.folder / "dave").mkdir()
    stage.answers["bob"] = Answer(job=Job(number=0, submission=None), reason="it died")  # type: ignore[arg-type] # replaced
    run = stage.grade()
    assert run.ungraded[0] == Ungraded(student="bob", reason="it died")
    assert run.ungraded[1].student == "dave"
    assert "nothing to grade" in run.ungraded[1].reason
    assert run.points == (60.0, 60.0)
    assert [attempt.points for attempt in stage.attempts()["bob"]] == [None]
    stage.answers.clear()
    stage.hand_in("dave")
    run = stage.grade()
    assert stage.asked == ["bob", "dave"]
    assert run.ungraded == ()
    assert [attempt.points for made in stage.attempts().values() for attempt in made] == [60.0] * 4


def test_the_roster_tells_who_is_missing_and_who_is_not_known(stage: Stage) -> None:
    assert stage.grade().strangers == ()
    run = stage.grade(roster=(Member(id="alice", name="Alice", on_roster=True), Member(id="zoe", on_roster=True)))
    assert (run.missing, run.strangers) == (("zoe",), ("bob", "carol"))
    with open_gradebook(stage.place) as gradebook:
        assert [member.name for member in list_members(gradebook)] == ["Alice", "", "", ""]


def test_times_of_submission_are_recorded_for_new_and_for_unchanged_ones(stage: Stage) -> None:
    moment = datetime(2026, 10, 1, tzinfo=UTC)
    stage.grade(submitted_at={"alice": moment})
    assert stage.attempts()["alice"][0].submitted_at == moment
    stage.grade(submitted_at={"bob": moment})
    assert [made[0].submitted_at for made in stage.attempts().values()] == [moment, moment, None]


def test_everyone_of_a_group_gets_the_result_of_one_grading(stage: Stage) -> None:
    stage.hand_in("submission_1")
    (stage.folder / "submission_metadata.yml").write_text(
        "submission_1:\n"
        "  :submitters:\n"
        "  - :name: Dave\n    :sid: '17'\n    :email: d@example.org\n"
        "  - :name: Erin\n    :sid: '18'\n    :email: e@example.org\n"
    )
    for student in ("alice", "bob", "carol"):
        shutil.rmtree(stage.folder / student)
    run = stage.grade()
    assert len(stage.asked) == 1
    assert run.points == (60.0, 60.0)
    assert set(stage.attempts()) == {"17", "18"}
    with open_gradebook(stage.place) as gradebook:
        assert [member.name for member in list_members(gradebook)] == ["Dave", "Erin"]
    assert stage.grade().unchanged == 1


def test_a_folder_without_submissions_is_wrong_usage(tmp_path: Path) -> None:
    empty = Stage(tmp_path)
    with pytest.raises(UsageError, match="holds no submissions"):
        empty.grade()
    assert not Path(empty.place).exists()


def test_a_fault_that_all_share_stops_the_run_and_keeps_what_it_has(stage: Stage) -> None:
    def answer(job: Job) -> Answer:
        if job.submission.name == "bob":
            raise AssignmentError("the assignment is damaged")
        return Answer(job=job, graded=result(60.0, text="alice"))

    with pytest.raises(AssignmentError, match="damaged"):
        grade_class(stage.course, "small", stage.folder, stage.place, ClassOptions(), lambda _: FakeScheduler(answer))
    assert set(stage.attempts()) == {"alice"}
