"""What grading again changed: who gained, who lost, and by which check."""

from dataclasses import dataclass

from grader.model.result import CheckResult, GradedSubmission, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """One check that ended otherwise than before; None stands for a check that is only on one side."""

    id: str
    before: Outcome | None
    after: Outcome | None
    points: float
    """Gained; negative when lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One attempt that is worth something else than before, or for other checks."""

    student: str
    before: float
    after: float
    checks: tuple[CheckChange, ...]

    @property
    def gained(self) -> float:
        """Points gained; negative when lost."""
        return round(self.after - self.before, 6)


def change_between(student: str, before: GradedSubmission, after: GradedSubmission) -> Change | None:
    """Compare two gradings of one attempt; None when points and outcomes are the same."""
    old, new = _checks(before), _checks(after)
    changes = tuple(
        CheckChange(
            id=name,
            before=old[name].outcome if name in old else None,
            after=new[name].outcome if name in new else None,
            points=round(_points(new.get(name)) - _points(old.get(name)), 6),
        )
        for name in dict.fromkeys((*old, *new))
        if _verdict(old.get(name)) != _verdict(new.get(name))
    )
    if not changes and before.points == after.points:
        return None
    return Change(student=student, before=before.points, after=after.points, checks=changes)


def _checks(graded: GradedSubmission) -> dict[str, CheckResult]:
    return {check.id: check for question in graded.questions for check in question.checks}


def _points(check: CheckResult | None) -> float:
    return check.points if check else 0.0


def _verdict(check: CheckResult | None) -> tuple[Outcome | None, float]:
    return (check.outcome, check.points) if check else (None, 0.0)
