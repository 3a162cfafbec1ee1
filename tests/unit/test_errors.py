import pickle

import pytest

from grader.errors import AssignmentError, GraderError, IsolationError, SubmissionError, UsageError


@pytest.mark.parametrize("kind", [GraderError, UsageError, SubmissionError, AssignmentError, IsolationError])
def test_an_error_survives_the_way_between_processes(kind: type[GraderError]) -> None:
    error = pickle.loads(pickle.dumps(kind("the file is gone", hint="look in the bin")))  # noqa: S301 - we wrote it
    assert type(error) is kind
    assert (str(error), error.message, error.hint) == ("the file is gone", "the file is gone", "look in the bin")


def test_a_submission_that_cannot_be_read_is_wrong_usage() -> None:
    assert issubclass(SubmissionError, UsageError)
    assert not issubclass(AssignmentError, UsageError)
