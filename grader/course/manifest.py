"""What an `assignment.toml` says: the one place where TOML is read."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from grader.errors import AssignmentError
from grader.model.assignment import Assignment, Kind, Question, Returned
from grader.model.policy import Counted, LatePolicy

MANIFEST = "assignment.toml"


class _QuestionTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    module: str
    title: str
    points: float
    difficulty: int
    returns: tuple[str, ...]
    uses: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    all_or_nothing: bool = False
    call_seconds: float | None = None


class _LateTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    due: datetime
    grace_minutes: float = 0.0
    percent_per_day: float = 0.0
    late_days: int = 0
    cap_percent: float = 100.0


class _ManifestTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    seed: int = 20
    counted: Counted = Counted.LAST
    late: _LateTable | None = None
    questions: tuple[_QuestionTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """The text of a manifest, to say where a problem is."""

    path: Path
    text: str

    def error(self, where: str, message: str, *, hint: str = "") -> AssignmentError:
        """Return the error at a field, e.g. `questions[2].points`."""
        return AssignmentError(f"{self.path}, line {_line_of(where, self.text)}: {message}", hint=hint)


def read_manifest(folder: Path, solution_folder: Path) -> Assignment:
    """Read the assignment in `folder`; its id is the folder's name.

    Raises `AssignmentError`, with the file and the line, when the manifest is damaged or a stub module is missing.
    """
    source = _read(folder / MANIFEST)
    table = _decode(source)
    if not table.questions:
        raise source.error("", f"{folder.name} has no questions", hint="add a [[questions]] table for each function")
    if table.seed < 0:
        raise source.error("seed", f"seed is {table.seed}", hint="use 0 or more")
    questions = tuple(_question(item, number, source) for number, item in enumerate(table.questions))
    late = _late(table.late, source) if table.late else None
    try:
        assignment = Assignment(
            id=folder.name,
            title=table.title,
            seed=table.seed,
            counted=table.counted,
            late=late,
            questions=questions,
            folder=folder,
            solution_folder=solution_folder,
        )
    except AssignmentError as error:
        raise AssignmentError(f"{source.path}: {error.message}", hint=error.hint) from error
    _require_stubs(assignment, source)
    return assignment


def _read(path: Path) -> _Source:
    try:
        return _Source(path=path, text=path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AssignmentError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise AssignmentError(f"{path}, line {line}: not UTF-8", hint="save the file as UTF-8") from error


def _decode(source: _Source) -> _ManifestTable:
    try:
        return msgspec.toml.decode(source.text, type=_ManifestTable)
    except msgspec.ValidationError as error:
        problem, _, place = str(error).partition(" - at `$")
        unknown = re.search(r"unknown field `([^`]*)`", problem)
        where = (place.rstrip("`") + (f".{unknown[1]}" if unknown else "")).lstrip(".")
        hint = _field_hint(problem, where)
        message = problem.removeprefix("Object ").removeprefix("contains an ").removeprefix("contains ")
        raise source.error(where, message[:1].lower() + message[1:], hint=hint) from error
    except msgspec.DecodeError as error:
        problem, _, position = str(error).partition(" (at ")
        stated = re.match(r"line (\d+)", position)
        line = stated[1] if stated else source.text.rstrip("\n").count("\n") + 1
        raise AssignmentError(
            f"{source.path}, line {line}: not TOML: {problem[:1].lower()}{problem[1:]}",
            hint='write one key = value per line, text in "quotes"',
        ) from error


def _field_hint(problem: str, where: str) -> str:
    if "unknown field" not in problem and "missing required field" not in problem:
        return "give it a value of the type it expects"
    place, table = next((item for item in _TABLES.items() if where.startswith(item[0])), ("", _ManifestTable))
    name = {"questions[": "a question", "late": "[late]"}.get(place, "the manifest")
    return f"the keys of {name} are {', '.join(table.__struct_fields__)}"


_TABLES: dict[str, type[msgspec.Struct]] = {"questions[": _QuestionTable, "late": _LateTable}


def _late(table: _LateTable, source: _Source) -> LatePolicy:
    try:
        return LatePolicy(
            due=table.due,
            grace_minutes=table.grace_minutes,
            percent_per_day=table.percent_per_day,
            late_days=table.late_days,
            cap_percent=table.cap_percent,
        )
    except AssignmentError as error:
        raise source.error("late.", error.message, hint=error.hint) from error


def _question(table: _QuestionTable, number: int, source: _Source) -> Question:
    where = f"questions[{number}]"
    returns = tuple(_returned(text, f"{where}.returns", source) for text in table.returns)
    try:
        return Question(
            id=table.id,
            module=table.module,
            title=table.title,
            points=table.points,
            difficulty=table.difficulty,
            returns=returns,
            uses=table.uses,
            reading=table.reading,
            all_or_nothing=table.all_or_nothing,
            call_seconds=table.call_seconds,
        )
    except AssignmentError as error:
        raise source.error(where, error.message, hint=error.hint) from error


def _returned(text: str, where: str, source: _Source) -> Returned:
    name, colon, kind = (part.strip() for part in text.partition(":"))
    kinds = [kind.value for kind in Kind]
    if not colon or not name or kind not in kinds:
        hint = f'write "name: kind", kind one of {", ".join(kinds)}'
        raise source.error(where, f"{text!r} is not a returned value", hint=hint)
    return Returned(name=name, kind=Kind(kind))


def _require_stubs(assignment: Assignment, source: _Source) -> None:
    for number, question in enumerate(assignment.questions):
        stub = assignment.folder / f"{question.module}.py"
        if not stub.is_file():
            raise source.error(
                f"questions[{number}].module",
                f"question {question.id} is in module {question.module}, but there is no {question.module}.py",
                hint=f"write the stub {stub}, or correct the module's name",
            )


def _line_of(where: str, text: str) -> int:
    """Return the line of a field. The parser keeps no positions, so look for the field's own words."""
    lines = text.split("\n")
    headers = [number for number, line in enumerate(lines) if re.match(r"\s*\[", line)]
    start = 0
    if position := re.match(r"questions\[(\d+)\]\.?", where):
        tables = [number for number in headers if re.match(r"\s*\[\[\s*questions\s*\]\]", lines[number])]
        start = tables[int(position[1])] if int(position[1]) < len(tables) else 0
        where = where[position.end() :]
    elif table := re.match(r"late\b\.?", where):
        tables = [number for number in headers if re.match(r"\s*\[\s*late\s*\]", lines[number])]
        start, where = (tables[0], where[table.end() :]) if tables else (start, where)
    end = next((number for number in headers if number > start), len(lines))
    if key := re.match(r"\w+", where):
        for number in range(start, end):
            if re.match(rf"\s*[\"']?{key[0]}[\"']?\s*=", lines[number]):
                return number + 1
    return start + 1
