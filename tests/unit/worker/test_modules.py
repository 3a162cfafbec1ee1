"""A module loads with what it imports from the others, and with what stands in for them."""

import pytest

from grader.worker.errors import describe_error
from grader.worker.modules import Modules

NETWORK = "from layers import mask\ndef forward(x):\n    return mask(x)\n"


def test_a_stand_in_can_be_imported_from_a_module_that_was_not_handed_in() -> None:
    modules = Modules("missing.")
    try:
        modules.take([("network", "network.py", NETWORK)], {"layers.mask": lambda x: x + 1})
        failures = modules.load(["network"])
        forward = modules.find("network", "forward")
        assert not failures
        assert forward is not None
        assert forward(1) == 2
    finally:
        modules.close()


def test_a_module_that_was_not_handed_in_and_has_no_stand_in_cannot_be_imported() -> None:
    modules = Modules("missing.")
    try:
        modules.take([("network", "network.py", NETWORK)], {})
        failures = modules.load(["network"])
        assert [failure.error.type_names[0] for failure in failures] == ["ModuleNotFoundError"]
    finally:
        modules.close()


def test_a_function_can_be_replaced_before_its_module_is_loaded() -> None:
    modules = Modules("early.")
    try:
        modules.take([("network", "network.py", NETWORK), ("layers", "layers.py", "def mask(x):\n    return x\n")], {})
        modules.replace("layers.mask", lambda x: -x)
        modules.load(["network"])
        forward = modules.find("network", "forward")
        assert forward is not None
        assert forward(1) == -1
    finally:
        modules.close()


@pytest.mark.parametrize("mark", ["\f", "\x0b", "\x1c", "\u2028"])
def test_the_line_of_an_error_is_right_below_a_mark_that_is_no_line_end(mark: str) -> None:
    text = f'note = """{mark}"""\ndef fail():\n    return 1 / 0  # here\n'
    modules = Modules("marked.")
    try:
        modules.take([("layers", "layers.py", text)], {})
        modules.load(["layers"])
        fail = modules.find("layers", "fail")
        assert fail is not None
        with pytest.raises(ZeroDivisionError) as caught:
            fail()
        frame = describe_error(caught.value, modules.files).frames[-1]
        assert (frame.line, frame.code) == (3, "return 1 / 0  # here")
    finally:
        modules.close()
