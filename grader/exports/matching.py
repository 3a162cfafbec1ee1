"""Which row of a downloaded file is which student: rather nobody than somebody else."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.model.gradebook import Member

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a row says of its student."""

    ids: tuple[str, ...]
    """Everything that may be the id that the course uses."""
    name: str = ""
    email: str = ""

    @property
    def title(self) -> str:
        """What a person may find the row by."""
        return self.name or next(iter((*self.ids, self.email)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Who is where."""

    students: Mapping[int, str]
    """Ids by the place of the row."""
    absent: tuple[str, ...]
    """Ids of which there is no row."""
    doubtful: Mapping[str, str]
    """Why it cannot be told which row is whose, by id."""
    unknown: tuple[int, ...]
    """The places of the rows that are nobody's."""


def match_students(listed: Sequence[Listed], members: Sequence[Member]) -> Matching:
    """Match by id or email; where a student has neither in the file, by a name that is there once.

    A student whose id and name speak for different people, or who has several rows, is matched with none.
    """
    rows = _candidates(listed, members)
    claims = Counter(row for found in rows.values() for row in found)
    students: dict[int, str] = {}
    doubtful: dict[str, str] = {}
    for member in members:
        found = rows[member.id]
        if not found:
            continue
        row = min(found)
        if len(found) > 1:
            doubtful[member.id] = f"{len(found)} rows may be meant"
        elif claims[row] > 1:
            others = sorted(student for student, rivals in rows.items() if row in rivals and student != member.id)
            doubtful[member.id] = f"the row of {listed[row].title} may be that of {others[0]} too"
        elif _differ(listed[row].name, member.name):
            doubtful[member.id] = f"the row is that of {listed[row].title}, the gradebook says {member.name}"
        else:
            students[row] = member.id
    absent = tuple(student for student, found in rows.items() if not found)
    unknown = tuple(row for row in range(len(listed)) if row not in claims)
    return Matching(students=students, absent=absent, doubtful=doubtful, unknown=unknown)


def _candidates(listed: Sequence[Listed], members: Sequence[Member]) -> dict[str, set[int]]:
    """Return the rows that may be each student's."""
    by_id: dict[str, set[int]] = {}
    by_email: dict[str, set[int]] = {}
    by_name: dict[tuple[str, ...], set[int]] = {}
    for row, each in enumerate(listed):
        for own in each.ids:
            by_id.setdefault(own, set()).add(row)
        for own in filter(None, (*each.ids, each.email)):
            by_email.setdefault(own.casefold(), set()).add(row)
        by_name.setdefault(_words(each.name), set()).add(row)
    namesakes = Counter(_words(member.name) for member in members)
    rows = {}
    for member in members:
        emails = [text.casefold() for text in (member.email, member.id) if "@" in text]
        found = by_id.get(member.id, set()).union(*(by_email.get(email, set()) for email in emails))
        words = _words(member.name)
        rows[member.id] = found or (by_name.get(words, set()) if words and namesakes[words] == 1 else set())
    return rows


def _differ(one: str, other: str) -> bool:
    """Names are written in many ways, but those of one person have a word in common."""
    first, second = set(_words(one)), set(_words(other))
    return bool(first and second) and not first & second


def _words(name: str) -> tuple[str, ...]:
    """`Ünal, Alice` and `Alice ÜNAL` are the same words."""
    return tuple(sorted(_WORD.findall(unicodedata.normalize("NFKC", name).casefold())))
