"""A module loads with what it imports from the others, and with what stands in for them."""

from grader.worker.modules import Modules

NETWORK = "from layers import mask\ndef forward(x):\n    return mask(x)\n"


def test_a_stand_in_can_be_imported_from_a_module_that_was_not_handed_in() -> None:
    modules = Modules("missing.")
    try:
        modules.take([("network", "network.py", NETWORK)], {"layers.mask": lambda x: x + 1})
        _, failures = modules.load(["network"])
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
        _, failures = modules.load(["network"])
        assert [failure.error.type_names[0] for failure in failures] == ["ModuleNotFoundError"]
    finally:
        modules.close()
