"""Attacks inside the worker's own Python: what it patches, forges or pretends hurts only its own answers."""

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, CrashCause, Crashed, Raised, Rejected, StudentFault
from grader.sandbox.fork import ForkSandbox, ForkWorker

Attack = Callable[..., Any]
Attacker = Callable[[str], ForkWorker]

PATCHES = {
    "numpy.testing": "np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None\n",
    "allclose": "np.allclose = np.array_equal = np.all = np.any = lambda *a, **k: True\n",
    "the seed": "np.random.seed = np.random.random_sample = lambda *a: 0\n",
    "default_rng": "np.random.default_rng = lambda *a: None\n",
    "builtins": "import builtins\nbuiltins.isinstance = builtins.type = builtins.callable = lambda *a: True\n",
    "os": "import os\nos.read = os.write = os._exit = lambda *a: b''\n",
    "the floating point state": "np.seterr(all='raise')\nnp.set_printoptions(precision=1)\n",
    "stdout": "import sys\nsys.stdout = sys.stderr = None\n",
    "atexit": "import atexit\natexit.register(lambda: print('rewritten'))\n",
    "signals": "import signal\nfor s in (2, 14, 15):\n    signal.signal(s, signal.SIG_IGN)\n",
    "a profile hook": "import sys\nsys.setprofile(lambda *a: None)\n",
    "pytest": "import sys\nsys.modules['pytest'] = sys.modules['grader'] = None\n",
}


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_neither_helps_nor_reaches_the_next_worker(attacker: Attacker, name: str) -> None:
    call = Call(function="m.double", args=(np.arange(3.0),))
    with contextlib.suppress(StudentFault):
        assert attacker(PATCHES[name]).call(call).value.tolist() == [0, 2, 4]
    assert attacker("").call(call).value.tolist() == [0, 2, 4]
    np.testing.assert_allclose([1.0], [1.0])
    with pytest.raises(AssertionError):
        np.testing.assert_allclose([1.0], [2.0])


HUNTS = {
    "frames": """
    import sys
    frame, seen = sys._getframe(), []
    while frame is not None:
        seen += [str(value) for scope in (frame.f_locals, frame.f_globals) for value in list(scope.values())]
        frame = frame.f_back
    return "".join(seen)
""",
    "gc": """
    import gc
    return "".join(repr(item) for item in gc.get_objects() if type(item) in (str, dict, list, tuple, bytes))[:10**6]
""",
    "sys.modules": """
    import sys
    return " ".join(sys.modules)
""",
}


@pytest.mark.parametrize("hunt", HUNTS)
def test_there_is_nothing_to_find(attack: Attack, hunt: str) -> None:
    found = attack(f"def attack(x):{HUNTS[hunt]}", 1.0)
    assert "grader.harness" not in found
    assert "grader.checks" not in found
    assert "solutions/" not in found


@pytest.mark.parametrize(
    "expression",
    [
        "type('Equal', (), {'__eq__': lambda *_: True, '__array__': lambda *_: np.ones(3)})()",
        "type('Equal', (np.ndarray,), {'__eq__': lambda *_: True})((3,))",
        "type('Equal', (float,), {'__class__': float, '__eq__': lambda *_: True})(1)",
        "np.array([type('Equal', (), {'__eq__': lambda *_: True})()], dtype=object)",
        "np.ma.masked_all(3)",
        "np.rec.array([(1, 2.0)])",
        "np.array([(1, 2.0)], dtype='i,f')",
        "np.datetime64('2020-01-01')",
        "np.longdouble(1)",
        "memoryview(b'x')",
        "iter([1])",
        "type",
        "NotImplemented",
        "...",
    ],
)
def test_pretenders_do_not_reach_a_comparison(attack: Attack, expression: str) -> None:
    with pytest.raises(Rejected):
        attack(f"def attack():\n    return {expression}\n")


