"""Every attack of the catalogue, graded: nothing is gained, honest work keeps its points, nothing is left behind."""

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


def test_every_outcome_of_a_student_s_code_is_met_by_an_attack() -> None:
    met = {outcome for attack in ATTACKS if len(attack.ends) == 1 for outcome in attack.ends}
    assert met >= {Outcome.FAILED, Outcome.ERRORED, Outcome.TIMED_OUT, Outcome.CRASHED, Outcome.REJECTED}
