"""What students handed in, as text, and which of them have much in common."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select

from grader.gradebook.database import Gradebook
from grader.gradebook.schema import assignments, attempts, similar_pairs, sources, students
from grader.model.gradebook import Attempt, Run
from grader.model.similarity import Passage, SimilarPair
from grader.model.submission import ModuleSource, Submission


def keep_sources(gradebook: Gradebook, run: Run, handed_in: Sequence[tuple[str, Submission]]) -> int:
    """Keep the texts of attempts, by student, and return of how many attempts they were not kept before.

    A submission that is not recorded is passed over.
    """
    known = (
        select(attempts.c.id, students.c.key, attempts.c.digest, func.count(sources.c.position).label("kept"))
        .join(students, attempts.c.student_id == students.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .outerjoin(sources, sources.c.attempt_id == attempts.c.id)
        .where(assignments.c.key == run.assignment)
        .group_by(attempts.c.id, students.c.key, attempts.c.digest)
    )
    with gradebook.writing() as connection:
        missing = {(row.key, row.digest): row.id for row in connection.execute(known) if not row.kept}
        added = 0
        for student, submission in handed_in:
            attempt = missing.pop((student, submission.digest), None)
            if attempt is not None and submission.sources:
                rows = [
                    {"attempt_id": attempt, "position": position, "module": source.module, "text": source.text}
                    for position, source in enumerate(submission.sources)
                ]
                connection.execute(sources.insert(), rows)
                added += 1
    return added


def sources_of(gradebook: Gradebook, chosen: Sequence[Attempt]) -> Mapping[int, tuple[ModuleSource, ...]]:
    """Return the texts of attempts, by the attempts' ids. Those of an earlier `grade` have none."""
    wanted = {attempt.id for attempt in chosen}
    of_assignments = {attempt.assignment for attempt in chosen}
    query = (
        select(sources)
        .join(attempts, sources.c.attempt_id == attempts.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .where(assignments.c.key.in_(of_assignments))
        .order_by(sources.c.attempt_id, sources.c.position)
    )
    found: dict[int, list[ModuleSource]] = {}
    with gradebook.reading() as connection:
        for row in connection.execute(query):
            if row.attempt_id in wanted:
                source = ModuleSource(module=row.module, filename=f"{row.module}.py", text=row.text)
                found.setdefault(row.attempt_id, []).append(source)
    return {attempt: tuple(texts) for attempt, texts in found.items()}


def replace_similar(gradebook: Gradebook, assignment: str, pairs: Sequence[SimilarPair]) -> None:
    """Keep these pairs, in this order, instead of those that were known of an assignment."""
    with gradebook.writing() as connection:
        number = connection.execute(select(assignments.c.id).where(assignments.c.key == assignment)).scalar_one()
        people = {row.key: row.id for row in connection.execute(select(students.c.key, students.c.id))}
        connection.execute(delete(similar_pairs).where(similar_pairs.c.assignment_id == number))
        for position, pair in enumerate(pairs):
            connection.execute(
                similar_pairs.insert().values(
                    assignment_id=number,
                    position=position,
                    first_id=people[pair.first],
                    second_id=people[pair.second],
                    share=pair.share,
                    lines=pair.lines,
                    passages=json.dumps([asdict(passage) for passage in pair.passages]),
                )
            )


def similar_at(gradebook: Gradebook, assignment: str) -> tuple[SimilarPair, ...]:
    """Return the pairs that were found when the class was last graded, the most similar first."""
    first, second = students.alias(), students.alias()
    query = (
        select(similar_pairs, first.c.key.label("first"), second.c.key.label("second"))
        .join(first, similar_pairs.c.first_id == first.c.id)
        .join(second, similar_pairs.c.second_id == second.c.id)
        .join(assignments, similar_pairs.c.assignment_id == assignments.c.id)
        .where(assignments.c.key == assignment)
        .order_by(similar_pairs.c.position)
    )
    with gradebook.reading() as connection:
        return tuple(
            SimilarPair(
                first=row.first,
                second=row.second,
                share=row.share,
                lines=row.lines,
                passages=tuple(_passage(each) for each in json.loads(row.passages)),
            )
            for row in connection.execute(query)
        )


def _passage(kept: dict[str, Any]) -> Passage:
    pairs = {name: tuple(kept[name]) for name in ("first_lines", "second_lines")}
    return Passage(**{**kept, **pairs})
