"""What a format without a layout of its own says of one check: labelled lines of plain text, bounded in size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.model import wording
from grader.model.assignment import Group
from grader.model.escaping import clip, excerpt
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult
from grader.model.summary import Finding, summarize

TITLE_CHARACTERS = 200
_CAME = {"lines": 20, "characters": 2000}
_PRINTED = {"lines": 40, "characters": 4000}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCheck:
    """One check, and what is said of it."""

    question: QuestionResult
    check: CheckResult
    title: str
    came: str
    """On one line; empty for a passed check."""
    text: str
    printed: str

    @property
    def is_advice(self) -> bool:
        """Whether it costs nothing."""
        return self.check.group is Group.ADVICE


def told_checks(graded: GradedSubmission) -> Iterator[tuple[str, ToldCheck]]:
    """Yield each check with its number: `2.1` is the first one of the second question.

    A question gives one hint, to the check that a report would give it to.
    """
    for place, summary in enumerate(summarize(graded).questions, start=1):
        findings = {finding.check.id: finding for finding in (*summary.findings, *summary.advice)}
        for number, check in enumerate(summary.result.checks, start=1):
            finding = findings.get(check.id, Finding(check=check))
            yield f"{place}.{number}", _told(summary.result, finding)


def _told(question: QuestionResult, finding: Finding) -> ToldCheck:
    check = finding.check
    came = "" if check.outcome is Outcome.PASSED else wording.came(finding) or wording.OUTCOMES[check.outcome]
    advice = f" ({wording.ADVICE})" if check.group is Group.ADVICE else ""
    return ToldCheck(
        question=question,
        check=check,
        title=excerpt(wording.as_clause(check.title), characters=TITLE_CHARACTERS) + advice,
        came=excerpt(came, characters=300),
        text="\n".join(_labelled(_rows(finding, came))),
        printed=clip(check.stdout, **_PRINTED) if check.stdout.strip() else "",
    )


def _rows(finding: Finding, came: str) -> Iterator[tuple[str, str]]:
    check = finding.check
    if check.outcome is Outcome.PASSED:
        return
    yield wording.CALLED, excerpt(check.call, characters=600)
    yield wording.CAME, clip(came, **_CAME)
    if check.traceback:
        yield wording.WHERE, wording.traceback_text(check.traceback, came)
    yield wording.HINT, clip(finding.hint, lines=6, characters=800)
    yield wording.READ, "; ".join(excerpt(each, characters=200) for each in finding.reading)


def _labelled(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, text in rows:
        if text.strip():
            yield f"{label}: {text}" if "\n" not in text else f"{label}:\n{text}"
