"""Look for submissions of a class that have much in common."""

from collections.abc import Sequence

from grader.course.similarity import given_texts, similar_pairs
from grader.gradebook import Gradebook, keep_sources, marks_of, replace_similar, similar_at, sources_of
from grader.model.assignment import Assignment
from grader.model.found import FoundSubmission
from grader.model.gradebook import Attempt, Run


def note_similar(
    gradebook: Gradebook, run: Run, assignment: Assignment, found: Sequence[FoundSubmission], *, anew: bool
) -> int:
    """Keep what was handed in, note which attempts that count have much in common, and return how many pairs do.

    Unless `anew` is set, nothing is compared when everything was kept before.
    """
    handed_in = [
        (student.id, each.submission) for each in found if each.submission is not None for student in each.students
    ]
    if not keep_sources(gradebook, run, handed_in) and not anew:
        return len(similar_at(gradebook, assignment.id))
    counted = _one_of_each_group([mark.attempt for mark in marks_of(gradebook, assignment.id) if mark.attempt])
    texts = sources_of(gradebook, counted)
    of_students = {attempt.student: texts[attempt.id] for attempt in counted if attempt.id in texts}
    pairs = similar_pairs(of_students, given_texts(assignment))
    replace_similar(gradebook, assignment.id, pairs)
    return len(pairs)


def _one_of_each_group(attempts: Sequence[Attempt]) -> list[Attempt]:
    """A group hands in one thing under one name; two who hand in the same text under two names are no group."""
    return list({(attempt.submission, attempt.digest): attempt for attempt in reversed(attempts)}.values())
