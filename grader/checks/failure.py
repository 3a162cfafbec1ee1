"""How a check says that an answer is not right."""

from grader.model.evidence import Evidence


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on an answer, not an error of anybody
    """The student's function answered, and the answer is not what the check wants.

    `message` says what came and what was expected; `evidence` is what a report can draw of it. `credit` is the share of
    the check's points that is earned all the same; `hint` replaces the check's own where what came says more.
    """

    def __init__(self, message: str, *, evidence: Evidence | None = None, credit: float = 0.0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.evidence = evidence
        self.credit = credit
        self.hint = hint
