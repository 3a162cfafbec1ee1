"""When two failures of random functions say the same."""

import pytest

from grader.harness.attempt import Attempt
from grader.harness.diagnosis import say_the_same
from grader.harness.wording import Explanation
from grader.model.result import Outcome


def failures(*messages: str) -> list[Attempt]:
    return [Attempt(explanation=Explanation(outcome=Outcome.FAILED, message=message)) for message in messages]


def test_a_rate_that_varies_with_the_draws_says_the_same() -> None:
    ours = failures("kept 19.8 % of the units; expected 80 % (allowed 78.9 to 81.1)")
    assert say_the_same(ours, failures("kept 20.3 % of the units; expected 80 % (allowed 78.9 to 81.1)"))


@pytest.mark.parametrize(
    "other",
    [
        "kept 30.1 % of the units; expected 80 % (allowed 78.9 to 81.1)",
        "dropped 19.8 % of the units; expected 80 % (allowed 78.9 to 81.1)",
        "",
    ],
)
def test_another_rate_or_other_words_do_not(other: str) -> None:
    assert not say_the_same(failures("kept 19.8 % of the units; expected 80 %"), failures(other))


def test_one_number_of_ten_may_differ_such_as_the_place_of_a_first_entry() -> None:
    said = "out[{}] is 1.25; expected 2.5; 10 of 20 differ; 1 1 1 1 1 1"
    assert say_the_same(failures(said.format(3)), failures(said.format(17)))


def test_every_failed_check_must_say_the_same() -> None:
    assert not say_the_same(failures("a 1", "b 1"), failures("a 1", "b 2"))
