"""What a student gets of a reference: everything but its solution regions."""

import re

from grader.errors import AssignmentError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REPLACEMENT = ("# YOUR CODE HERE", "raise NotImplementedError")

_MENTION = re.compile(r"\b(BEGIN|END)[ _-]*SOLUTION", re.IGNORECASE)


def stub_of(reference_text: str, filename: str) -> str:
    """Return the reference with each region between `### BEGIN SOLUTION` and `### END SOLUTION` replaced.

    The replacement stands at the BEGIN line's indentation. Raises `AssignmentError`, with file and line, for nested,
    unclosed or unopened regions, and for a line that looks like a marker and is none: it would give a solution away.
    """
    kept: list[str] = []
    opened = 0
    for number, line in enumerate(reference_text.split("\n"), start=1):
        marker = _marker(line, f"{filename}, line {number}")
        if marker == BEGIN:
            if opened:
                raise AssignmentError(
                    f"{filename}, line {number}: a solution region opens inside the one of line {opened}",
                    hint=f"close the first with {END}",
                )
            opened = number
            indentation = line[: len(line) - len(line.lstrip())]
            kept += [indentation + text for text in REPLACEMENT]
        elif marker == END:
            if not opened:
                raise AssignmentError(
                    f"{filename}, line {number}: a solution region closes that was never opened",
                    hint=f"open it with {BEGIN}",
                )
            opened = 0
        elif not opened:
            kept.append(line)
    if opened:
        raise AssignmentError(
            f"{filename}, line {opened}: a solution region opens and never closes", hint=f"close it with {END}"
        )
    return "\n".join(kept)


def _marker(line: str, place: str) -> str | None:
    text = line.strip()
    if text in (BEGIN, END):
        return text
    if _MENTION.search(line):
        raise AssignmentError(
            f"{place}: {text!r} looks like a solution marker and is none",
            hint=f"write exactly {BEGIN} or {END}, alone on the line",
        )
    return None
