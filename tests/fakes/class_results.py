"""Results of a class on a made-up assignment: as many points as one asks for."""

from dataclasses import replace

from grader.model.result import GradedSubmission, Outcome
from tests.fakes.graded import check, environment, graded, question


def result(
    points: float = 60.0, *, text: str = "one", gradable: bool = True, assignment: str = "small", seed: int = 7
) -> GradedSubmission:
    """Build a result of 0 to 100 points whose digest is that of `text`; an ungradable one has no questions."""
    passed = check("first.test_values", "Values are right.", most=100.0)
    lost = replace(passed, outcome=Outcome.FAILED, points=0.0, message="it differs", misconception="double.adds")
    digest = f"sha256:{text}" if text else ""
    return graded(
        [question("double", "first", "Double", [passed if points else lost], points=points)] if gradable else [],
        assignment=assignment,
        title="Small",
        submission="alice",
        seed=seed,
        points=points if gradable else 0.0,
        max_points=100.0,
        gradable=gradable,
        errors=() if gradable else ("the check raised",),
        environment=replace(environment(), submission_digest=digest),
    )
