"""What each host gets of a result: its files, its page, its log."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from grader.exports.classroom50 import Delivery, render_classroom50
from grader.exports.gradescope import render_gradescope
from grader.exports.junit import render_junit
from grader.kits import Host
from grader.model.assignment import Group, Visibility
from grader.model.audience import for_student
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult
from grader.model.wording import counted
from grader.reports import Format, render
from grader.reports.annotations import Annotation, annotations, fenced
from grader.reports.markdown import escape
from grader.workflows.ci_run import HostRun
from grader.workflows.ungraded import ungraded

SUMMARY_BYTES = 1_000_000
"""GitHub refuses a job summary above 1 MiB as a whole."""
RELEASE_BODY_BYTES = 100_000
"""GitHub takes 125,000 characters."""


_NOTHING = "nothing to grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostOutputs:
    """Texts by where they go."""

    log: str
    """For standard output: the job's log."""
    files: Mapping[str, str]
    """By name, in the output folder."""
    summary: str = ""
    """Markdown for the job's page."""
    values: Mapping[str, str] = field(default_factory=dict)
    """For later steps: single words."""


def outputs_for(host: Host, run: HostRun, environment: Mapping[str, str]) -> HostOutputs:
    """Return what `host` gets; `environment` are its variables."""
    match host:
        case Host.GITHUB:
            return github_outputs(run)
        case Host.GITLAB:
            return gitlab_outputs(run)
        case Host.GRADESCOPE:
            return gradescope_outputs(run)
        case Host.CLASSROOM50:
            return classroom50_outputs(run, environment)


def github_outputs(run: HostRun) -> HostOutputs:
    """Return the log with its annotations, the job's summary, the reports, and the numbers for later steps."""
    marks = _problem_mark(run) or annotations(for_student(run.graded), paths=run.places.paths, lines=run.places.lines)
    share = 100 * run.graded.points / run.graded.max_points if run.graded.max_points else 0.0
    return HostOutputs(
        log=fenced(_report(run), secrets.token_hex(16)) + "".join(f"{mark}\n" for mark in marks),
        files=_reports(run),
        summary=_summary(run, SUMMARY_BYTES),
        values={
            "gradable": str(run.graded.gradable).lower(),
            "points": f"{run.graded.points:g}",
            "max-points": f"{run.graded.max_points:g}",
            "percent": f"{share:.2f}",
        },
    )


def gitlab_outputs(run: HostRun) -> HostOutputs:
    """Return the log and the reports, JUnit's among them."""
    return HostOutputs(log=_report(run), files=_reports(run))


def gradescope_outputs(run: HostRun) -> HostOutputs:
    """Return `results.json`; the log is for the instructor."""
    return HostOutputs(log=_report(run), files={"results.json": _gradescope_result(run)})


def classroom50_outputs(run: HostRun, environment: Mapping[str, str]) -> HostOutputs:
    """Return `result.json`, the text of the submission's release, and the words for its runner.

    Without a grading there is no result: the exit code says so.
    """
    graded = _failed(run) if run.problem else run.graded
    if not graded.gradable:
        return HostOutputs(log=_report(run), files={})
    result = render_classroom50(for_student(graded), Delivery.of(environment), graded_at=datetime.now(UTC))
    return HostOutputs(
        log=_report(run),
        files={"result.json": result, "release-body.md": _summary(run, RELEASE_BODY_BYTES)},
        values={
            "status": "success" if graded.points >= graded.max_points else "failure",
            "summary": f"{graded.points:g}/{graded.max_points:g} points",
        },
    )


def fallback_result() -> str:
    """Return the `results.json` of a submission at which the grader itself was stopped."""
    return render_gradescope(ungraded("", "the grader was stopped, or ended, before it had a result", assignment=""))


def _gradescope_result(run: HostRun) -> str:
    if run.problem:
        return render_gradescope(_failed(run), note=f"{_NOTHING}: {run.problem}")
    late = run.lateness
    if late is None:
        return render_gradescope(run.graded)
    days = f"{counted(late.days, 'day')} late"
    return render_gradescope(run.graded, points=run.points, note=f"{days}: {late.penalty:g} points are taken off.")


def _failed(run: HostRun) -> GradedSubmission:
    """Return a result that says what was missing, for hosts that show nothing of a submission without points."""
    check = CheckResult(
        id="submission.is_there",
        title="There is something to grade",
        group=Group.CORE,
        visibility=Visibility.VISIBLE,
        outcome=Outcome.FAILED,
        points=0.0,
        max_points=run.graded.max_points,
        message=f"{_NOTHING}: {run.problem}",
    )
    question = QuestionResult(
        id="submission",
        module="",
        title="The submission",
        points=0.0,
        max_points=run.graded.max_points,
        checks=(check,),
    )
    return replace(run.graded, gradable=True, errors=(), questions=(question,))


def _reports(run: HostRun) -> dict[str, str]:
    if run.problem:
        return {}
    return {
        "report.html": render(run.graded, Format.HTML),
        "result.json": render(run.graded, Format.JSON),
        "junit.xml": render_junit(for_student(run.graded), graded_at=datetime.now(UTC)),
    }


def _report(run: HostRun) -> str:
    return f"{_NOTHING}: {run.problem}\n" if run.problem else render(run.graded, Format.TERMINAL)


def _problem_mark(run: HostRun) -> tuple[Annotation, ...]:
    return (Annotation(level="error", title=_NOTHING, message=run.problem),) if run.problem else ()


def _summary(run: HostRun, most_bytes: int) -> str:
    if run.problem:
        return f"# {escape(run.graded.title)}: {_NOTHING}\n\n{escape(run.problem)}\n"
    return trimmed(render(run.graded, Format.MARKDOWN), most_bytes)


def trimmed(markdown: str, most_bytes: int) -> str:
    """Return Markdown cut before a heading, so that nothing in it stays open, and saying that it was cut."""
    if len(markdown.encode()) <= most_bytes:
        return markdown
    note = "\n\nThe rest is left out: it would not fit on this page.\n"
    room = most_bytes - len(note.encode())
    kept = markdown.encode()[:room].decode(errors="ignore")
    return kept[: max(kept.rfind("\n## "), 0)].rstrip() + note
