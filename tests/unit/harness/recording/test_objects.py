"""An object of a recorded class answers like the reference's, call by call."""

import pytest

from grader.harness.recording.calls import Answering, NotRecordedError, Recorder
from grader.harness.recording.objects import answering_class, listening_class


class Stopping:
    def __init__(self, patience: int = 2) -> None:
        self.patience = patience
        self.best = float("inf")
        self.waited = 0

    def update(self, loss: float) -> bool:
        self.waited = 0 if loss < self.best else self.waited + 1
        self.best = min(self.best, loss)
        return self.waited >= self.patience


class Stub:
    def __init__(self, patience: int = 2) -> None:
        raise NotImplementedError

    def update(self, loss: float) -> bool:
        raise NotImplementedError


LOSSES = [1.0, 0.5, 0.7, 0.6]


@pytest.fixture
def answering() -> Answering:
    recorder = Recorder()
    make = listening_class(recorder, "m.Stopping", Stopping, Stub)
    for patience in (2, 3):
        stopping = make(patience=patience)
        for loss in LOSSES:
            stopping.update(loss)
            assert stopping.best <= loss
    return Answering(list(recorder.answers.values()))


@pytest.mark.parametrize("patience", [2, 3])
def test_calls_in_the_same_order_get_the_same_answers(answering: Answering, patience: int) -> None:
    ours, theirs = answering_class(answering, "m.Stopping", Stub)(patience), Stopping(patience)
    for loss in LOSSES:
        assert ours.update(loss=loss) == theirs.update(loss)
        assert ours.best == theirs.best


def test_two_objects_do_not_disturb_each_other(answering: Answering) -> None:
    make = answering_class(answering, "m.Stopping", Stub)
    first, second = make(2), make(3)
    assert [(first.update(loss), second.update(loss)) for loss in LOSSES][-1] == (True, False)


def test_another_order_of_calls_was_not_recorded(answering: Answering) -> None:
    stopping = answering_class(answering, "m.Stopping", Stub)(2)
    stopping.update(1.0)
    with pytest.raises(NotRecordedError, match="update"):
        stopping.update(0.7)


def test_an_attribute_that_was_never_read_was_not_recorded(answering: Answering) -> None:
    stopping = answering_class(answering, "m.Stopping", Stub)(2)
    with pytest.raises(NotRecordedError, match="waited"):
        _ = stopping.waited
