"""A result as Gradescope's `results.json`.

Fields: gradescope/autograder_samples, docs/specs.md.
"""

from typing import Any

from grader.exports.apportioning import Share, shares
from grader.exports.check_text import TITLE_CHARACTERS, ToldCheck, told_checks
from grader.exports.strict_json import as_json
from grader.model import wording
from grader.model.escaping import clip, excerpt
from grader.model.result import GradedSubmission, Outcome
from grader.model.summary import summarize

_UNITS_PER_POINT = 10_000


def render_gradescope(graded: GradedSubmission, *, points: float | None = None, note: str = "") -> str:
    """Return `graded` as `results.json`.

    Give it the whole result: Gradescope itself withholds each test by its visibility, and shows the instructors all.
    `points` is what counts, where that is not what the checks gave (lateness); `note` says why, to the student.
    Without a grading there is no score, so that Gradescope has nothing to take for a zero.
    """
    top: dict[str, Any] = {
        "execution_time": round(graded.seconds, 3),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        # The log of the grader itself is for instructors.
        "stdout_visibility": "hidden",
    }
    if not graded.gradable:
        errors = [clip(error, lines=12, characters=2000) for error in graded.errors]
        output = "\n\n".join([wording.OUR_FAULT, *errors, wording.OUR_FAULT_NEXT])
        return as_json({"output": output, **top, "tests": []})
    score = graded.points if points is None else points
    earned = {question.id: shares(question, _UNITS_PER_POINT) for question in graded.questions}
    tests = [_test(number, told, earned[told.question.id][told.check.id]) for number, told in told_checks(graded)]
    return as_json({"score": round(score, 6), "output": _output(graded, note), **top, "tests": tests})


def _output(graded: GradedSubmission, note: str) -> str:
    """Say how it went without a word about checks that are withheld."""
    summary = summarize(graded)
    notes = [
        f"{excerpt(each.id, characters=TITLE_CHARACTERS)}: {excerpt(each.note, characters=500)}"
        for each in graded.questions
        if each.note
    ]
    protections = [excerpt(wording.protection(*each), characters=500) for each in summary.missing_protections]
    return "\n".join(filter(None, [wording.scope(graded), clip(note, lines=6, characters=1000), *notes, *protections]))


def _test(number: str, told: ToldCheck, share: Share) -> dict[str, Any]:
    printed = f"{wording.PRINTED}:\n{told.printed}" if told.printed else ""
    test: dict[str, Any] = {
        "name": f"{excerpt(told.question.id, characters=TITLE_CHARACTERS)}: {told.title}",
        "number": number,
        "output": "\n".join(filter(None, [told.text, printed])),
        "visibility": told.check.visibility.value,
        "tags": [excerpt(told.question.module, characters=TITLE_CHARACTERS), told.check.group.value],
        "extra_data": {"check": excerpt(told.check.id, characters=TITLE_CHARACTERS), "outcome": told.check.outcome},
    }
    if told.is_advice:
        return test  # without a score it is information
    return {
        **test,
        "score": share.earned / _UNITS_PER_POINT,
        "max_score": share.most / _UNITS_PER_POINT,
        "status": "passed" if told.check.outcome is Outcome.PASSED else "failed",
    }
