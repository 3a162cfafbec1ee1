"""What the files and pages of each student are called."""

import hashlib
import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""Names that Windows gives to devices."""


def page_names(students: Iterable[str]) -> Mapping[str, str]:
    """Return a file's name without its ending for each student's id: the same whoever else is in the class.

    A name that every file system takes as it is stays; any other is made plain, and told from its like by a digest.
    """
    return {student: student if _is_plain(student) else _made_plain(student) for student in students}


def _is_plain(student: str) -> bool:
    refused = _RESERVED.fullmatch(student) or "--" in student or student.endswith(".")
    return bool(_PLAIN.fullmatch(student)) and not refused


def _made_plain(student: str) -> str:
    """Two hyphens stand in no plain name, so that nobody can be called like another one's page."""
    words = _NOT_PLAIN.sub("-", student.lower()).strip("-")[:40] or "student"
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{words}--{digest[:20]}"
