"""A result for the terminal: what a student reads between two attempts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from grader.model import wording
from grader.model.escaping import clip, excerpt, one_line
from grader.model.result import CheckResult, GradedSubmission
from grader.model.summary import Finding, QuestionSummary, State, Summary, summarize
from grader.reports.layout import columns_of, indented, labelled, printed, two_sides

_STATE_STYLES = {State.COMPLETE: "green", State.UNFINISHED: "yellow", State.NOT_STARTED: "dim", State.WAITING: "dim"}


def render_terminal(graded: GradedSubmission, *, color: bool, width: int, verbose: bool) -> str:
    """Return `graded` as lines of at most `width` columns (60 to 120), with ANSI colours only if `color`.

    `verbose` also names the checks that pass.
    """
    columns = columns_of(width)
    return printed(_report(summarize(graded), columns, verbose=verbose), color=color, columns=columns)


def _report(summary: Summary, width: int, *, verbose: bool) -> Iterator[RenderableType]:
    graded = summary.graded
    heading = Text(one_line(graded.title), "bold").append(f" · {one_line(graded.submission)}", "not bold dim")
    if not graded.gradable:
        yield from _ungraded(graded, heading)
        return
    yield two_sides(heading, Text(_points(graded.points, graded.max_points), "bold"))
    yield _bar(graded.points, graded.max_points, width)
    for sentence in (wording.verdict(summary), wording.scope(graded), wording.withheld(summary)):
        if sentence:
            yield Text(one_line(sentence))
    for question in summary.questions:
        yield Text()
        yield from _question(question, verbose=verbose)
    yield Text()
    yield labelled([("Next", Text(one_line(wording.next_step(summary)), "bold"))])
    yield labelled([("Total", Text(wording.totals(summary)))])
    for name, why in summary.missing_protections:
        yield labelled([("Note", Text(one_line(wording.protection(name, why)), "dim"))])


def _ungraded(graded: GradedSubmission, heading: Text) -> Iterator[RenderableType]:
    yield two_sides(heading, Text(wording.UNGRADED, "bold"))
    yield Text()
    yield Text(wording.OUR_FAULT)
    yield Text()
    for error in graded.errors:
        yield indented(Text(clip(error, lines=12, characters=2000)), 2)
    yield Text()
    yield Text(wording.OUR_FAULT_NEXT)


def _question(question: QuestionSummary, *, verbose: bool) -> Iterator[RenderableType]:
    result = question.result
    style = _STATE_STYLES[question.state]
    name = Text(f"{wording.STATE_SYMBOLS[question.state]} ", style).append(one_line(result.id), "bold")
    yield two_sides(name, Text(_points(result.points, result.max_points)))
    yield indented(Text(f"{one_line(result.title)} · {wording.checks_line(question)}", "dim"), 2)
    if result.note:
        yield indented(Text(wording.note(one_line(result.note))), 2)
    if verbose:
        for check in question.works:
            yield indented(_check_line(check, "green"), 2)
    for finding in question.findings:
        yield from _finding(finding)
    for finding in question.advice:
        yield from _finding(finding, label=wording.ADVICE)
    for check in question.waiting:
        yield indented(_check_line(check, "dim"), 2)
        if check.message:
            yield indented(Text(one_line(check.message), "dim"), 4)
    if question.state is not State.NOT_STARTED:
        for check in question.not_started:
            yield indented(_check_line(check, "dim"), 2)


def _finding(finding: Finding, *, label: str = "") -> Iterator[RenderableType]:
    check, came = finding.check, wording.came(finding)
    yield Text()
    yield indented(_check_line(check, "yellow" if label else "red", label=label), 2)
    texts = [
        (wording.CALLED, Text(excerpt(check.call, characters=600))),
        (wording.CAME, Text(clip(came, lines=20, characters=2000))),
        (wording.WHERE, Text(wording.traceback_text(check.traceback, came) if check.traceback else "")),
        (wording.HINT, Text(clip(finding.hint, lines=6, characters=800), "cyan")),
        (wording.READ, Text("\n".join(map(one_line, finding.reading)))),
        (wording.ALSO, Text("\n  ".join(wording.also_lines(finding.also)))),
    ]
    rows: list[tuple[str, RenderableType]] = [(name, text) for name, text in texts if text.plain.strip()]
    if check.stdout.strip():
        rows.append((wording.PRINTED, _Printed(clip(check.stdout, lines=8, characters=800))))
    yield indented(labelled(rows), 4)


@dataclass(frozen=True, slots=True)
class _Printed:
    """Text behind a bar on every line, also where it wraps: what a student prints never looks like the report."""

    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.split("\n"):
            for part in Text(line).wrap(console, options.max_width - 2, overflow="fold") or [Text()]:
                yield Text("│ ", "dim").append_text(part)


def _check_line(check: CheckResult, style: str, *, label: str = "") -> Text:
    line = Text(f"{wording.OUTCOME_SYMBOLS[check.outcome]} ", style).append(
        wording.as_clause(one_line(check.title)), "default"
    )
    return line.append(f" – {label or wording.OUTCOMES[check.outcome]}", style)


def _points(points: float, most: float) -> str:
    return f"{wording.points(points)} / {wording.points(most)}"


def _bar(points: float, most: float, width: int) -> Text:
    filled = int(width * points / most) if most else 0
    return Text("━" * filled, "green").append("─" * (width - filled), "dim")
