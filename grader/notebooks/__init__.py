"""Notebooks: the one that students get, and their own with the feedback in it."""

from grader.notebooks.student import solution_notebook, stub_notebook

__all__ = ["solution_notebook", "stub_notebook"]
