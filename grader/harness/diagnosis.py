"""Which known misconception explains a question's failures.

The misconceptions are executable. First the student's outputs are compared with theirs, on the inputs of the failed
checks; equal outputs name the mistake. Random outputs depend on how the numbers are drawn, so for them the failed
checks are compared instead: which they are, and what they say. Where a deterministic function gives other numbers, it
is another mistake, and none is named.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.declaration import Misconception
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.outputs import same_form, same_outputs
from grader.harness.trial import Trials
from grader.model.result import Outcome

COMPARABLE = (Outcome.FAILED, Outcome.ERRORED)
"""How a check ends when the function's outputs are known; the other ways to end explain themselves."""

NEAR = 0.1
"""Two observed numbers this close, relative to the larger, say the same: samples are large, and mistakes larger."""
SHARE_NEAR = 0.9
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def find_misconception(
    misconceptions: Sequence[Misconception],
    checks: Sequence[GradedCheck],
    attempts: Mapping[str, Attempt],
    trials: Trials,
) -> Misconception | None:
    """Return the one misconception of a question that explains the student's failed checks, or None.

    `checks` are the question's, `attempts` the student's, by check id. Never guesses between two.
    """
    failed = [graded for graded in checks if attempts[graded.check.id].outcome in COMPARABLE]
    if not failed:
        return None
    by_outputs = {
        candidate: sum(
            _explains(trials.of_misconception(candidate, graded), attempts[graded.check.id]) for graded in failed
        )
        for candidate in misconceptions
    }
    best = [candidate for candidate, matches in by_outputs.items() if matches and matches == max(by_outputs.values())]
    if len(best) == 1:
        return best[0]
    if not best and not any(map(draws, (attempts[graded.check.id] for graded in failed))):
        return None
    return find_by_failed_checks(best or misconceptions, checks, attempts, trials)


def find_by_failed_checks(
    candidates: Sequence[Misconception],
    checks: Sequence[GradedCheck],
    attempts: Mapping[str, Attempt],
    trials: Trials,
) -> Misconception | None:
    """Return the only candidate that fails exactly the checks that the student fails, with results of the same form.

    Of several, and where all checks fail, it is the only one whose failures say the same.
    """
    outcomes = [attempts[graded.check.id].outcome for graded in checks]
    failed = frozenset(graded.check.id for graded in checks if attempts[graded.check.id].outcome is not Outcome.PASSED)
    if any(outcome not in (*COMPARABLE, Outcome.PASSED) for outcome in outcomes):
        return None
    lost = [graded for graded in checks if graded.check.id in failed]
    ours = [attempts[graded.check.id] for graded in lost]
    same: dict[str, tuple[Misconception, list[Attempt]]] = {}
    for candidate in candidates:
        if trials.failed_checks(candidate, checks) == failed:
            theirs = [trials.of_misconception(candidate, graded) for graded in lost]
            if all(same_form(a.records, b.records) for a, b in zip(ours, theirs, strict=True)):
                same[candidate.id] = (candidate, theirs)
    if len(same) != 1 or len(failed) == len(checks):
        same = {name: each for name, each in same.items() if say_the_same(ours, each[1])}
    return next(iter(same.values()))[0] if len(same) == 1 else None


def say_the_same(ours: Sequence[Attempt], theirs: Sequence[Attempt]) -> bool:
    """Tell whether two runs of the same checks failed with the same words and, by and large, the same numbers.

    Observed rates and deviations vary a little with the draws, and the place of a first wrong entry varies at will.
    """
    pairs = [(a.explanation.message, b.explanation.message) for a, b in zip(ours, theirs, strict=True)]
    if any(_NUMBER.sub("#", a) != _NUMBER.sub("#", b) for a, b in pairs):
        return False
    numbers = [
        (float(x), float(y)) for a, b in pairs for x, y in zip(_NUMBER.findall(a), _NUMBER.findall(b), strict=True)
    ]
    near = sum(abs(x - y) <= NEAR * max(abs(x), abs(y)) for x, y in numbers)
    return near >= SHARE_NEAR * len(numbers)


def draws(attempt: Attempt) -> bool:
    """Tell whether a check gave the function a generator to draw from."""
    return any(
        isinstance(value, np.random.Generator)
        for record in attempt.records
        for value in (*record.args, *record.kwargs.values())
    )


def _explains(theirs: Attempt, ours: Attempt) -> bool:
    """Tell whether a misconception failed a check in the student's way: with the same outputs."""
    return theirs.outcome is ours.outcome and same_outputs(ours.records, theirs.records)
