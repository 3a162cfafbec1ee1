"""What a student gets of a reference: everything but its solution regions."""

import re

from grader.course.regions import Region, cut_regions

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REPLACEMENT = ("# YOUR CODE HERE", "raise NotImplementedError")

_SOLUTION = Region(
    name="solution", begin=BEGIN, end=END, mention=re.compile(r"\b(BEGIN|END)[ _-]*SOLUTION", re.IGNORECASE)
)


def stub_of(reference_text: str, filename: str) -> str:
    """Return the reference with each region between `### BEGIN SOLUTION` and `### END SOLUTION` replaced.

    Raises `AssignmentError`, with file and line, for damaged regions, and for a line that looks like a marker and is
    none: it would give a solution away.
    """
    return cut_regions(reference_text, filename, _SOLUTION, replacement=REPLACEMENT)
