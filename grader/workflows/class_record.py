"""Read from the gradebook what is known of a class and one assignment."""

from grader.gradebook import (
    Gradebook,
    adjustments_to,
    attempts_at,
    hints_of,
    last_regrade,
    list_members,
    marks_of,
    results_of,
    similar_at,
)
from grader.model.class_record import ClassRecord, GradedAttempt, StudentRecord
from grader.model.gradebook import GradedAssignment


def read_class(gradebook: Gradebook, assignment: GradedAssignment) -> ClassRecord:
    """Return all that is known of the class and an assignment, but for the details of results."""
    members = {member.id: member for member in list_members(gradebook)}
    attempts = attempts_at(gradebook, assignment.id)
    given = adjustments_to(gradebook, assignment.id)
    results = results_of(gradebook, [each for of_student in attempts.values() for each in of_student], details=False)
    return ClassRecord(
        assignment=assignment,
        students=tuple(
            StudentRecord(
                member=members[mark.student],
                mark=mark,
                attempts=tuple(
                    GradedAttempt(attempt=each, graded=results.get(each.id)) for each in attempts.get(mark.student, ())
                ),
                adjustments=given.get(mark.student, ()),
            )
            for mark in marks_of(gradebook, assignment.id)
        ),
        hints=dict(hints_of(gradebook, assignment.id)),
        regrade=last_regrade(gradebook, assignment.id),
        similar=similar_at(gradebook, assignment.id),
    )
