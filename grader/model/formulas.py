"""What a spreadsheet would calculate, and how a cell is kept from it: OWASP, "CSV Injection"."""

import re

from grader.model.escaping import one_line

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - the wide signs of East Asian keyboards
"""What a formula begins with."""

_IN_CELL = re.compile(rf"(?:^|;)[\s\"']*(?=[{''.join(map(re.escape, SIGNS))}])")


def without_formula(text: str) -> str:
    """Return `text` on one line, so that no spreadsheet calculates it: an apostrophe stands before a formula's sign.

    A spreadsheet whose separator is the semicolon begins a cell after each one, in the middle of a quoted text too.
    """
    return _IN_CELL.sub(lambda match: match[0] + "'", one_line(text))


def original(cell: str) -> str:
    """Return what a cell said before `without_formula` protected its beginning."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip("\"' ").startswith(SIGNS) else cell
