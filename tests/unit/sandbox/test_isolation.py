"""When grading is refused."""

import pytest

from grader.errors import IsolationError
from grader.sandbox import Isolation
from grader.sandbox.isolation import require

LOCKED_IN = {"landlock": "on", "seccomp": "on", "probes": "on"}


def test_a_locked_in_worker_is_good_enough_for_marks() -> None:
    require(Isolation.STRICT, LOCKED_IN)


def test_a_filter_that_opens_no_file_stands_in_for_landlock() -> None:
    require(
        Isolation.STRICT, {"landlock": "off: no Landlock", "seccomp": "on, and no file can be opened", "probes": "on"}
    )


@pytest.mark.parametrize("layer", ["seccomp", "probes"])
def test_strict_isolation_refuses_and_names_what_is_missing(layer: str) -> None:
    with pytest.raises(IsolationError, match=f"{layer} off: because") as refused:
        require(Isolation.STRICT, LOCKED_IN | {layer: "off: because"})
    assert "--isolation best" in refused.value.hint


def test_practice_goes_on_without_protections() -> None:
    require(Isolation.BEST, {})
