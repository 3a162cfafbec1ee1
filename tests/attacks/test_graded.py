"""Every attack of the catalogue, graded: nothing is gained, honest work keeps its points, nothing is left behind."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.model.result import Outcome
from grader.reports import Format, render
from grader.sandbox import Isolation, Limits
from grader.sandbox.fork import ForkSandbox
from tests.attacks.arena import ATTACKED, HONEST_POINTS, Arena, Attack, checks_of, points_of, untouched
from tests.attacks.catalogue import ATTACKS, TWO_FACED

PATIENT = Limits(memory_bytes=256 << 20, output_bytes=1 << 20, callbacks=1000)
IMPATIENT = Limits(memory_bytes=256 << 20, call_seconds=0.5, load_seconds=0.5)


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    return Arena(tmp_path_factory.mktemp("arena"))


@pytest.fixture(scope="module")
def patient() -> Iterator[ForkSandbox]:
    with ForkSandbox(PATIENT, Isolation.STRICT) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, patient: ForkSandbox) -> Iterator[ForkSandbox]:
    """Give the sandbox that the attack needs."""
    if not request.node.callspec.params["attack"].hangs:
        yield patient
        return
    with ForkSandbox(IMPATIENT, Isolation.STRICT) as sandbox:
        yield sandbox


def test_the_honest_base_earns_two_questions_of_three(arena: Arena, patient: ForkSandbox) -> None:
    graded = arena.grade("cheat = lambda dout, cache: give_up(dout)", patient)
    assert points_of(graded) == HONEST_POINTS


def test_who_can_do_it_gets_the_third(arena: Arena, patient: ForkSandbox) -> None:
    graded = arena.grade("cheat = lambda dout, cache: dout * cache", patient)
    assert sum(points_of(graded).values()) == 100


def test_a_forward_pass_with_two_faces_does_not_earn_its_gradient(tmp_path: Path, patient: ForkSandbox) -> None:
    graded = Arena(tmp_path, lends=False).grade(TWO_FACED, patient)
    outcomes = {check.id: check.outcome for check in checks_of(graded, ATTACKED)}
    assert outcomes["scale.test_numerical"] is Outcome.PASSED
    assert points_of(graded) == HONEST_POINTS


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{'+'.join(map(str, attack.rows))}: {attack.title}")
def test_an_attack_gains_nothing(attack: Attack, arena: Arena, sandbox: ForkSandbox) -> None:
    with untouched(arena, sandbox):
        graded = arena.grade(attack.payload, sandbox)
    assert graded.gradable, graded.errors
    points = points_of(graded)
    assert all(points[name] <= honest for name, honest in HONEST_POINTS.items())
    assert all(points[name] == honest for name, honest in HONEST_POINTS.items() if name not in attack.costs)
    attacked = checks_of(graded, ATTACKED)
    assert {check.outcome for check in attacked} <= attack.ends, [check.message for check in attacked]
    printed = "".join(check.stdout for check in attacked)
    assert "DONE" not in printed
    if attack.is_refused:
        tried = printed.split("\n")[:-1]
        assert tried
        assert set(tried) <= {"REFUSED 1", "REFUSED 13"}
    for report_format in Format:
        assert render(graded, report_format)


SHADOWS = (
    "json.py", "numpy/__init__.py", "numpy.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "solution.py",
    "pytest.py", "msgspec.py", "grader/__init__.py", "checks/conftest.py", "checks/test_scale.py", "test_scale.py",
)  # fmt: skip
"""Files that would be run if the submission's folder were a place to import from, or pytest's."""


def test_files_beside_the_modules_are_not_run_by_the_grader(arena: Arena, tmp_path: Path) -> None:
    mark = tmp_path / "somebody-ran-it"
    folder = tmp_path / "alice"
    shutil.copytree(arena.hand_in("cheat = lambda dout, cache: give_up(dout)"), folder)
    for name in SHADOWS:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"open({str(mark)!r}, 'a').write(__file__)\n", encoding="utf-8")
    (folder / "evil.pth").write_text(f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n", encoding="utf-8")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        # As the command `grade` starts, which does not look for modules in the current folder.
        [sys.executable, "-B", "-P", "-m", "grader", "small", ".", "--course", str(arena.course), "--format", "json"],
        capture_output=True, text=True, check=False, cwd=folder, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))},
    )  # fmt: skip
    assert not mark.exists()
    points = {question["id"]: question["points"] for question in json.loads(done.stdout)["questions"]}
    assert points["coin_mask"] <= HONEST_POINTS["coin_mask"]
    assert points["scale_backward"] == 0


def test_every_outcome_of_a_student_s_code_is_met_by_an_attack() -> None:
    met = {outcome for attack in ATTACKS if len(attack.ends) == 1 for outcome in attack.ends}
    assert met >= {Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.REJECTED}
