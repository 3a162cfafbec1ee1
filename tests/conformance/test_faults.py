"""How each way to fail is told apart: the same on every sandbox."""

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, CrashCause, Crashed, Missing, NotLoaded, Raised, StudentFault, TimedOut, Worker

Start = Callable[..., Worker]


def call(worker: Worker, function: str, *args: Any) -> Any:
    return worker.call(Call(function=function, args=args)).value


def test_an_exception_comes_with_its_classes_its_message_and_the_student_s_lines(start: Start) -> None:
    worker = start(m="class Mine(ValueError):\n    pass\ndef f():\n    return g()\ndef g():\n    raise Mine('no')\n")
    with pytest.raises(Raised) as raised:
        call(worker, "m.f")
    fault = raised.value
    assert fault.type_names == ("Mine", "ValueError", "Exception", "BaseException", "object")
    assert fault.message == "no"
    assert [(frame.filename, frame.line, frame.function, frame.code) for frame in fault.frames] == [
        ("m.py", 4, "f", "return g()"),
        ("m.py", 6, "g", "raise Mine('no')"),
    ]


def test_library_code_is_left_out_of_the_lines(start: Start) -> None:
    worker = start(m="import numpy as np\ndef f():\n    return np.linalg.inv(np.zeros((2, 2)))\n")
    with pytest.raises(Raised, match="Singular") as raised:
        call(worker, "m.f")
    assert [frame.line for frame in raised.value.frames] == [3]


@pytest.mark.parametrize("kind", ["SystemExit", "GeneratorExit", "BaseException", "StopIteration"])
def test_exceptions_that_end_programs_are_only_raised(start: Start, kind: str) -> None:
    worker = start(m=f"def f():\n    raise {kind}\ndef g():\n    return 1\n")
    if kind == "BaseException" and type(worker).__name__ == "TrustedWorker":
        pytest.skip("only a student raises it, and trusted code must let Ctrl-C through")
    with pytest.raises(Raised, match=kind):
        call(worker, "m.f")
    assert call(worker, "m.g") == 1


def test_an_exception_whose_text_raises_is_told_all_the_same(start: Start) -> None:
    worker = start(
        m="class Liar(Exception):\n    def __str__(self):\n        raise Exception\ndef f():\n    raise Liar\n"
    )
    with pytest.raises(Raised, match="could not be read") as raised:
        call(worker, "m.f")
    assert raised.value.type_names[0] == "Liar"


def test_a_syntax_error_comes_with_file_line_and_code(start: Start) -> None:
    worker = start(m="x = 1\ndef f(:\n    pass\n")
    with pytest.raises(NotLoaded) as not_loaded:
        call(worker, "m.f")
    cause = not_loaded.value.cause
    assert isinstance(cause, Raised)
    assert cause.type_names[0] == "SyntaxError"
    assert [(frame.filename, frame.line, frame.code) for frame in cause.frames] == [("m.py", 2, "def f(:")]


def test_a_module_that_fails_does_not_stop_the_others(start: Start) -> None:
    worker = start(bad="1 / 0\n", good="def f():\n    return 1\n")
    assert call(worker, "good.f") == 1
    with pytest.raises(NotLoaded, match="ZeroDivisionError"):
        call(worker, "bad.f")


def test_importing_a_module_that_failed_names_the_first_failure(start: Start) -> None:
    worker = start(bad="1 / 0\n", user="from bad import f\n")
    with pytest.raises(NotLoaded, match=r"bad.py could not be loaded: ZeroDivisionError"):
        call(worker, "user.f")


def test_modules_may_import_each_other_in_a_circle(start: Start) -> None:
    worker = start(a="import b\ndef f():\n    return b.g()\n", b="import a\ndef g():\n    return a.__name__[-1]\n")
    assert call(worker, "a.f") == "a"


def test_a_module_that_was_not_handed_in_cannot_be_imported(start: Start) -> None:
    worker = start(m="def f():\n    import pyproject_of_nobody\n")
    with pytest.raises(Raised, match="ModuleNotFoundError"):
        call(worker, "m.f")


def test_a_missing_function_is_told_with_those_that_exist(start: Start) -> None:
    worker = start(m="import math\nfrom math import sqrt\ndef f(): ...\ng = lambda x: x\nh = 3\n")
    for name in ("nothing", "h"):
        with pytest.raises(Missing) as missing:
            call(worker, f"m.{name}")
        assert missing.value.defined == ("f", "g")


def test_running_out_of_memory_is_told_with_the_line(start: Start) -> None:
    worker = start(m="import numpy as np\ndef f():\n    return np.ones(1 << 45)\n")
    with pytest.raises(Crashed, match=r"0.5 GiB of memory it may use, in m.py line 3") as crashed:
        call(worker, "m.f")
    assert crashed.value.cause is CrashCause.MEMORY


@pytest.mark.process
def test_many_small_objects_run_out_of_memory_too(start: Start) -> None:
    worker = start(m="def f():\n    a = []\n    while True:\n        a.append([0] * 10**6)\n")
    with pytest.raises(Crashed) as crashed:
        call(worker, "m.f")
    assert crashed.value.cause is CrashCause.MEMORY


@pytest.mark.process
@pytest.mark.parametrize("body", ["while True: pass", "10 ** 10 ** 9", "import time; time.sleep(1000)"])
def test_no_answer_in_time_is_a_time_out(start: Start, body: str) -> None:
    worker = start(m=f"def f():\n    {body}\n")
    worker.limits = type(worker.limits)(call_seconds=0.3)  # type: ignore[attr-defined]
    with pytest.raises(TimedOut, match=r"0.3 s") as timed_out:
        call(worker, "m.f")
    with pytest.raises(TimedOut) as again:
        call(worker, "m.f")
    assert again.value is timed_out.value


