"""What changed between two results of one submission, for the terminal of whoever is working on it."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from grader.model import wording
from grader.model.audience import for_student
from grader.model.change import CheckChange, change_between
from grader.model.escaping import one_line
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult
from grader.reports.layout import columns_of, indented, printed

_CHECKS_SHOWN = 12


def render_change(before: GradedSubmission, after: GradedSubmission, *, color: bool, width: int) -> str:
    """Return which points were won and lost and which checks ended otherwise, as lines that end in a line feed."""
    columns = columns_of(width)
    return printed(_lines(for_student(before), for_student(after)), color=color, columns=columns)


def _lines(before: GradedSubmission, after: GradedSubmission) -> Iterator[RenderableType]:
    change = change_between(after.submission, before, after)
    if change is None:
        yield Text("Since the last run: the same checks pass")
        return
    line = Text("Since the last run: ", "bold").append_text(_points(change.gained))
    yield line.append(f" ({wording.points(change.before)} → {wording.points(change.after)})", "dim")
    old, new = ({each.id: each for each in graded.questions} for graded in (before, after))
    left = _CHECKS_SHOWN
    for name in dict.fromkeys((*old, *new)):
        checks = {check.id: check for each in (old, new) if name in each for check in each[name].checks}
        changed = [each for each in change.checks if each.id in checks]
        if changed and left > 0:
            yield indented(_question(name, old.get(name), new.get(name)), 2)
        for each in changed[: max(left, 0)]:
            yield indented(_check(each, checks[each.id]), 4)
        left -= len(changed)
    if left < 0:
        yield indented(Text(f"and {-left} more", "dim"), 4)


def _question(name: str, before: QuestionResult | None, after: QuestionResult | None) -> Text:
    points = [wording.points(each.points) if each else "not there" for each in (before, after)]
    return Text(one_line(name), "bold").append(f" {' → '.join(dict.fromkeys(points))}", "not bold dim")


def _points(gained: float) -> Text:
    if not gained:
        return Text("the same points")
    amount = wording.points(abs(gained))
    unit = "point" if amount == "1" else "points"
    return Text(f"{amount} {unit} more", "green") if gained > 0 else Text(f"{amount} {unit} fewer", "red")


def _check(change: CheckChange, check: CheckResult) -> Text:
    passes = change.after is Outcome.PASSED
    symbol = wording.OUTCOME_SYMBOLS[change.after] if change.after else "–"
    style = "green" if passes else "red" if change.before is Outcome.PASSED else "yellow"
    line = Text(f"{symbol} ", style).append(wording.as_clause(one_line(check.title)), "default")
    return line.append(f" – {_how(change)}", style)


def _how(change: CheckChange) -> str:
    if change.after is None:
        return "is no longer there"
    if change.before is change.after:
        return f"counts {'more' if change.points > 0 else 'less'} now"
    if change.before is Outcome.PASSED:
        return f"passed before, now {wording.OUTCOMES[change.after]}"
    return f"{wording.OUTCOMES[change.after]} now"
