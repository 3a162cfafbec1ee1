"""What students are given whole is told from what they write, or what needs it."""

from pathlib import Path
from types import ModuleType

import pytest

from grader.course.stubs import stub_of
from grader.harness.given import given_definitions
from grader.harness.trusted_modules import load_modules

REFERENCE = """
STEP = 1e-5
### BEGIN SOLUTION
SECRET = 42
### END SOLUTION


def asked():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


def plain(x):
    return x + STEP


def helped(x):
    return [plain(each) for each in x]


def calls_what_is_asked():
    return plain(asked())


def knows_the_secret():
    return SECRET


class Given:
    def go(self):
        return plain(1)


class Asked:
    def go(self):
        ### BEGIN SOLUTION
        return 2
        ### END SOLUTION


def makes_one():
    return Asked().go()
"""


@pytest.fixture
def modules(tmp_path: Path) -> tuple[ModuleType, ModuleType]:
    path = tmp_path / "m.py"
    stub = stub_of(REFERENCE, "m.py").replace("raise NotImplementedError", "pass", 1)
    reference, stubs = (load_modules({"m": path}, texts={"m": text}) for text in (REFERENCE, stub))
    return reference["m"], stubs["m"]


def test_given_is_what_stands_whole_in_the_stubs_and_uses_nothing_else(
    modules: tuple[ModuleType, ModuleType],
) -> None:
    reference, stub = modules
    assert given_definitions({"m": reference}, {"m": stub}) == {"m.plain", "m.helped", "m.Given"}
