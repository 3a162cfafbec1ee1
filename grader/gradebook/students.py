"""Who is in the class."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select, update

from grader.gradebook.database import Gradebook
from grader.gradebook.schema import students
from grader.model.gradebook import Member

_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
"""Without vowels, which make words, and without l, 0 and 1, which look like others."""


def list_members(gradebook: Gradebook) -> tuple[Member, ...]:
    """Return everyone who is on the roster or has handed something in, by id."""
    with gradebook.reading() as connection:
        rows = connection.execute(select(students).order_by(students.c.key)).all()
    return tuple(
        Member(id=row.key, name=row.name, email=row.email, section=row.section, on_roster=row.on_roster) for row in rows
    )


def meet(gradebook: Gradebook, members: Iterable[Member]) -> None:
    """Add those who are new; of the others, fill in what is not known yet. The roster stays as it is."""
    with gradebook.writing() as connection:
        for member in members:
            row = students.c.id == student_number(connection, member.id)
            for column, value in ((students.c.name, member.name), (students.c.email, member.email)):
                connection.execute(update(students).where(row, column == "").values({column: value}))


def replace_roster(gradebook: Gradebook, roster: Iterable[Member]) -> None:
    """Make `roster` the roster. Nobody is deleted: who is no longer on it keeps attempts and marks."""
    with gradebook.writing() as connection:
        connection.execute(update(students).values(on_roster=False))
        for member in roster:
            row = students.c.id == student_number(connection, member.id)
            values = {"name": member.name, "email": member.email, "section": member.section, "on_roster": True}
            connection.execute(update(students).where(row).values(**values))


def pseudonyms_of(gradebook: Gradebook) -> Mapping[str, str]:
    """Return everyone's pseudonym, e.g. `s-7k3m`, by id; who has none yet gets one for good.

    It is drawn, not computed: only the gradebook can tell whose it is.
    """
    with gradebook.writing() as connection:
        given = {row.key: row.pseudonym for row in connection.execute(select(students.c.key, students.c.pseudonym))}
        taken = set(given.values())
        for student in [student for student, pseudonym in given.items() if pseudonym is None]:
            given[student] = _drawn(taken)
            taken.add(given[student])
            row = students.c.key == student
            connection.execute(update(students).where(row).values(pseudonym=given[student]))
    return given


def student_number(connection: Connection, student: str) -> int:
    """Return the row of a student, who is added if new."""
    found = connection.execute(select(students.c.id).where(students.c.key == student)).scalar()
    if found is not None:
        return int(found)
    empty = {"name": "", "email": "", "section": "", "on_roster": False}
    added = connection.execute(students.insert().values(key=student, **empty).returning(students.c.id))
    return int(added.scalar_one())


def _drawn(taken: set[str | None]) -> str:
    while True:
        pseudonym = "s-" + "".join(secrets.choice(_LETTERS) for _ in range(4))
        if pseudonym not in taken:
            return pseudonym
