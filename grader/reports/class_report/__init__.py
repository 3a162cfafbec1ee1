"""A class as a static site: the overview, every student's page, and the feedback to hand out."""

from grader.model.page_names import page_names
from grader.reports.class_report.anonymity import NameScrubber, without_names
from grader.reports.class_report.html import render_class, render_feedback, render_index, render_student
from grader.reports.class_report.view import ClassView, StudentRow, class_view

__all__ = [
    "ClassView",
    "NameScrubber",
    "StudentRow",
    "class_view",
    "page_names",
    "render_class",
    "render_feedback",
    "render_index",
    "render_student",
    "without_names",
]
