"""Notebooks: the one that students get, their own with the feedback in it, and what an instructor's can become."""

from grader.notebooks.drafting import draft_of
from grader.notebooks.feedback import Feedback, with_feedback
from grader.notebooks.student import solution_notebook, stub_notebook

__all__ = ["Feedback", "draft_of", "solution_notebook", "stub_notebook", "with_feedback"]
