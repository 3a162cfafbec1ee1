"""Which known name was probably meant."""

from collections.abc import Sequence

from grader.course.look_alikes import skeleton


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that looks most like `name`, whatever its case and alphabet; None when none is near."""
    from difflib import get_close_matches  # only on the way to an error message

    by_skeleton = {skeleton(candidate): candidate for candidate in known}
    matches = get_close_matches(skeleton(name), list(by_skeleton), n=1)
    return by_skeleton[matches[0]] if matches else None
