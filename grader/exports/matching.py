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
    candidates = {member.id: _rows_by_id(listed, member) for member in members}
    named = {member.id: _rows_by_name(listed, member, members) for member in members if not candidates[member.id]}
    rows = {student: found or named[student] for student, found in candidates.items()}
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
            doubtful[member.id] = "another student of the gradebook has the same row"
        elif _differ(listed[row].name, member.name):
            doubtful[member.id] = f"the row is that of {listed[row].name}, the gradebook says {member.name}"
        else:
            students[row] = member.id
    absent = tuple(student for student, found in rows.items() if not found)
    unknown = tuple(row for row in range(len(listed)) if row not in claims)
    return Matching(students=students, absent=absent, doubtful=doubtful, unknown=unknown)


def _rows_by_id(listed: Sequence[Listed], member: Member) -> set[int]:
    email = member.email.casefold()
    return {
        row
        for row, each in enumerate(listed)
        if member.id in each.ids
        or (each.email and each.email.casefold() in (email, member.id.casefold()))
        or (email and email in (own.casefold() for own in each.ids))
    }


def _rows_by_name(listed: Sequence[Listed], member: Member, members: Sequence[Member]) -> set[int]:
    words = _words(member.name)
    if not words or sum(_words(other.name) == words for other in members) > 1:
        return set()
    return {row for row, each in enumerate(listed) if _words(each.name) == words}


def _differ(one: str, other: str) -> bool:
    """Names are written in many ways, but those of one person have a word in common."""
    first, second = set(_words(one)), set(_words(other))
    return bool(first and second) and not first & second


def _words(name: str) -> tuple[str, ...]:
    """`Ünal, Alice` and `Alice ÜNAL` are the same words."""
    return tuple(sorted(_WORD.findall(unicodedata.normalize("NFKC", name).casefold())))
