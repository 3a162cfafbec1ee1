"""What a format without a layout of its own says of a check."""

from typing import Any

from grader.exports.check_text import ToldCheck, told_checks
from grader.model.result import Frame, Outcome, Traceback
from tests.fakes.graded import EXAMPLES, HOSTILE, check, graded, question


def told(**fields: Any) -> ToldCheck:
    one = check("m.test_a", "One thing.", **{"outcome": Outcome.FAILED, **fields})
    ((_, found),) = told_checks(graded([question("f", "m", "F", [one], reading=("A paper",))]))
    return found


def test_a_failure_says_what_was_called_what_came_one_hint_and_where_to_read() -> None:
    found = told(call="f(x=1)", message="it is 2\nexpected 3", hint="Add one.")
    assert found.text == "called: f(x=1)\ncame:\nit is 2\nexpected 3\nhint: Add one.\nread: A paper"
    assert found.came == "it is 2\\nexpected 3"


def test_an_exception_shows_the_students_own_line() -> None:
    frame = Frame(filename="m.py", line=3, function="f", code="return x.shpe")
    found = told(outcome=Outcome.ERRORED, traceback=Traceback(error="AttributeError: shpe", frames=(frame,)))
    assert "came: AttributeError: shpe\nwhere:\nm.py, line 3, in f\n→    3 │ return x.shpe" in found.text


def test_a_passed_check_says_nothing() -> None:
    found = told(outcome=Outcome.PASSED, call="f(x=1)", points=2.0)
    assert (found.text, found.came) == ("", "")


def test_a_failure_without_words_says_how_it_ended() -> None:
    assert told(outcome=Outcome.TIMED_OUT).came == "no answer in time"


def test_checks_are_numbered_by_question() -> None:
    for build in EXAMPLES.values():
        result = build()
        numbers = [number for number, _ in told_checks(result)]
        sizes = [len(each.checks) for each in result.questions]
        assert numbers == [f"{i}.{k}" for i, size in enumerate(sizes, 1) for k in range(1, size + 1)]


def test_hostile_text_is_visible_and_bounded() -> None:
    found = told(call=HOSTILE * 1000, message=HOSTILE * 1000, stdout=HOSTILE * 1000)
    assert len(found.text) + len(found.printed) + len(found.came) < 8_000
    assert all(line.isprintable() for line in (found.text + found.printed + found.came).split("\n"))
