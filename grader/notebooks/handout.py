"""Which part of a handout belongs to which question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NAME = re.compile(r"`([^\W\d]\w*)")
"""A name at the beginning of a code span, as in ``### 2. `l2_penalty(parameters, lambd, m)` ``."""


@dataclass(slots=True, kw_only=True)
class Handout:
    """The sections of a handout, each with its heading."""

    before: list[str] = field(default_factory=list)
    """Up to the first section about a question."""
    of_question: dict[str, str] = field(default_factory=dict)
    """By question; a section about several is the first one's."""
    after: list[str] = field(default_factory=list)


def split_handout(text: str, questions: Sequence[str]) -> Handout:
    """Split Markdown at its headings, and find the sections whose heading names a question in a code span."""
    handout = Handout()
    for section in _sections(text.replace("\r\n", "\n")):
        named = [name for name in _NAME.findall(section.partition("\n")[0]) if name in questions]
        if section.startswith("#") and named and named[0] not in handout.of_question:
            handout.of_question[named[0]] = section
        elif handout.of_question:
            handout.after.append(section)
        else:
            handout.before.append(section)
    return handout


def _sections(text: str) -> list[str]:
    """Return the text cut before each heading that stands outside a code block."""
    sections: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        if found := _FENCE.match(line):
            mark = found[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        if not fence and _HEADING.match(line):
            sections.append([])
        sections[-1].append(line)
    return [section for lines in sections if (section := "\n".join(lines).strip())]