@pytest.mark.process
def test_time_in_our_functions_does_not_count(start: Start) -> None:
    import time

    worker = start(m="def f(g):\n    return g()\n")
    worker.limits = type(worker.limits)(call_seconds=0.3)  # type: ignore[attr-defined]
    assert call(worker, "m.f", lambda: time.sleep(0.5)) is None


@pytest.mark.process
@pytest.mark.parametrize(
    ("body", "cause", "detail"),
    [
        ("os._exit(3)", CrashCause.EXIT, "exit status 3"),
        ("os._exit(0)", CrashCause.EXIT, "exit status 0"),
        ("ctypes.string_at(0)", CrashCause.SIGNAL, "SIGSEGV"),
        ("os.abort()", CrashCause.SIGNAL, "SIGABRT"),
        ("signal.raise_signal(signal.SIGTERM)", CrashCause.SIGNAL, "SIGTERM"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="signals have no names here")
def test_a_dead_process_is_told_by_its_cause(start: Start, body: str, cause: CrashCause, detail: str) -> None:
    worker = start(m=f"import ctypes, os, signal\ndef f():\n    {body}\ndef g():\n    return 1\n")
    with pytest.raises(Crashed, match=detail) as crashed:
        call(worker, "m.f")
    assert crashed.value.cause is cause
    with pytest.raises(Crashed, match=detail):
        call(worker, "m.g")


@pytest.mark.process
def test_printed_text_is_kept_up_to_its_limit_and_says_where_it_was_cut(start: Start) -> None:
    worker = start(m="def f(text):\n    print(text)\n")
    call(worker, "m.f", "hällo")
    assert worker.output == "hällo\n"
    call(worker, "m.f", "x" * 5000)
    assert worker.output.startswith("hällo\nxxx")
    assert worker.output.endswith("[4008 more bytes were printed and are not shown]")


@pytest.mark.process
def test_a_flood_of_output_ends_the_worker(start: Start) -> None:
    worker = start(m="def f():\n    while True:\n        print('x' * 10000)\n")
    with pytest.raises(Crashed, match="printed more than 1 MB") as crashed:
        call(worker, "m.f")
    assert crashed.value.cause is CrashCause.OUTPUT


@pytest.mark.process
def test_output_printed_before_a_crash_is_kept(start: Start) -> None:
    worker = start(m="import os\ndef f():\n    print('before')\n    os._exit(1)\n")
    with pytest.raises(Crashed):
        call(worker, "m.f")
    assert worker.output == "before\n"


@pytest.mark.process
def test_every_worker_starts_fresh(start: Start) -> None:
    text = "import numpy as np\ndef f():\n    seen = hasattr(np, 'mark')\n    np.mark = True\n    return seen\n"
    first = start(m=text)
    assert call(first, "m.f") is False
    assert call(first, "m.f") is True
    assert call(start(m=text), "m.f") is False


def test_two_workers_live_side_by_side(start: Start) -> None:
    one, two = start(m="def f():\n    return 1\n"), start(m="def f():\n    return 2\n")
    assert (call(one, "m.f"), call(two, "m.f"), call(one, "m.f")) == (1, 2, 1)


def test_a_handle_of_another_worker_is_refused(start: Start) -> None:
    from grader.wire import Handle

    worker = start(m="def f(x):\n    return x\n")
    with pytest.raises(Crashed):
        call(worker, "m.f", Handle(99))


def test_our_own_random_numbers_are_not_disturbed(start: Start) -> None:
    worker = start(m="import random\nimport numpy as np\ndef f():\n    return np.random.rand() + random.random()\n")
    np.random.seed(7)  # noqa: NPY002 - the point is that this state survives
    before = np.random.get_state(legacy=False)["state"]["key"].tolist()  # noqa: NPY002
    call(worker, "m.f")
    assert np.random.get_state(legacy=False)["state"]["key"].tolist() == before  # noqa: NPY002


def test_faults_read_as_sentences(start: Start) -> None:
    worker = start(m="def f():\n    return {1: set()}\n")
    with pytest.raises(StudentFault) as fault:
        call(worker, "m.f")
    assert str(fault.value) == "returned in [1] a value of type set"


@pytest.mark.process
def test_a_result_that_leaves_no_memory_to_send_it_is_out_of_memory(start: Start) -> None:
    body = "global kept\n    kept = np.ones(35 << 20), np.ones(25 << 20)\n    return kept[1][::-1]"
    text = f"import numpy as np\ndef f():\n    {body}\n"
    worker = start(m=text)
    with pytest.raises(Crashed, match="memory") as crashed:
        call(worker, "m.f")
    assert crashed.value.cause is CrashCause.MEMORY


def test_an_argument_changed_before_an_exception_is_reported_with_it(start: Start) -> None:
    worker = start(m="def f(x, fail):\n    x[0] += 1\n    if fail:\n        raise ValueError('no')\n")
    with pytest.raises(Raised) as raised:
        worker.call(Call(function="m.f", args=(np.zeros(2), True)))
    assert raised.value.changed == ("0",)


@pytest.mark.process
def test_a_call_with_a_time_of_its_own_is_stopped_after_that(start: Start) -> None:
    worker = start(m="import time\ndef f(seconds):\n    time.sleep(seconds)\n    return 1\n")
    assert worker.call(Call(function="m.f", args=(0.01,), seconds=5.0)).value == 1
    with pytest.raises(TimedOut) as timed_out:
        worker.call(Call(function="m.f", args=(5,), seconds=0.2))
    assert timed_out.value.seconds == 0.2
