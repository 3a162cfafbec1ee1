"""Marks beside the lines of a repository, as GitHub's runner reads them."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.model.assignment import Visibility
from grader.model.audience import for_student
from grader.model.result import GradedSubmission, Outcome
from grader.reports.annotations import SHOWN, Annotation, annotations, fenced
from tests.fakes import graded as fakes

PATHS = {"layer.py": PurePosixPath("homework/layer.py")}
COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^\n]*?)::(?P<message>[^\n\r]*)")


def _graded(*outcomes: Outcome, message: str = "the mean is 3; expected 2") -> GradedSubmission:
    checks = [
        fakes.check(
            f"layer.test_{i}", f"Rule {i}.", outcome, message="" if outcome is Outcome.PASSED else f"{message} ({i})"
        )
        for i, outcome in enumerate(outcomes)
    ]
    return fakes.graded([fakes.question("layer_forward", "layer", "A layer", checks)])


def _annotated(graded: GradedSubmission) -> tuple[Annotation, ...]:
    return annotations(graded, paths=PATHS, lines={"layer_forward": 12})


def test_what_differs_is_a_warning_at_its_function_and_the_points_come_last() -> None:
    mark, total = _annotated(_graded(Outcome.PASSED, Outcome.FAILED))
    assert str(mark) == (
        "::warning file=homework/layer.py,line=12,title=layer_forward%3A Rule 1::the mean is 3; expected 2 (1)"
    )
    assert str(total).startswith("::notice title=")
    assert "2 of 4 points" in str(total)


def test_what_stopped_a_function_comes_first_and_is_an_error() -> None:
    marks = _annotated(_graded(Outcome.FAILED, Outcome.TIMED_OUT))
    assert [mark.level for mark in marks] == ["error", "warning", "notice"]


def test_of_too_many_the_last_one_counts_the_rest() -> None:
    marks = _annotated(_graded(*[Outcome.FAILED] * 14))
    warnings = [mark for mark in marks if mark.level == "warning"]
    assert len(warnings) == SHOWN
    assert warnings[-1].message == "5 more are in the job's summary."


def test_a_file_that_is_not_in_the_repository_has_no_place() -> None:
    mark, _ = annotations(_graded(Outcome.FAILED), paths={}, lines={})
    assert "file=" not in str(mark)
    assert "line=" not in str(mark)


def test_a_hidden_check_shows_nothing_but_that_it_counts() -> None:
    graded = _graded(Outcome.FAILED, message="the secret input was 7")
    question = graded.questions[0]
    hidden = replace(question.checks[0], visibility=Visibility.HIDDEN, id="layer.test_secret", title="Seven.")
    graded = replace(graded, questions=(replace(question, checks=(hidden,)),))
    text = "\n".join(map(str, _annotated(for_student(graded))))
    assert not re.search("secret|[Ss]even", text)


def test_an_ungraded_result_is_one_error_with_the_reason() -> None:
    graded = replace(_graded(), gradable=False, errors=("the disk is full",), questions=())
    (mark,) = _annotated(graded)
    assert mark.level == "error"
    assert "the disk is full" in mark.message


@pytest.mark.parametrize(
    "text", [fakes.HOSTILE, "100%\r\n::error::forged", "%0A::set-output name=x::y", "a\n\n::add-mask::e"]
)
def test_hostile_text_stays_within_its_command(text: str) -> None:
    graded = replace(_graded(Outcome.FAILED, message=text), title=text)
    for mark in _annotated(graded):
        match = COMMAND.fullmatch(str(mark))
        assert match, str(mark)
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", str(mark))


def test_a_title_cannot_add_a_property() -> None:
    mark = Annotation(level="error", title="a,file=/etc/passwd::b", message="c")
    assert str(mark) == "::error title=a%2Cfile=/etc/passwd%3A%3Ab::c"


def test_printed_text_stands_between_two_lines_that_nobody_can_guess() -> None:
    assert fenced("::error::forged\n", "t0k3n") == "::stop-commands::t0k3n\n::error::forged\n::t0k3n::\n"
