"""The trusted side of a check: collecting and running the checks, explaining failures, counting points."""

from grader.harness.catalogue import ReferenceSolution, load_misconceptions, load_reference
from grader.harness.grading import grade_run
from grader.harness.recording.solution import open_solution
from grader.harness.run import CheckRun

__all__ = ["CheckRun", "ReferenceSolution", "grade_run", "load_misconceptions", "load_reference", "open_solution"]
