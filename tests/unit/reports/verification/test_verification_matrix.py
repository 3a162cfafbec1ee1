"""Which check catches which misconception."""

from grader.reports.verification.matrix import Mark, count, question_proofs
from tests.fakes.proofs import sound, unsound


def test_a_mark_says_whether_a_failure_was_declared() -> None:
    forward, _ = question_proofs(sound())
    marks = {row.name: row.marks for row in forward.misconceptions}
    assert marks == {
        "adds": (Mark.CATCHES, Mark.FAILS),
        "squares": (Mark.CATCHES, Mark.PASSES),
        "never_zero": (Mark.PASSES, Mark.CATCHES),
    }


def test_a_check_that_passes_what_it_is_to_catch_is_marked() -> None:
    assert question_proofs(unsound())[0].misconceptions[0].marks == (Mark.MISSES, Mark.FAILS)


def test_a_check_knows_what_only_it_catches() -> None:
    values, zero = question_proofs(sound())[0].checks
    assert (values.caught, values.alone) == (("forward.adds", "forward.squares"), ("forward.squares",))
    assert (zero.number, zero.alone) == (2, ("forward.never_zero",))


def test_a_question_without_misconceptions_has_an_empty_matrix() -> None:
    assert question_proofs(unsound())[-1].misconceptions == ()


def test_the_counts_tell_naming_by_outputs_from_naming_by_failed_checks() -> None:
    counts = count(sound())
    assert (counts.misconceptions, counts.caught, counts.named, counts.named_by_checks) == (5, 5, 4, 1)
    assert (counts.random, counts.random_named_by_checks) == (2, 0)
    assert count(unsound()).caught == 4
