"""A class as a question: its objects stay in the student's process, and every use of them is on record."""

from collections.abc import Iterator

import pytest

from grader.checks import Student
from grader.checks.student import StudentObject
from grader.errors import AssignmentError
from grader.model.assignment import Kind, Question, Returned
from grader.model.submission import ModuleSource
from grader.sandbox.faults import Raised
from grader.sandbox.trusted import TrustedWorker
from grader.wire import Handle
from tests.fakes.worker import make_question

TEXT = """
class Best:
    def __init__(self, start):
        self.value = start

    def update(self, value, params):
        self.value = max(self.value, value)
        self.params = params
        return self.value == value
"""
BEST = Question(
    id="Best", module="m", title="Best", points=10, difficulty=1, returns=(Returned(name="best", kind=Kind.OBJECT),)
)


@pytest.fixture
def student() -> Iterator[Student]:
    with TrustedWorker() as worker:
        worker.load([ModuleSource(module="m", filename="m.py", text=TEXT)])
        yield Student(worker, {"Best": BEST}, {"Best": ("start",), "Best.update": ("value", "params")}, iter(range(99)))


def test_an_object_is_called_and_read(student: Student) -> None:
    best = student.Best(1.0)
    assert isinstance(best, StudentObject)
    assert best.call("update", 3.0, None) is True
    assert best.call("update", 2.0, None) is False
    assert best.get("value") == 3.0


def test_every_use_of_an_object_is_on_record_as_the_student_would_write_it(student: Student) -> None:
    best = student.Best(1.0)
    best.call("update", 3.0, None)
    best.get("value")
    assert [str(record) for record in student.calls] == [
        "Best(start=1)",
        "Best.update(value=3, params=None)",
        "Best.value",
    ]
    assert [record.value for record in student.calls[1:]] == [True, 3.0]
    assert isinstance(student.calls[0].value, Handle)


def test_what_an_object_lacks_is_the_student_s_error(student: Student) -> None:
    best = student.Best(1.0)
    with pytest.raises(Raised, match="'Best' object has no attribute 'epoch'"):
        best.get("epoch")
    assert student.calls[-1].fault is not None


def test_a_kept_value_is_shared_between_calls(student: Student) -> None:
    best, kept = student.Best(1.0), student.keep([1, 2])
    best.call("update", 3.0, {"W": kept})
    student.change(kept, "append", 3)
    assert best.get("params") == {"W": [1, 2, 3]}
    assert len(student.calls) == 3, "keeping and changing a value is no call of the student's"


def test_a_class_returns_nothing_beside_its_object() -> None:
    with pytest.raises(AssignmentError, match="among other values"):
        make_question("f", Kind.OBJECT, Kind.NUMBER)
