"""Which check catches which misconception, question by question, and the numbers that sum it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from grader.model.assignment import Check, Question
from grader.model.verification import ProvenMisconception, Verification


class Mark(StrEnum):
    """What one check says of one misconception."""

    CATCHES = "catches"
    """It fails, at every seed, and is named as the one to fail."""
    FAILS = "fails"
    """It fails, at every seed, without being named."""
    MISSES = "misses"
    """It is to fail and does not, at one seed at least."""
    PASSES = "passes"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProof:
    """A check, and what it is good for."""

    check: Check
    number: int
    """Its column in the matrix of its question, from 1."""
    seconds: float
    caught: tuple[str, ...]
    """Ids of the misconceptions that it fails at every seed."""
    alone: tuple[str, ...]
    """Those of them that no other check fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisconceptionProof:
    """A misconception, and what each check of its question says of it."""

    proven: ProvenMisconception
    marks: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """Its name without the question's."""
        return self.proven.misconception.id.partition(".")[2] or self.proven.misconception.id


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionProof:
    """The matrix of one question: misconceptions by checks."""

    question: Question
    checks: tuple[CheckProof, ...]
    misconceptions: tuple[MisconceptionProof, ...]

    @property
    def named(self) -> int:
        """How many misconceptions the diagnosis names."""
        return sum(row.proven.named for row in self.misconceptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The proof in numbers."""

    misconceptions: int
    caught: int
    """By every check that is to catch them, at every seed."""
    named: int
    """By the diagnosis, at every seed."""
    named_by_checks: int
    """Their set of failed checks alone would name them."""
    random: int
    """Those that are given a generator."""
    random_named_by_checks: int
    """Those of them that are named however the numbers are drawn."""


def question_proofs(verification: Verification) -> tuple[QuestionProof, ...]:
    """Return the matrix of every question, in the order of the assignment."""
    return tuple(_question_proof(verification, question) for question in verification.questions)


def count(verification: Verification) -> Counts:
    """Return the proof in numbers."""
    proven = verification.misconceptions
    random = [each for each in proven if each.random]
    return Counts(
        misconceptions=len(proven),
        caught=sum(set(each.misconception.caught_by) <= set(each.failed_checks) for each in proven),
        named=sum(each.named for each in proven),
        named_by_checks=sum(each.named_by_checks for each in proven),
        random=len(random),
        random_named_by_checks=sum(each.named_by_checks for each in random),
    )


def _question_proof(verification: Verification, question: Question) -> QuestionProof:
    checks = [check for check in verification.checks if check.question == question.id]
    proven = [each for each in verification.misconceptions if each.misconception.question == question.id]
    return QuestionProof(
        question=question,
        checks=tuple(
            _check_proof(check, number, proven, verification.check_seconds[check.id])
            for number, check in enumerate(checks, start=1)
        ),
        misconceptions=tuple(
            MisconceptionProof(proven=each, marks=tuple(_mark(each, check) for check in checks)) for each in proven
        ),
    )


def _check_proof(check: Check, number: int, proven: Sequence[ProvenMisconception], seconds: float) -> CheckProof:
    caught = [each for each in proven if check.id in each.failed_checks]
    return CheckProof(
        check=check,
        number=number,
        seconds=seconds,
        caught=tuple(each.misconception.id for each in caught),
        alone=tuple(each.misconception.id for each in caught if each.failed_checks == (check.id,)),
    )


def _mark(proven: ProvenMisconception, check: Check) -> Mark:
    declared, failed = check.id in proven.misconception.caught_by, check.id in proven.failed_checks
    if declared:
        return Mark.CATCHES if failed else Mark.MISSES
    return Mark.FAILS if failed else Mark.PASSES
