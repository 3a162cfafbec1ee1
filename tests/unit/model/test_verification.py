"""What keeps an assignment from being sound."""

from dataclasses import replace

import pytest

from grader.model.assignment import Check, Group
from grader.model.result import Outcome
from grader.model.verification import (
    KnownMisconception,
    SubjectKind,
    Verdict,
    find_problems,
    prove_misconceptions,
)

A, B = "m.test_a", "m.test_b"
CHECKS = (Check(id=A, question="f", title="a"), Check(id=B, question="f", title="b"))
KNOWN = (
    KnownMisconception(id="f.one", question="f", summary="", caught_by=(A,)),
    KnownMisconception(id="f.two", question="f", summary="", caught_by=(B,)),
)
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


def verdict(kind: SubjectKind, subject: str, a: Outcome, b: Outcome, *, seed: int = 1, points: float = 0.0) -> Verdict:
    return Verdict(kind=kind, subject=subject, seed=seed, outcomes={A: a, B: b}, points={"f": points})


def sound() -> list[Verdict]:
    return [
        replace(one, seed=seed)
        for seed in (1, 2)
        for one in (
            verdict(SubjectKind.REFERENCE, "reference", PASSED, PASSED, points=100),
            verdict(SubjectKind.STUB, "stub", Outcome.NOT_ATTEMPTED, Outcome.NOT_ATTEMPTED),
            verdict(SubjectKind.TRIVIAL, "returns zeros", FAILED, FAILED),
            verdict(SubjectKind.ALTERNATIVE, "m_loops", PASSED, PASSED, points=100),
            replace(verdict(SubjectKind.MISCONCEPTION, "f.one", FAILED, PASSED, points=50), named="f.one"),
            replace(verdict(SubjectKind.MISCONCEPTION, "f.two", PASSED, FAILED, points=50), named="f.two"),
        )
    ]


def problems(verdicts: list[Verdict], checks: tuple[Check, ...] = CHECKS) -> tuple[str, ...]:
    return find_problems(checks, {"f": 100.0}, KNOWN, verdicts)


def changed(subject: str, seed: int, a: Outcome, b: Outcome, *, points: float = 0.0) -> list[Verdict]:
    return [
        replace(one, outcomes={A: a, B: b}, points={"f": points}) if (one.subject, one.seed) == (subject, seed) else one
        for one in sound()
    ]


def test_nothing_is_missing_where_all_is_proven() -> None:
    assert problems(sound()) == ()


@pytest.mark.parametrize(
    ("verdicts", "problem"),
    [
        (changed("reference", 2, FAILED, PASSED), "the reference does not pass m.test_a"),
        (changed("reference", 2, FAILED, PASSED), "reference gets different verdicts from m.test_a at different seeds"),
        (changed("m_loops", 1, PASSED, FAILED), "alternative m_loops does not pass m.test_b"),
        (changed("stub", 1, PASSED, Outcome.NOT_ATTEMPTED), "the stub is not reported as not attempted by m.test_a"),
        (changed("returns zeros", 2, PASSED, FAILED, points=3), "a function that returns zeros earns 3 points at f"),
        (changed("f.one", 2, PASSED, FAILED), "misconception f.one passes m.test_a, which is to catch it"),
        (changed("f.one", 2, FAILED, PASSED, points=100), "misconception f.one keeps full marks at f"),
    ],
)
def test_each_failure_is_a_problem(verdicts: list[Verdict], problem: str) -> None:
    assert any(found.startswith(problem) for found in problems(verdicts))


def test_a_misconception_that_is_taken_for_another_is_a_problem() -> None:
    verdicts = [replace(one, named="f.two") if one.subject == "f.one" else one for one in sound()]
    assert problems(verdicts) == ("misconception f.one is taken for f.two",)


def test_a_check_that_catches_nothing_is_a_problem_unless_it_only_advises() -> None:
    extra = Check(id="m.test_c", question="f", title="c", group=Group.EDGE)
    assert problems(sound(), (*CHECKS, extra)) == (
        "check m.test_c catches no misconception: it is redundant, or one is missing",
    )
    assert problems(sound(), (*CHECKS, replace(extra, group=Group.ADVICE))) == ()


def test_a_misconception_fails_the_checks_that_it_fails_at_every_seed() -> None:
    one, two = prove_misconceptions(KNOWN, changed("f.one", 2, FAILED, FAILED))
    assert (one.failed_checks, two.failed_checks) == ((A,), (B,))


def test_a_name_counts_when_it_is_given_at_every_seed() -> None:
    verdicts = [replace(one, named=None) if one.subject == "f.one" and one.seed == 2 else one for one in sound()]
    one, two = prove_misconceptions(KNOWN, verdicts)
    assert (one.named, two.named) == (False, True)


def test_where_numbers_are_drawn_a_name_must_not_depend_on_the_draws() -> None:
    verdicts = [
        replace(one, random=True, named_by_checks="f.two" if one.subject == "f.two" else None) for one in sound()
    ]
    one, two = prove_misconceptions(KNOWN, verdicts)
    assert (one.named_for_any_draws, two.named_for_any_draws) == (False, True)
    assert all(proven.named_for_any_draws for proven in prove_misconceptions(KNOWN, sound()))
