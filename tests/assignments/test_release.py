"""Whether students can be given each assignment: nothing secret is in the copy, and it grades as the full course does.

Making a release proves by itself that the reference, every alternative and every misconception get the same verdicts
from the recording as from the solution: the same outcomes, points, messages, hints and named misconceptions.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.course import Course, open_course
from grader.course.students_copy import RECORDING
from grader.harness.catalogue import alternative_paths
from grader.harness.recording.contents import Form, read_recording
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission, Outcome
from grader.workflows.grade_one import Options, grade_one
from grader.workflows.release import Release, release
from tests.fakes.wheel_environment import environment_with_the_wheel, graded_there

SAMPLED = 2
"""Alternatives of each assignment that are graded in the copy as students' submissions are, locked in."""
TRIVIAL = 12
"""Letters, digits and signs of a line that says nothing: `return out`, `) -> None:`."""
RECORDING_BYTES = 8 << 20
EXAMPLES = Path(__file__).parents[1] / "submissions"


@pytest.fixture(scope="session")
def released(course: Course, assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return release(course, assignment.id, tmp_path_factory.mktemp("release") / assignment.id)


@pytest.fixture(scope="session")
def copy(released: Release) -> Course:
    return open_course(released.folder)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with the wheel only, offline."""
    return environment_with_the_wheel(tmp_path_factory.mktemp("home") / "venv")


def test_at_home_stubs_get_nothing_and_the_reference_everything(
    home: Path, course: Course, released: Release, assignment: Assignment
) -> None:
    at_home = graded_there(home, released.folder, assignment.id)
    assert at_home["points"] == 0
    assert {check["outcome"] for each in at_home["questions"] for check in each["checks"]} == {"not_attempted"}
    at_home = graded_there(home, released.folder, assignment.id, assignment.solution_folder)
    assert at_home["points"] == 100
    in_the_course = grade_one(course, assignment.id, assignment.solution_folder, Options())
    assert [
        (check["id"], check["outcome"], check["points"]) for each in at_home["questions"] for check in each["checks"]
    ] == [(check.id, check.outcome, check.points) for each in in_the_course.questions for check in each.checks]


def test_the_notebook_of_the_copy_is_graded_like_the_stubs(
    released: Release, copy: Course, assignment: Assignment
) -> None:
    graded = grade_one(copy, assignment.id, released.folder / f"{assignment.id}.ipynb", Options())
    assert (graded.errors, graded.points) == ((), 0)


def test_alternatives_handed_in_get_everything_in_the_copy(
    copy: Course, assignment: Assignment, tmp_path: Path
) -> None:
    paths = alternative_paths(assignment)
    for path in sorted(paths)[:: max(1, len(paths) // SAMPLED)][:SAMPLED]:
        work = tmp_path / path.stem
        work.mkdir()
        for module in assignment.modules:
            source = path if paths[path] == module else assignment.solution_folder / f"{module}.py"
            (work / f"{module}.py").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
        graded = grade_one(copy, assignment.id, work, Options())
        assert (graded.errors, graded.points) == ((), 100), path.stem


def test_students_get_the_verdicts_of_the_full_course(course: Course, copy: Course, assignment: Assignment) -> None:
    for folder in sorted((EXAMPLES / assignment.id).glob("*")):
        here, there = (grade_one(each, assignment.id, folder, Options()) for each in (course, copy))
        assert there.errors == ()
        assert _points(here) == _points(there), folder.name


def test_no_line_of_a_solution_a_hidden_check_or_a_misconception_is_in_the_copy(
    released: Release, assignment: Assignment
) -> None:
    given = "\n".join(path.read_text(encoding="utf-8") for path in _public_texts(assignment))
    secrets = {line for line in _secret_lines(assignment) if line not in given}
    assert secrets, "nothing is secret: the search itself must be broken"
    contents = dict(_contents(released.folder))
    found = {(line, name) for name, content in contents.items() for line in secrets if line in content}
    assert not found


def test_the_copy_holds_no_file_of_the_solutions(released: Release, assignment: Assignment) -> None:
    secret = {path.name for path in assignment.solution_folder.rglob("*.py")} - {
        f"{module}.py" for module in assignment.modules
    }
    assert not secret & {Path(name).name for name in released.files} - {
        path.name for path in (assignment.folder / "checks").glob("*.py")
    }
    assert not any("solution" in name for name in released.files)


def test_the_recording_is_of_a_sane_size(released: Release) -> None:
    assert released.recording_bytes < RECORDING_BYTES


def _points(graded: GradedSubmission) -> list[tuple[object, ...]]:
    """Return what every check is worth, and the mistakes that are named.

    Messages may differ where a question builds on an earlier one that is not right: the reference cannot stand in for
    it at home when it is asked something new.
    """
    return [
        (check.id, check.outcome is Outcome.PASSED, check.points, check.misconception)
        for question in graded.questions
        for check in question.checks
    ]


def _public_texts(assignment: Assignment) -> Iterator[Path]:
    for path in sorted(assignment.folder.rglob("*")):
        if path.suffix in (".py", ".md", ".toml") and path.is_file():
            yield path


def _secret_lines(assignment: Assignment) -> Iterator[str]:
    for module in assignment.modules:
        text = (assignment.solution_folder / f"{module}.py").read_text(encoding="utf-8")
        for region in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL):
            yield from _telling(region)
    for path in assignment.solution_folder.glob("checks/*.py"):
        yield from _telling(path.read_text(encoding="utf-8"))
    for folder in ("misconceptions", "alternatives"):
        for path in assignment.solution_folder.glob(f"{folder}/*.py"):
            yield from _telling(_bodies(path.read_text(encoding="utf-8")))


def _bodies(text: str) -> str:
    """Return the code of the functions in a file, without decorators and docstrings: a hint is made to be shown."""
    lines = text.split("\n")
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    bodies = [node.body[1:] if ast.get_docstring(node) is not None else node.body for node in functions]
    return "\n".join("\n".join(lines[body[0].lineno - 1 : body[-1].end_lineno]) for body in bodies if body)


def _telling(text: str) -> Iterator[str]:
    for line in map(str.strip, text.split("\n")):
        if len(re.sub(r"\s", "", line)) > TRIVIAL and not line.startswith("#"):
            yield line


def _contents(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every file of a release as text; of a recording, everything that is packed in it."""
    for path in sorted(folder.rglob("*")):
        if path.name == RECORDING:
            recording = read_recording(path)
            for part in (recording.head, recording.answers, recording.records):
                yield path.name, "\n".join(_strings(msgspec.to_builtins(part, builtin_types=(bytes,))))
        elif path.is_file():
            yield path.name, path.read_text(encoding="utf-8")


def _strings(value: object) -> Iterator[str]:
    """Yield the texts in a value; packed values keep theirs readable, so bytes are texts as well."""
    if isinstance(value, str | bytes):
        yield value if isinstance(value, str) else value.decode(errors="replace")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_strings(key), *_strings(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def test_the_search_finds_what_is_hidden_in_packed_values() -> None:
    form = Form(tree=b"\x00xx" + b"dW1 = A1.T @ dZ1", sketches=())
    assert "dW1 = A1.T @ dZ1" in "\n".join(_strings(msgspec.to_builtins(form, builtin_types=(bytes,))))
