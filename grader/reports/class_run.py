"""What came of grading a class, for the terminal of the instructor."""

import statistics
from collections.abc import Iterator, Sequence

from grader.model.change import Change, CheckChange
from grader.model.class_run import ClassRun
from grader.model.escaping import defuse_commands, excerpt
from grader.model.wording import counted

_NAMES_SHOWN = 20
_REASON_CHARACTERS = 300
_CHECKS_SHOWN = 5


def render_class_run(run: ClassRun) -> str:
    """Return the summary of a run as plain lines."""
    return defuse_commands("\n".join(_lines(run)) + "\n")


def _lines(run: ClassRun) -> Iterator[str]:
    yield f"{excerpt(run.title, characters=80)} · {counted(run.submissions, 'submission')}"
    yield f"  {run.graded} graded now, {run.unchanged} unchanged since they were graded, in {_duration(run.seconds)}"
    if run.points:
        middle, most = statistics.median(run.points), run.max_points
        span = f"from {min(run.points):g} to {max(run.points):g}"
        yield f"  marks: {counted(len(run.points), 'student')}, median {middle:g} of {most:g} points, {span}"
    yield f"  gradebook: {excerpt(run.gradebook, characters=300)}"
    if run.similar:
        yield f"  {counted(run.similar, 'pair')} of submissions to look at: much in common, see grade report"
    if run.ungraded:
        yield ""
        yield f"{counted(len(run.ungraded), 'submission')} could not be graded (nobody gets a zero for that):"
        for each in run.ungraded:
            yield f"  {_name(each.student)}: {excerpt(each.reason, characters=_REASON_CHARACTERS)}"
    if run.changes:
        yield ""
        yield from _changes(run.changes)
    for students, what in (
        (run.missing, "on the roster without a submission"),
        (run.strangers, "with a submission but not on the roster"),
    ):
        if students:
            yield ""
            yield f"{counted(len(students), 'student')} {what}: {_names(students)}"


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    gained = [change for change in changes if change.gained > 0]
    lost = [change for change in changes if change.gained < 0]
    same = len(changes) - len(gained) - len(lost)
    yield f"Against the earlier grading: {len(gained)} gained, {len(lost)} lost, {same} have other checks alone"
    for change in sorted(changes, key=lambda each: (each.gained, each.student)):
        yield f"  {_name(change.student)}: {change.before:g} → {change.after:g} ({change.gained:+g})"
        for check in change.checks[:_CHECKS_SHOWN]:
            yield f"    {_check(check)}"
        if len(change.checks) > _CHECKS_SHOWN:
            yield f"    and {counted(len(change.checks) - _CHECKS_SHOWN, 'more check')}"


def _check(check: CheckChange) -> str:
    before = check.before or "not there"
    after = check.after or "not there"
    return f"{excerpt(check.id, characters=120)}: {before} → {after} ({check.points:+g})"


def _names(students: Sequence[str]) -> str:
    shown = ", ".join(_name(student) for student in students[:_NAMES_SHOWN])
    return shown + (f" and {len(students) - _NAMES_SHOWN} more" if len(students) > _NAMES_SHOWN else "")


def _name(student: str) -> str:
    return excerpt(student, characters=80)


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
