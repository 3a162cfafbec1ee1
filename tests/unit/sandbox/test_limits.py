import pytest

from grader.sandbox.limits import LONG_CALLS, Limits


@pytest.mark.parametrize("seconds", [None, 0.5])
def test_short_calls_need_no_longer_life(seconds: float | None) -> None:
    assert Limits().with_room_for(seconds) == Limits()


def test_a_worker_lives_as_long_as_some_long_calls() -> None:
    limits = Limits().with_room_for(40.0)
    assert limits.worker_seconds == limits.cpu_seconds == LONG_CALLS * 40
    assert limits.call_seconds == Limits().call_seconds
