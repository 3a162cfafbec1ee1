"""What results are told in, in one place: every sentence that more than one report or export prints."""

from grader.model.assignment import Visibility
from grader.model.escaping import clip, excerpt, one_line
from grader.model.result import CheckResult, Frame, GradedSubmission, Outcome, Traceback
from grader.model.summary import Finding, QuestionSummary, State, Summary

CALLED = "called"
CAME = "came"
WHERE = "where"
HINT = "hint"
READ = "read"
PRINTED = "printed"
ALSO = "also"
ADVICE = "advice, costs nothing"

MAX_FRAMES = 6
"""Of a traceback; the innermost are kept."""

WORKS = "What works"
TO_LOOK_AT = "What to look at"
WILL_BE_CHECKED = "What will be checked"
WITHHELD = "the details of this check are not shown"

UNGRADED = "not graded"
OUR_FAULT = "This is a fault on the grader's side, not in your work. There is no mark yet, and you have lost no points."
OUR_FAULT_NEXT = "Please pass this text on to whoever runs the course; your work can be graded again as it is."

OUTCOMES = {
    Outcome.PASSED: "passes",
    Outcome.FAILED: "differs",
    Outcome.NOT_ATTEMPTED: "not started yet",
    Outcome.ERRORED: "stopped by an error",
    Outcome.TIMED_OUT: "no answer in time",
    Outcome.CRASHED: "the process ended",
    Outcome.REJECTED: "not plain data",
    Outcome.SKIPPED: "waits for another question",
}
OUTCOME_SYMBOLS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✗",
    Outcome.NOT_ATTEMPTED: "○",
    Outcome.ERRORED: "✗",
    Outcome.TIMED_OUT: "✗",
    Outcome.CRASHED: "✗",
    Outcome.REJECTED: "✗",
    Outcome.SKIPPED: "–",
}
STATES = {
    State.COMPLETE: "complete",
    State.UNFINISHED: "under way",
    State.NOT_STARTED: "not started yet",
    State.WAITING: "waits for another question",
}
STATE_SYMBOLS = {State.COMPLETE: "✓", State.UNFINISHED: "◐", State.NOT_STARTED: "○", State.WAITING: "–"}


def points(value: float) -> str:
    """Return points with at most two decimals: `12`, `3.5`, `61.67`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counted(count: int, noun: str) -> str:
    """Return a number and its noun: `1 check`, `3 checks`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def compared(expected: float, got: float | None, *, differs: bool) -> tuple[str, str]:
    """Return both numbers with four significant digits, or as many more as show that they differ.

    None stands for a number that is not finite.
    """
    if got is None:
        return _digits(expected, 4), "not finite"
    for count in range(4, 18):
        texts = _digits(expected, count), _digits(got, count)
        if not differs or texts[0] != texts[1]:
            break
    return texts


def verdict(summary: Summary) -> str:
    """Say in one sentence how many questions are complete, under way and not started."""
    total = len(summary.questions)
    complete = summary.count(State.COMPLETE)
    if total == 1:
        return f"The question {_state_verb(summary.questions[0].state, 1)}."
    if complete == total:
        return f"All {total} questions are complete."
    if summary.count(State.NOT_STARTED) == total:
        return f"None of the {total} questions is started yet."
    parts = [
        f"{count} {_state_verb(state, count)}"
        for state in (State.UNFINISHED, State.NOT_STARTED, State.WAITING)
        if (count := summary.count(state))
    ]
    opening = f"{complete} of {total} questions {'is' if complete == 1 else 'are'} complete"
    if not complete:
        opening = "No question is complete yet"
    return f"{opening}, {_joined(parts)}."


def next_step(summary: Summary) -> str:
    """Say which question to look at first, and at what in it."""
    first = summary.first
    if first is None:
        if any(question.advice for question in summary.questions):
            return "All points are earned. What is left is advice, and it costs nothing."
        return "All points are earned. Nothing is left to do here."
    if first.state is not State.UNFINISHED:
        return f"Start with {first.result.id} in {first.result.module}.py."
    if first.findings:
        return f"Look at {first.result.id} first: {as_clause(first.findings[0].check.title)}."
    return f"Look at {first.result.id} first."


