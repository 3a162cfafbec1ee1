"""A gradebook of any earlier version becomes one of this version, with all that it held.

`tests/golden/gradebook/<revision>.sql` is a gradebook as that revision's `grade` wrote it. For a new revision,
`pytest --update-golden` writes the next one; the earlier ones are never rewritten.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from grader import gradebook as room
from grader.errors import GradebookError
from grader.gradebook import Gradebook, open_gradebook
from grader.gradebook.schema import REVISION, metadata
from grader.gradebook.upgrade import upgrade
from grader.model.assignment import Assignment
from grader.model.gradebook import Adjustment, Member
from grader.model.similarity import Passage, SimilarPair
from grader.model.submission import ModuleSource, Submission
from tests.fakes.class_results import result

PASSAGE = Passage(module="first", first_lines=(1, 2), second_lines=(3, 4), first_text="one", second_text="two")
PAIR = SimilarPair(first="alice", second="bob", share=0.75, lines=2, passages=(PASSAGE,))
DUMPS = Path(__file__).parents[2] / "golden" / "gradebook"
SCRIPTS = ScriptDirectory(str(Path(room.__file__).with_name("migrations")))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    assert [*REVISIONS] == sorted(REVISIONS)
    assert REVISIONS[-1] == REVISION
    assert SCRIPTS.get_heads() == [REVISION]


def test_a_migrated_gradebook_has_the_tables_that_the_code_expects(gradebook: Gradebook) -> None:
    with gradebook.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_there_is_a_gradebook_of_every_version(
    tmp_path: Path, assignment: Assignment, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden") and not (DUMPS / f"{REVISION}.sql").exists():
        _fill(tmp_path / "new.sqlite", assignment)
        with closing(sqlite3.connect(tmp_path / "new.sqlite")) as filled:
            (DUMPS / f"{REVISION}.sql").write_text("\n".join(filled.iterdump()) + "\n", encoding="utf-8")
    assert sorted(path.stem for path in DUMPS.glob("*.sql")) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_gradebook_of_any_version_keeps_all_that_it_held(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "gradebook.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript((DUMPS / f"{revision}.sql").read_text(encoding="utf-8"))
    with open_gradebook(str(path)) as opened:
        with opened.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        marks = {mark.student: (mark.points, mark.comments) for mark in room.marks_of(opened, "small")}
        attempts = room.attempts_at(opened, "small")
        assert marks == {"alice": (63.0, ("neat",)), "bob": (None, ())}
        assert room.results_of(opened, attempts["alice"]) == {attempts["alice"][0].id: result(60.0)}
        assert attempts["alice"][0].submitted_at == MOMENT
        assert [each.due for each in room.adjustments_to(opened, "small")["alice"]] == [
            MOMENT if revision >= "0004" else None
        ]
        assert room.similar_at(opened, "small") == ((PAIR,) if revision >= "0003" else ())
        assert bool(room.sources_of(opened, attempts["alice"])) == (revision >= "0003")
    assert (tmp_path / f"gradebook.sqlite.{revision}.bak").exists() == (revision != REVISION)


@pytest.mark.parametrize("revision", REVISIONS)
def test_both_databases_take_every_step(place: str, revision: str) -> None:
    url = make_url(place.replace("postgresql:", "postgresql+psycopg:") if "://" in place else f"sqlite:///{place}")
    upgrade(url, to=revision)
    with open_gradebook(place) as opened, opened.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [REVISION]


def test_a_gradebook_of_a_newer_version_is_left_alone(place: str) -> None:
    with open_gradebook(place) as opened, opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(GradebookError, match="newer version of grade"):
        open_gradebook(place)


def _fill(path: Path, assignment: Assignment) -> None:
    with open_gradebook(str(path)) as filled:
        room.replace_roster(filled, [Member(id="alice", name="Alice", email="a@example.org"), Member(id="bob")])
        run = room.begin_run(filled, assignment, assignment_digest="sha256:one", seed=7)
        room.record(filled, run, "alice", result(60.0), submitted_at=MOMENT)
        room.record(filled, run, "bob", result(text="", gradable=False))
        given = Adjustment(student="alice", assignment="small", points=3.0, due=MOMENT, comment="neat", made_at=MOMENT)
        room.adjust(filled, given)
        text = ModuleSource(module="first", filename="first.py", text="def double(x):\n    return 2 * x\n")
        read = Submission(name="alice", path=path, sources=(text,), digest="sha256:one")
        room.keep_sources(filled, run, [("alice", read)])
        room.replace_similar(filled, "small", [PAIR])
        room.end_run(filled, run)
