"""Which lines of a file students do not get: those between two markers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.errors import AssignmentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A kind of region: its markers stand alone on their lines."""

    name: str
    """E.g. `solution`."""
    begin: str
    end: str
    mention: re.Pattern[str]
    """What else looks like one of the markers: taken for text, it would give the region away."""


def cut_regions(text: str, filename: str, region: Region, *, replacement: Sequence[str] = ()) -> str:
    """Return a text without its regions of one kind; the replacement stands at the opening line's indentation.

    Raises `AssignmentError`, with file and line, for nested, unclosed or unopened regions, and for a line that looks
    like a marker and is none.
    """
    kept: list[str] = []
    opened = 0
    for number, line in enumerate(text.split("\n"), start=1):
        marker = _marker(line, region, f"{filename}, line {number}")
        if marker == region.begin:
            if opened:
                raise AssignmentError(
                    f"{filename}, line {number}: a {region.name} region opens inside the one of line {opened}",
                    hint=f"close the first with {region.end}",
                )
            opened = number
            indentation = line[: len(line) - len(line.lstrip())]
            kept += [indentation + text for text in replacement]
        elif marker == region.end:
            if not opened:
                raise AssignmentError(
                    f"{filename}, line {number}: a {region.name} region closes that was never opened",
                    hint=f"open it with {region.begin}",
                )
            opened = 0
        elif not opened:
            kept.append(line)
    if opened:
        raise AssignmentError(
            f"{filename}, line {opened}: a {region.name} region opens and never closes",
            hint=f"close it with {region.end}",
        )
    return "\n".join(kept)


def _marker(line: str, region: Region, place: str) -> str | None:
    text = line.strip()
    if text in (region.begin, region.end):
        return text
    if region.mention.search(line):
        raise AssignmentError(
            f"{place}: {text!r} looks like a {region.name} marker and is none",
            hint=f"write exactly {region.begin} or {region.end}, alone on the line",
        )
    return None
