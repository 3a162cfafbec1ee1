"""The notebook version of an assignment: its handout, what is given, and one cell for each question."""

from collections.abc import Callable, Iterator
from pathlib import Path

from grader.course.stubs import BEGIN, END
from grader.errors import AssignmentError
from grader.model.assignment import Assignment
from grader.notebooks.cells import Cell, answer, free, notebook_text, read_only
from grader.notebooks.handout import split_handout
from grader.notebooks.modules import ModuleParts, take_apart

HANDOUT = "README.md"


def stub_notebook(assignment: Assignment, *, filename: str | None = None) -> str:
    """Return the text of the notebook that students fill in, made of the assignment's handout and stubs.

    `filename` is what it will be called (default: `<assignment>.ipynb`). It is a notebook of version 4.5, with
    nbgrader's metadata; the same files give the same text. Raises `AssignmentError` when a module cannot be read, or
    two modules give one name two meanings, which a notebook cannot.
    """
    return _notebook(assignment, assignment.folder, lambda text: text, filename)


def solution_notebook(assignment: Assignment, *, filename: str | None = None) -> str:
    """Return the same notebook with the reference's solutions in its cells; for whoever may see them."""
    return _notebook(assignment, assignment.solution_folder, _without_markers, filename)


def _notebook(assignment: Assignment, folder: Path, prepare: Callable[[str], str], filename: str | None) -> str:
    parts = {
        module: take_apart(prepare(_read(folder / f"{module}.py")), f"{module}.py", module, assignment)
        for module in assignment.modules
    }
    _require_one_meaning(parts)
    return notebook_text(_cells(assignment, parts, filename or f"{assignment.id}.ipynb"))


def _cells(assignment: Assignment, parts: dict[str, ModuleParts], filename: str) -> Iterator[Cell]:
    """Yield the cells in the order of the questions; what a module gives stands before its first question."""
    handout = split_handout(_handout(assignment), [question.id for question in assignment.questions])
    opening, *sections = handout.before or [f"# {assignment.title}"]
    yield read_only("handout", opening)
    yield read_only("how-to-work-here", _how_to_work(assignment, filename))
    for number, section in enumerate(sections, start=1):
        yield read_only(f"handout-{number}", section)
    opened: set[str] = set()
    for question in assignment.questions:
        module = parts[question.module]
        if question.module not in opened:
            opened.add(question.module)
            yield read_only(f"module-{question.module}", f"## `{question.module}.py`\n\n{module.about}".rstrip())
            if module.given:
                yield read_only(f"given-{question.module}", module.given, code=True)
        if question.id in handout.of_question:
            yield read_only(f"about-{question.id}", handout.of_question[question.id])
        yield answer(question.id, module.functions[question.id])
    for number, section in enumerate(handout.after, start=len(sections) + 1):
        yield read_only(f"handout-{number}", section)
    yield read_only("how-to-grade", "## Grade this notebook\n\nSave it, then run the cell below.")
    yield free("grade", f"!grade {assignment.id} {filename}")


def _how_to_work(assignment: Assignment, filename: str) -> str:
    files = [f"`{module}.py`" for module in assignment.modules]
    listed = " and ".join([*([", ".join(files[:-1])] if len(files) > 1 else []), files[-1]])
    first = assignment.questions[0].id
    return (
        f"In this notebook the functions of {listed} stand side by side. Write each one in its cell, where it says "
        "`YOUR CODE HERE`, and add cells of your own wherever you like: only definitions, imports and constants are "
        "graded, and nothing else is run. If a function is defined more than once, the last definition counts.\n"
        "\n"
        "Save the notebook and type in a terminal\n"
        "\n"
        "```\n"
        f"grade {assignment.id} {filename}                  all questions\n"
        f"grade {assignment.id} {filename} --question {first}\n"
        f"grade {assignment.id} {filename} --output feedback/{filename}\n"
        "```\n"
        "\n"
        "The last line writes a copy of the notebook with the feedback below each of your cells."
    )


def _require_one_meaning(parts: dict[str, ModuleParts]) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for module, own in parts.items():
        for name, source in (own.names | own.functions).items():
            other, known = seen.setdefault(name, (module, source))
            if known != source:
                raise AssignmentError(
                    f"{name} is one thing in {other}.py and another in {module}.py: in a notebook the second "
                    "would replace the first",
                    hint="give one of them another name",
                )


def _handout(assignment: Assignment) -> str:
    path = assignment.folder / HANDOUT
    return _read(path) if path.is_file() else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AssignmentError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise AssignmentError(f"{path} is not UTF-8", hint="save the file as UTF-8") from error


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip() not in (BEGIN, END))
