"""Trusted code behind the contract of a worker."""

import pytest

from grader.model.submission import ModuleSource
from grader.sandbox import Call, TrustedWorker
from grader.sandbox.faults import NotLoaded, Raised


def loaded(**texts: str) -> TrustedWorker:
    worker = TrustedWorker()
    worker.load([ModuleSource(module=name, filename=f"{name}.py", text=text) for name, text in texts.items()])
    return worker


def test_a_function_is_replaced_everywhere() -> None:
    with loaded(
        a="def f(x):\n    return x\n", b="from a import f\nimport a\ndef g(x):\n    return f(x), a.f(x)\n"
    ) as worker:
        worker.replace("a.f", lambda x: -x)
        assert worker.call(Call(function="b.g", args=(1,))).value == (-1, -1)


def test_printed_text_goes_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    with loaded(a="def f():\n    print('quiet')\n") as worker:
        worker.call(Call(function="a.f"))
        assert worker.output == ""
    assert capsys.readouterr().out == ""


def test_ctrl_c_passes_through() -> None:
    with loaded(a="def f():\n    raise KeyboardInterrupt\n") as worker, pytest.raises(KeyboardInterrupt):
        worker.call(Call(function="a.f"))


def test_workers_with_modules_of_the_same_name_do_not_meet() -> None:
    with loaded(a="x = 1\ndef f():\n    return x\n") as one, loaded(a="x = 2\ndef f():\n    return x\n") as two:
        assert (one.call(Call(function="a.f")).value, two.call(Call(function="a.f")).value) == (1, 2)


def test_a_text_loaded_twice_keeps_each_workers_file_names() -> None:
    text = "def f():\n    return (lambda: f.__code__.co_filename)()\n"
    with loaded(a=text) as one, loaded(a=text) as two:
        names = [worker.call(Call(function="a.f")).value for worker in (one, two)]
    assert names[0] != names[1]
    assert all(name.endswith("a.py") for name in names)


def test_a_syntax_error_is_shown_at_its_line_each_time() -> None:
    for _ in range(2):
        with loaded(a="x = 1\ndef f(:\n") as worker, pytest.raises(NotLoaded) as caught:
            worker.call(Call(function="a.f"))
        assert isinstance(caught.value.cause, Raised)
        assert [(frame.filename, frame.line) for frame in caught.value.cause.frames] == [("a.py", 2)]
