"""What the student's side does with one request, without any process."""

from typing import Any

import pytest

from grader.wire import (
    CallbackRequest,
    CallRequest,
    ErrorAnswer,
    LoadAnswer,
    LoadRequest,
    Message,
    MissingAnswer,
    Packed,
    ReadyReport,
    RejectedAnswer,
    ValueAnswer,
    WireError,
)
from grader.worker.service import Service


def no_callbacks(request: CallbackRequest, packed: Packed) -> tuple[Message, list[Any]]:
    raise AssertionError("nothing is called back in this test")


@pytest.fixture
def service() -> Service:
    return Service(no_callbacks, "test_service.")


def load(service: Service, text: str) -> Message:
    answer, _ = service.answer(LoadRequest((("m", "m.py"),), (), ("m",)), [[text], []])
    return answer


def call(service: Service, name: str, *args: object) -> Message:
    answer, _ = service.answer(CallRequest(f"m.{name}", "", (), 0), [(None, list(args), {})])
    return answer


def test_each_request_gets_its_kind_of_answer(service: Service) -> None:
    assert isinstance(load(service, "def f(x): return x\ndef g(): return set()\n"), LoadAnswer)
    assert isinstance(call(service, "f", 1), ValueAnswer)
    assert isinstance(call(service, "f"), ErrorAnswer)
    assert isinstance(call(service, "g"), RejectedAnswer)
    assert isinstance(call(service, "h"), MissingAnswer)
    service.modules.close()


def test_what_is_no_request_is_refused(service: Service) -> None:
    with pytest.raises(WireError):
        service.answer(ReadyReport({}), [])


def test_patching_numpy_s_seed_leaves_the_service_as_it_was(service: Service) -> None:
    load(service, "import numpy as np\ndef f():\n    return np.random.rand()\n")
    answer = call(service, "f")
    assert isinstance(answer, ValueAnswer)
    assert answer.global_random_used
    service.modules.close()
