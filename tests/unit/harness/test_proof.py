"""What `grade verify` finds out at one seed, on the small course."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import open_course
from grader.harness.proof import gather, prove_seed
from grader.model.verification import SubjectKind, Verdict, find_problems

Prove = Callable[[], tuple[list[Verdict], tuple[str, ...]]]


@pytest.fixture
def prove(course: Path) -> Prove:
    """Prove the small assignment at a few seeds; return the verdicts and the problems."""

    def proven() -> tuple[list[Verdict], tuple[str, ...]]:
        assignment = open_course(course).assignment("small")
        material = gather(assignment)
        verdicts = [verdict for seed in SEEDS for verdict in prove_seed(material, seed)[0]]
        most = {question.id: question.points for question in assignment.questions}
        checks = [graded.check for graded in material.checks]
        return verdicts, find_problems(checks, most, material.known(), verdicts)

    return proven


def alternative(course: Path, name: str, text: str) -> None:
    folder = course / "solutions/small/alternatives"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(text)


SEEDS = range(1, 6)
GOOD_COINS = "def coin_mask(shape, rng):\n    return rng.integers(2, size=shape).astype(float)\n"


def test_a_sound_assignment_has_no_problem_but_the_unproven_check(prove: Prove, course: Path) -> None:
    alternative(course, "coins_integers", GOOD_COINS)
    verdicts, problems = prove()
    assert problems == ("check scale.test_zero catches no misconception: it is redundant, or one is missing",)
    assert {verdict.kind for verdict in verdicts} == set(SubjectKind)
    assert all(verdict.named == verdict.subject for verdict in verdicts if verdict.kind is SubjectKind.MISCONCEPTION)


def test_an_alternative_that_loses_points_is_a_problem(prove: Prove, course: Path) -> None:
    alternative(course, "coins_integers", GOOD_COINS.replace("(2, size", "(3, size"))
    assert "alternative coins_integers does not pass coins.test_rate" in prove()[1]


def test_a_course_without_alternatives_is_told_so(prove: Prove) -> None:
    assert "there is no alternative solution" in prove()[1]


def test_a_deleted_check_is_missed_by_its_misconception(prove: Prove, course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace('@check("coin_mask")\ndef test_rate', "def _test_rate"))
    problems = prove()[1]
    assert "misconception coin_mask.unfair is to be caught by test_rate, which is no check of its question" in problems
    assert "misconception coin_mask.unfair keeps full marks at coin_mask" in problems


def test_a_check_that_cannot_fail_is_a_problem(prove: Prove, course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace("< 0.02", "< 2"))
    assert "misconception coin_mask.unfair passes coins.test_rate, which is to catch it" in prove()[1]


def test_a_check_that_one_seed_passes_and_another_fails_is_a_problem(prove: Prove, course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace("(200, 200), rng).mean()", "(1, 2), rng).mean()").replace("0.02", "0.3"))
    assert any("different verdicts from coins.test_rate" in problem for problem in prove()[1])


def test_points_for_a_function_that_does_nothing_are_a_problem(prove: Prove, course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(
        path.read_text()
        .replace(
            'assert abs(share - 0.5) < 0.02, f"{share:.2f} of the entries are ones"', "student.coin_mask((3,), rng)"
        )
        .replace("(first != second).any()", "first is not second")
    )
    problems = prove()[1]
    assert any(problem.startswith("misconception coin_mask.unfair passes") for problem in problems)


SLOW = """

@check("coin_mask", slow=True)
def test_slow(student, rng):
    \"\"\"Ones and zeros\"\"\"
    assert set(np.unique(student.coin_mask((9, 9), rng))) == {0, 1}
"""


def test_slow_checks_meet_the_reference_at_every_seed_and_others_at_the_assignments_own(
    course: Path,
) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text() + SLOW)
    material = gather(open_course(course).assignment("small"))
    met = {
        (verdict.kind, seed)
        for seed in (material.assignment.seed, material.assignment.seed + 1)
        for verdict in prove_seed(material, seed)[0]
        if "coins.test_slow" in verdict.outcomes
    }
    first, second = material.assignment.seed, material.assignment.seed + 1
    assert met == {
        (SubjectKind.REFERENCE, first),
        (SubjectKind.REFERENCE, second),
        (SubjectKind.STUB, first),
        (SubjectKind.TRIVIAL, first),
    }


def test_a_mistake_that_only_a_slow_check_catches_is_proven_at_the_first_seed(course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text() + SLOW)
    path = course / "solutions/small/misconceptions/coins.py"
    path.write_text(
        path.read_text()
        + """

@misconception("coin_mask.doubled", hint="How large is a one?", caught_by=("test_slow",))
def doubled(shape, rng):
    \"\"\"Zeros and numbers near one.\"\"\"
    return (rng.random(shape) < 0.5) * 1.001
"""
    )
    material = gather(open_course(course).assignment("small"))
    seeds = range(material.assignment.seed, material.assignment.seed + 3)
    verdicts = [verdict for seed in seeds for verdict in prove_seed(material, seed)[0]]
    assert [verdict.seed for verdict in verdicts if verdict.subject == "coin_mask.doubled"] == [seeds[0]]
    most = {question.id: question.points for question in material.assignment.questions}
    problems = find_problems([graded.check for graded in material.checks], most, material.known(), verdicts)
    assert not any("doubled" in problem for problem in problems)
