"""`grade debug ASSIGNMENT CHECK [SUBMISSION]`: stop in one's own function with the inputs of a check."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.harness.attempt import Attempt
    from grader.workflows.debug import StopPlan

_KEYS = "n: next line   s: step into   c: go on   p NAME: show   a: arguments   l: code around   q: leave"


@click.command(name="debug")
@click.argument("assignment")
@click.argument("check")
@click.argument("submission", required=False, type=click.Path(path_type=Path))
@course_option
def debug_command(*, assignment: str, check: str, submission: Path | None, course: Path | None) -> ExitCode:
    """Stop in your function, with the inputs of a check, in Python's debugger.

    CHECK is a check's id, e.g. penalties.test_values, or the name of its test. It stops in the call that the check
    fails by, or in the first one where it passes. Your code runs here without the sandbox's locks: use it for your own
    code only, never for somebody else's. Exit codes: 0 it stopped, 1 there is nothing to stop in, 2 wrong usage.
    """
    found = resolve_course(course)
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageError("grade debug needs a terminal", hint="run it in one, without pipes")
    from grader.workflows.debug import prepare_debugging

    session = prepare_debugging(found, assignment, check, submission)
    deliver(_opening(session.plan), None)
    if session.plan.number is None:
        return ExitCode.POINTS_LOST
    attempt = session.run()
    if attempt is not None:
        deliver(_closing(session.plan, attempt), None)
    return ExitCode.DONE


def _opening(plan: "StopPlan") -> str:
    from grader.model.result import Outcome
    from grader.model.wording import HINT, OUTCOMES, as_clause

    words = plan.attempt.explanation
    lines = [f"{plan.check.id}: {as_clause(plan.check.title)} – {OUTCOMES[plan.attempt.outcome]}"]
    lines += [f"  {name:<7} {text}" for name, text in (("came", words.message), (HINT, words.hint)) if text]
    if plan.number is None:
        lines.append("The check did not come to a call of your function: there is nothing to stop in.")
        return _shown(lines)
    why = "its first call" if plan.attempt.outcome is Outcome.PASSED else "the call that it ends by"
    lines += [f"Stopping in {why}: {plan.call}", f"  {_KEYS}"]
    return _shown(lines)


def _closing(plan: "StopPlan", attempt: "Attempt") -> str:
    from grader.model.wording import OUTCOMES

    said = f": {attempt.explanation.message}" if attempt.explanation.message else ""
    return _shown([f"{plan.check.id} – {OUTCOMES[attempt.outcome]}{said}"])


def _shown(lines: list[str]) -> str:
    from grader.model.escaping import visible

    return "".join(f"{visible(line)}\n" for line in lines)