@pytest.mark.parametrize(
    ("kind", "content"), [("dict", {"a": 1}), ("list", [1, 2]), ("tuple", (1, 2))], ids=["dict", "list", "tuple"]
)
def test_of_a_lying_container_only_what_it_holds_is_sent(attack: Attack, kind: str, content: Any) -> None:
    lies = "dict.fromkeys(['__iter__', '__len__', '__getitem__', '__eq__', 'items', 'keys'], lambda *_: 1 / 0)"
    found = attack(f"def attack():\n    return type('Lying', ({kind},), {lies})({content!r})\n")
    assert found == content
    assert type(found) in (dict, list, tuple)


def test_an_array_that_changes_after_it_was_returned_has_been_copied(attacker: Attacker) -> None:
    worker = attacker("kept = np.zeros(2)\ndef give():\n    return kept\ndef change():\n    kept[:] = 7\n")
    first = worker.call(Call(function="m.give")).value
    worker.call(Call(function="m.change"))
    assert first.tolist() == [0, 0]


FORGERIES = {
    "noise": "b'x' * 100",
    "an endless length": "struct.pack('<4sQIIQ', b'grd1', 1, 2**32 - 1, 0, 0)",
    "an answer to another request": (
        "struct.pack('<4sQIIQ', b'grd1', 1, 15, 1, 0) + b'\\x93\\xabValueAnswer\\x90\\xc2' + b'\\x90'"
    ),
    "half an answer": "b'grd1'",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_answer_costs_the_worker_its_life(attack: Attack, name: str) -> None:
    with pytest.raises(Crashed) as crashed:
        attack(f"import os, struct\ndef attack():\n    os.write(3, {FORGERIES[name]})\n    return 1\n")
    assert crashed.value.cause is CrashCause.PROTOCOL


def test_the_worker_s_own_machinery_can_be_called_to_no_effect(attacker: Attacker) -> None:
    payload = """
import gc
def attack(x):
    for item in gc.get_objects():
        if type(item).__name__ == "Conversation":
            item._number = 12345
        if type(item).__name__ == "Service":
            item._call = lambda *a: None
    return x
"""
    worker = attacker(payload)
    with contextlib.suppress(StudentFault):
        assert worker.call(Call(function="m.attack", args=(1,))).value == 1
    with pytest.raises(Crashed):
        worker.call(Call(function="m.double", args=(2,)))
    assert attacker("").call(Call(function="m.double", args=(2,))).value == 4


@pytest.mark.parametrize("limit", [1, 20, 60])
def test_a_tiny_recursion_limit_is_the_attacker_s_own_problem(attack: Attack, limit: int) -> None:
    payload = f"import sys\ndef attack():\n    sys.setrecursionlimit(max({limit}, 1))\n    return 1\n"
    with contextlib.suppress(Crashed, Raised):
        assert attack(payload) == 1


def test_very_deep_recursion_costs_one_worker(attacker: Attacker) -> None:
    payload = """
import sys
def attack():
    sys.setrecursionlimit(10**8)
    def fall(n):
        return fall(n + 1) + 1
    return fall(0)
"""
    with pytest.raises(StudentFault):
        attacker(payload).call(Call(function="m.attack"))
    assert attacker("").call(Call(function="m.double", args=(2,))).value == 4


def test_an_exception_cannot_hide_behind_its_own_methods(attack: Attack) -> None:
    payload = """
class Sneaky(AssertionError):
    def __getattribute__(self, name):
        raise KeyboardInterrupt
    def __reduce__(self):
        raise SystemExit
    __str__ = __repr__ = property(lambda self: 1 / 0)
def attack():
    raise Sneaky
"""
    with pytest.raises(Raised) as raised:
        attack(payload)
    assert raised.value.type_names[:2] == ("Sneaky", "AssertionError")


def test_signals_are_ignored_and_the_worker_is_killed_all_the_same(locked: ForkSandbox) -> None:
    from grader.model.submission import ModuleSource
    from grader.sandbox import Limits, TimedOut

    text = """
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
def attack():
    while True:
        try:
            while True: pass
        except BaseException:
            pass
"""
    with locked.worker() as worker:
        worker.load([ModuleSource(module="m", filename="m.py", text=text)])
        worker.limits = Limits(call_seconds=0.2)
        with pytest.raises(TimedOut):
            worker.call(Call(function="m.attack"))
