"""Names of assignments and questions: in which order they come, and which one was probably meant."""

import re
from collections.abc import Sequence

from grader.course.look_alikes import skeleton


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that looks most like `name`, whatever its case and alphabet; None when none is near."""
    from difflib import get_close_matches  # only on the way to an error message

    by_skeleton = {skeleton(candidate): candidate for candidate in known}
    matches = get_close_matches(skeleton(name), list(by_skeleton), n=1)
    return by_skeleton[matches[0]] if matches else None


def by_number(name: str) -> tuple[list[tuple[str, int]], str]:
    """Return the key that sorts `assignment2` before `assignment10`."""
    parts = re.findall(r"(\D*)(\d*)", name, re.ASCII)
    return [(text, int(number or 0)) for text, number in parts], name
