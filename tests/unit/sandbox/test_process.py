"""How the end of a process is told."""

import pytest

from grader.sandbox import CrashCause, Crashed, Limits, TimedOut
from grader.sandbox.client import printed_text
from grader.sandbox.process import how_it_ended

LIMITS = Limits(cpu_seconds=7)


@pytest.mark.parametrize(
    ("status", "cause", "words"),
    [
        (0, CrashCause.EXIT, "exit status 0"),
        (-9, CrashCause.MEMORY, "1 GiB"),
        (-11, CrashCause.SIGNAL, "SIGSEGV"),
        (-31, CrashCause.SIGNAL, "SIGSYS"),
        (-99, CrashCause.SIGNAL, "signal 99"),
        (0xC0000005, CrashCause.SIGNAL, "0xc0000005"),
        (None, CrashCause.PROTOCOL, "closed its connection"),
    ],
)
def test_each_end_has_its_cause(status: int | None, cause: CrashCause, words: str) -> None:
    fault = how_it_ended(status, LIMITS)
    assert isinstance(fault, Crashed)
    assert fault.cause is cause
    assert words in str(fault)


def test_using_up_the_processor_time_is_a_time_out() -> None:
    fault = how_it_ended(-24, LIMITS)
    assert isinstance(fault, TimedOut)
    assert fault.seconds == 7


def test_cut_output_says_how_much_is_missing() -> None:
    assert printed_text(b"abc", 3) == "abc"
    assert printed_text(b"ab\xff", 10) == "ab�\n[7 more bytes were printed and are not shown]"
