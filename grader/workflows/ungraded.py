"""A submission that no check was run for: it has no points, and no zero either."""

import platform

import numpy as np

from grader.model.result import Environment, GradedSubmission


def ungraded(
    submission: str,
    reason: str,
    *,
    assignment: str,
    title: str = "",
    seed: int = 0,
    max_points: float = 100.0,
    assignment_digest: str = "",
    submission_digest: str = "",
) -> GradedSubmission:
    """Return the result of a submission that could not be graded, with the reason; the title may be unknown."""
    return GradedSubmission(
        assignment=assignment,
        title=title or assignment,
        submission=submission,
        seed=seed,
        gradable=False,
        errors=(reason,),
        points=0.0,
        max_points=max_points,
        seconds=0.0,
        questions=(),
        environment=Environment(
            python=platform.python_version(),
            numpy=np.__version__,
            platform=platform.platform(),
            isolation={},
            assignment_digest=assignment_digest,
            submission_digest=submission_digest,
        ),
    )