def totals(summary: Summary) -> str:
    """Say the points and how many checks pass."""
    graded = summary.graded
    earned = f"{points(graded.points)} of {points(graded.max_points)} points"
    return f"{earned}, {summary.passed} of {summary.total} checks pass"


def withheld(summary: Summary) -> str:
    """Say when checks are graded whose details a student does not see."""
    checks = [check for question in summary.questions for check in question.result.checks]
    count = sum(check.visibility is not Visibility.VISIBLE for check in checks)
    if not count:
        return ""
    return f"{count} check{' counts' if count == 1 else 's count'} without showing details."


def scope(graded: GradedSubmission) -> str:
    """Say when only some questions were graded."""
    if not graded.partial:
        return ""
    return f"This run graded only {_joined([question.id for question in graded.questions])}."


def checks_line(question: QuestionSummary) -> str:
    """Say how many checks of a question pass."""
    if question.state is State.NOT_STARTED and not question.passed:
        return STATES[State.NOT_STARTED]
    return f"{question.passed} of {question.total} {'check passes' if question.total == 1 else 'checks pass'}"


def also_line(also: tuple[CheckResult, ...]) -> str:
    """Say how many more checks ended in the same way."""
    return f"{len(also)} more check{' ends' if len(also) == 1 else 's end'} the same way"


def also_lines(also: tuple[CheckResult, ...]) -> list[str]:
    """List the checks that ended in the same way, under the line that says how many they are."""
    return [f"{also_line(also)}:", *(excerpt(as_clause(check.title), characters=200) for check in also)] if also else []


def came(finding: Finding) -> str:
    """Say what came and what was expected."""
    check = finding.check
    if check.visibility is not Visibility.VISIBLE and not check.message:
        return WITHHELD
    return check.message or (check.traceback.error if check.traceback else "")


def frame_place(frame: Frame) -> str:
    """Say where a line of the student's code stands."""
    inside = "" if frame.function in ("", "<module>") else f", in {frame.function}"
    return one_line(f"{frame.filename}, line {frame.line}{inside}")


def traceback_text(traceback: Traceback, told: str) -> str:
    """Return the student's own lines that an exception passed through, and the error unless `told` names it."""
    lines = []
    for frame in traceback.frames[-MAX_FRAMES:]:
        pointer = "→" if frame is traceback.frames[-1] else " "
        lines += [
            frame_place(frame),
            f"{pointer} {frame.line:>4} │ {excerpt(frame.code, characters=300)}",
        ]
    if not says_error(told, traceback):
        lines.append(clip(traceback.error, lines=3, characters=600))
    return "\n".join(lines)


def says_error(told: str, traceback: Traceback) -> bool:
    """Return whether `told` names the exception and its message already."""
    return all(part.strip() in told for part in traceback.error.split(": ", 1))


def note(text: str) -> str:
    """Return the reason why points are not the sum of the checks' points, as a sentence."""
    return text[:1].upper() + text[1:].removesuffix(".") + "."


def protection(name: str, why: str) -> str:
    """Say that a protection of the student's process was not on."""
    return f"graded without the protection {name}: {why}"


def as_clause(title: str) -> str:
    """Return a check's title without its full stop."""
    return title.rstrip().removesuffix(".")


def _digits(value: float, count: int) -> str:
    return f"{value + 0.0:.{count}g}"  # adding 0.0 turns -0.0 into 0.0


def _state_verb(state: State, count: int) -> str:
    if state is State.WAITING:
        return f"wait{'s' if count == 1 else ''} for another question"
    return f"{'is' if count == 1 else 'are'} {STATES[state]}"


def _joined(parts: list[str]) -> str:
    return " and ".join([*([", ".join(parts[:-1])] if len(parts) > 1 else []), parts[-1]])
