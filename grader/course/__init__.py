"""Finding and reading assignments and submissions: nothing of a student's is compiled or run here."""

from grader.course.course import Course, find_course, find_question, open_course
from grader.course.stubs import stub_of
from grader.course.submission import read_submission

__all__ = ["Course", "find_course", "find_question", "open_course", "read_submission", "stub_of"]
