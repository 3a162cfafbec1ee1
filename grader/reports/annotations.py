"""A result as marks beside the lines of a GitHub repository, and student text that its runner does not obey.

The commands: GitHub, "Workflow commands for GitHub Actions"; actions/toolkit, command.ts, for what is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.model import wording
from grader.model.escaping import clip, excerpt
from grader.model.result import CheckResult, GradedSubmission, Outcome
from grader.model.summary import Finding, QuestionSummary, summarize

SHOWN = 10
"""Of each level in one step; GitHub drops the others without a word."""
_LINES, _CHARACTERS = 12, 1500

_LEVELS = {Outcome.FAILED: "warning"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One mark."""

    level: str
    """`error`, `warning` or `notice`."""
    title: str
    message: str
    path: PurePosixPath | None = None
    line: int | None = None

    def __str__(self) -> str:
        place = {"file": str(self.path or ""), "line": str(self.line or "") if self.path else "", "title": self.title}
        properties = ",".join(f"{name}={_escaped_property(value)}" for name, value in place.items() if value)
        return f"::{self.level} {properties}::{_escaped(self.message)}"


def annotations(
    graded: GradedSubmission, *, paths: Mapping[str, PurePosixPath], lines: Mapping[str, int]
) -> tuple[Annotation, ...]:
    """Return the marks of a result, those that help most first: what stopped a function, then what differs.

    `paths` are those of the student's files by name, `lines` those of the questions' functions.
    """
    summary = summarize(graded)
    total = _total(graded, wording.totals(summary) if graded.gradable else "")
    found = [
        _annotation(finding, question, paths, lines) for question in summary.questions for finding in question.findings
    ]
    levels = {level: [each for each in found if each.level == level] for level in ("error", "warning")}
    return (*_bounded(levels["error"]), *_bounded(levels["warning"]), total)


def fenced(text: str, token: str) -> str:
    """Return `text` between commands that make GitHub's runner obey nothing in it; `token` must be new and secret."""
    return f"::stop-commands::{token}\n{text.rstrip(chr(10))}\n::{token}::\n"


def _total(graded: GradedSubmission, totals: str) -> Annotation:
    if graded.gradable:
        return Annotation(level="notice", title=excerpt(graded.title, characters=200), message=totals)
    message = "\n".join(
        [wording.OUR_FAULT, *(clip(error, lines=_LINES, characters=_CHARACTERS) for error in graded.errors)]
    )
    return Annotation(level="error", title=wording.UNGRADED, message=message)


def _annotation(
    finding: Finding, question: QuestionSummary, paths: Mapping[str, PurePosixPath], lines: Mapping[str, int]
) -> Annotation:
    check = finding.check
    filename, line = _place(check, question, lines)
    told = [wording.came(finding), finding.hint]
    return Annotation(
        level=_LEVELS.get(check.outcome, "error"),
        title=excerpt(f"{question.result.id}: {wording.as_clause(check.title)}", characters=200),
        message="\n".join(clip(text, lines=_LINES, characters=_CHARACTERS) for text in told if text),
        path=paths.get(filename),
        line=line,
    )


def _place(check: CheckResult, question: QuestionSummary, lines: Mapping[str, int]) -> tuple[str, int | None]:
    if check.traceback and check.traceback.frames:
        frame = check.traceback.frames[-1]
        return frame.filename, frame.line
    return f"{question.result.module}.py", lines.get(question.result.id)


def _bounded(found: Sequence[Annotation]) -> Iterator[Annotation]:
    if len(found) <= SHOWN:
        yield from found
        return
    yield from found[: SHOWN - 1]
    left = len(found) - SHOWN + 1
    yield Annotation(level=found[0].level, title="More", message=f"{left} more are in the job's summary.")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
