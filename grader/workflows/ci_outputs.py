"""What each host gets of a result: its files, its page, its log."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from grader.exports.classroom50 import Delivery, render_classroom50
from grader.exports.gradescope import render_gradescope
from grader.exports.junit import render_junit
from grader.kits import Host
from grader.model.audience import for_student
from grader.reports import Format, render
from grader.reports.annotations import Annotation, annotations, fenced
from grader.reports.markdown import escape
from grader.workflows.ci_run import HostRun, ungraded

SUMMARY_BYTES = 1_000_000
"""GitHub refuses a job summary above 1 MiB as a whole."""
RELEASE_BODY_BYTES = 100_000
"""GitHub takes 125,000 characters."""

_TAG = re.compile(r"submit/(?P<time>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z-[0-9a-f]+")

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
    if not run.graded.gradable:
        return HostOutputs(log=_report(run), files={})
    delivery = Delivery.of(environment)
    passed = run.graded.points >= run.graded.max_points
    return HostOutputs(
        log=_report(run),
        files={
            "result.json": render_classroom50(
                for_student(run.graded), delivery, graded_at=_submitted_at(delivery.submission)
            ),
            "release-body.md": trimmed(render(run.graded, Format.MARKDOWN), RELEASE_BODY_BYTES),
        },
        values={
            "status": "success" if passed else "failure",
            "summary": f"{run.graded.points:g}/{run.graded.max_points:g} points",
        },
    )


def fallback_result() -> str:
    """Return the `results.json` of a submission at which the grader itself was stopped."""
    return render_gradescope(ungraded("", "", "the grader was stopped, or ended, before it had a result"))


def _gradescope_result(run: HostRun) -> str:
    if run.problem:
        # Gradescope shows nothing of a result without a score, and this is the student's to mend.
        told = replace(run.graded, gradable=True, errors=())
        return render_gradescope(told, points=0.0, note=f"{_NOTHING}: {run.problem}")
    late = run.lateness
    if late is None:
        return render_gradescope(run.graded)
    days = f"{late.days} day{'' if late.days == 1 else 's'} late"
    return render_gradescope(run.graded, points=run.points, note=f"{days}: {late.penalty:g} points are taken off.")


def _submitted_at(tag: str) -> datetime:
    """Return the time in a tag like `submit/2026-06-01T14-32-05Z-a1b2c3d`: grading again does not change it."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return datetime.now(UTC)
    return datetime.strptime(match["time"], "%Y-%m-%dT%H-%M-%S").replace(tzinfo=UTC)


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
